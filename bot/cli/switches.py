"""`qunguan set` and `qunguan fmt`: one line of a rule file changed, a file written cleanly."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from bot.atomic import replace
from bot.rulefiles import LARGEST, rule_files, source_of
from bot.settings import load_settings
from rules.files.faults import Fault
from rules.files.switches.edit import put
from rules.files.tidy import tidy


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(name="set")(set_)
    app.command()(fmt)


def set_(
    words: Annotated[
        list[str], typer.Argument(help="A switch and its answer: ads ask, 广告 先问.")
    ],
    file: Annotated[Path | None, typer.Option(help="The rule file.")] = None,
    home: Annotated[Path | None, typer.Option(help="The home with the rule file.")] = None,
) -> None:
    """Set one switch of a rule file; only its line changes, and the comment behind it stays."""
    path = file or _only_file(home or load_settings().home)
    source = _source(path)
    done = put(source, " ".join(words))
    if done is None:
        _refuse(f"{path} has no switches: it is in the full form")
    if done.faults:
        _refuse("\n".join(fault.message for fault in done.faults))
    mark = BOM_UTF8 if source.startswith(BOM_UTF8) else b""
    _write(path, mark + done.text.encode())
    if done.before and done.before != done.after:
        sys.stdout.write(f"- {done.before}\n")
    sys.stdout.write(f"{'  ' if done.before == done.after else '+ '}{done.after}\n")


def fmt(
    files: Annotated[list[Path], typer.Argument(help="Rule files.")],
    to: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Rewrite into this language.")
    ] = None,
    check: Annotated[bool, typer.Option(help="Only say which files would change.")] = False,
) -> None:
    """Write rule files cleanly: comments, order and language stay, and what they mean."""
    is_clean = True
    for path in files:
        source = _source(path)
        done = tidy(source, to=to)
        is_clean &= not _faults(path, done.faults)
        if done.text and done.text.encode() != source:
            is_clean &= not check
            if not check:
                _write(path, done.text.encode())
            sys.stdout.write(f"{path}: {'would be' if check else 'was'} rewritten\n")
    raise typer.Exit(0 if is_clean else 1)


def _faults(path: Path, faults: tuple[Fault, ...]) -> bool:
    for fault in faults:
        sys.stderr.write(f"{fault.render(str(path))}\n")
    return bool(faults)


def _only_file(home: Path) -> Path:
    found = rule_files(home) if home.is_dir() else []
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "none"
        _refuse(f"{home} has not one rule file but {names}; name it with --file")
    return found[0]


def _source(path: Path) -> bytes:
    try:
        source = source_of(path)
    except OSError as error:
        _refuse(f"cannot read {path}: {error.strerror}")
    if len(source) > LARGEST:
        _refuse(
            f"{path} is larger than the {LARGEST / 1e6:.0f} MB that are read; it stays as it is"
        )
    return source


def _write(path: Path, body: bytes) -> None:
    try:
        replace(path, body)
    except OSError as error:
        _refuse(
            f"cannot write {path}: {error.strerror}; it stays as it was: "
            "give yourself the right to write it and its folder, or make room on its disk"
        )


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(f"qunguan: {sentence}\n")
    raise typer.Exit(1)
