"""`qunguan check`: what is wrong with rule files, in forms for people, programs and GitHub."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from adapters.simulator.room import ALIKE
from bot.cli.faults import rule_files_of
from bot.cli.progress import Progress
from bot.rulefiles import load_file
from rules.check import analysed
from rules.files import Fault, Loaded, Place, clashes
from rules.files.faults import in_order
from rules.phrases import NOTHING, Phrase, phrase

MANY: Final = 20  # files: checking more takes so long that people want to see it go on

Faults = Mapping[str, Sequence[Fault]]
"""All faults by the name of the file that was checked."""


class Format(StrEnum):
    """The forms in which faults are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(check)


def check(
    files: Annotated[list[Path], typer.Argument(help="Rule files, or folders of them.")],
    form: Annotated[
        Format, typer.Option("--format", help="text, json, or github for annotations.")
    ] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
) -> None:
    """Name every mistake in rule files, each as file:line:column, and what is hardly meant.

    Exit code 0 without errors, 2 with some; with --strict warnings are errors.
    """
    paths = rule_files_of(files)
    loaded: list[Loaded] = []
    found: dict[str, list[Fault]] = {}
    with Progress("check", len(paths)) if len(paths) > MANY else nullcontext() as progress:
        for path in paths:
            one = _load(path)
            loaded.append(one)
            found[str(path)] = [*one.faults, *analysed(one, ALIKE)]
            if progress is not None:
                progress.step()
    for file, against in clashes(loaded).items():
        found[file] += against
    ordered = {file: in_order(faults) for file, faults in found.items()}
    sys.stdout.writelines(_FORMS[form](ordered, loaded))
    levels = {fault.level for faults in found.values() for fault in faults}
    raise typer.Exit(2 if levels & ({"error", "warning"} if strict else {"error"}) else 0)


def _load(path: Path) -> Loaded:
    try:
        return load_file(path, name=str(path))
    except OSError as error:
        fault = Fault(
            place=Place(line=1, column=1),
            message=phrase("the file cannot be read: {strerror}", strerror=error.strerror),
        )
        return Loaded(file=str(path), ruleset=None, faults=(fault,))


def _text(found: Faults, loaded: Sequence[Loaded]) -> Iterator[str]:
    """A line for each fault, one for each file without errors, and the numbers of all."""
    for one in loaded:
        yield from (f"{fault.render(one.file)}\n" for fault in found[one.file])
        if one.ruleset is not None and all(f.level != "error" for f in found[one.file]):
            count = len(one.ruleset.rules)
            good = phrase("ok, {count} rules", count=count) if count != 1 else phrase("ok, 1 rule")
            yield f"{one.file}: {good.said(one.tongue)}\n"
    counts = Counter(fault.level for faults in found.values() for fault in faults)
    if len(loaded) > 1:
        numbers = ", ".join(
            f"{counts[one]} {one}{'s' * (counts[one] != 1)}" for one in ("error", "warning", "note")
        )
        yield f"{len(loaded)} files: {numbers}\n"


def _json(found: Faults, _: Sequence[Loaded]) -> Iterator[str]:
    """A list of faults, each an object; the keys are in docs/checking.md."""
    rows = [
        {
            "file": fault.place.file or file,
            "line": fault.place.line,
            "column": fault.place.column,
            "level": fault.level,
            "message": fault.message,
            "template": _template(fault.message),
            "hint": fault.hint,
            "path": fault.path,
        }
        for file, faults in found.items()
        for fault in faults
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _template(message: Phrase) -> str:
    """The English sentence that programs go by; the line that stands before it is told apart."""
    inner = message.values.get("said")
    return _template(inner) if isinstance(inner, Phrase) else message.template


def _github(found: Faults, _: Sequence[Loaded]) -> Iterator[str]:
    """A workflow command for each fault: GitHub shows it at the line of the change."""
    for file, faults in found.items():
        for fault in faults:
            level = "notice" if fault.level == "note" else fault.level
            name = _escaped(fault.place.file or file).replace(":", "%3A").replace(",", "%2C")
            hint = phrase(" ({hint})", hint=fault.hint) if fault.hint else NOTHING
            place = f"file={name},line={fault.place.line},col={fault.place.column}"
            yield f"::{level} {place}::{_escaped(fault.message + hint)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_FORMS: Final[dict[Format, Callable[[Faults, Sequence[Loaded]], Iterator[str]]]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.GITHUB: _github,
}
