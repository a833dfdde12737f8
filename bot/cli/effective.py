"""`qunguan explain --effective` and `diff`: what rule files amount to, and how two differ."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.cli.homes import settings_of
from bot.clock import SystemClock
from bot.history.journal import DATABASE
from bot.rulefiles import RuleFiles, load_file
from bot.settings import Settings
from bot.storage import Store
from rules.files import Loaded
from rules.files.compare import Change, Difference, compare
from rules.files.effective import Document
from rules.files.show import shown
from rules.state import GroupState

MOST_WORDS = 20  # of a list that are written out; the rest is counted


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(diff)


def diff(
    a: Annotated[Path, typer.Argument(help="A rule file.")],
    b: Annotated[Path, typer.Argument(help="Another, or the same after a change.")],
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Say what B means otherwise than A, with all that they extend. Exit code 1 if anything is."""
    one, other = _document_of(_good(a)), _document_of(_good(b))
    found = compare(one, other)
    if as_json:
        sys.stdout.write(f"{json.dumps(msgspec.to_builtins(found), ensure_ascii=False)}\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _told(found)))
    raise typer.Exit(0 if found.is_none else 1)


def print_effective(named: str, home: Path | None) -> None:
    """Print what a rule file amounts to, or the rules of a group of a home, as one file."""
    path = Path(named)
    if path.is_file():
        document, file = _document_of(_good(path)), named
    else:
        document, file = _of_group(named, settings_of(home))
    sys.stdout.write(shown(document, file))


def _of_group(named: str, settings: Settings) -> tuple[Document, str]:
    """The document that governs a group, and the name of its file."""
    files = RuleFiles(settings.home, keeps=False)
    ruleset = files.read().governing(_group(named, settings))
    for loaded in files.in_force:
        for own, document in zip(loaded.rulesets, loaded.documents, strict=True):
            if own is ruleset:
                return document, loaded.file
    sys.stderr.write(f"qunguan: {named} is no file, and no rule file of {settings.home} governs")
    sys.stderr.write(" a group of this title or id: it has no rules\n")
    raise typer.Exit(1)


def _group(named: str, settings: Settings) -> GroupState:
    """The group of that id or title, as it is known; else what its title alone says."""
    if settings.database_url is None and not (settings.home / DATABASE).exists():
        return GroupState(id=named, title=named)  # the bot has not run yet
    store = Store.read(settings.database, home=settings.home, now=SystemClock().now)
    try:
        groups = store.load_state()[0].groups.values()
    finally:
        store.close()
    known = (one for one in groups if named in {one.id, one.title})
    return next(known, GroupState(id=named, title=named))


def _good(path: Path) -> Loaded:
    """A file without errors; of another one the faults are told, with exit code 2."""
    try:
        loaded = load_file(path, name=str(path))
    except OSError as error:
        sys.stderr.write(f"qunguan: cannot read {path}: {error.strerror}\n")
        raise typer.Exit(2) from None
    if loaded.ruleset is None:
        for fault in loaded.faults:
            sys.stderr.write(f"{fault.render(str(path))}\n")
        raise typer.Exit(2)
    return loaded


def _document_of(loaded: Loaded) -> Document:
    return loaded.documents[-1]


def _told(found: Difference) -> Iterator[str]:
    """The difference for people: + is more, - is less, ~ is other than before."""
    if found.is_none:
        yield "no difference in meaning"
    yield from (f"+ rule {rule}" for rule in found.rules_added)
    yield from (f"- rule {rule}" for rule in found.rules_removed)
    for rule, changes in found.rules_changed.items():
        yield f"~ rule {rule}"
        yield from _changes(changes)
    for name in dict.fromkeys([*found.words_added, *found.words_removed]):
        yield f"~ list {name}"
        yield from _words("+", found.words_added.get(name, ()))
        yield from _words("-", found.words_removed.get(name, ()))
    if found.file_changed:
        yield "~ the file"
        yield from _changes(found.file_changed)


def _changes(changes: Mapping[str, Change]) -> Iterator[str]:
    for path, (old, new) in changes.items():
        yield f"    {path}: {old or 'nothing'} → {new or 'nothing'}"


def _words(sign: str, words: Sequence[str]) -> Iterator[str]:
    if words:
        more = f" … and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
        yield f"    {sign} {', '.join(words[:MOST_WORDS])}{more}"
