"""What the commands about histories share: where they write to, and how they say what is wrong."""

from __future__ import annotations

import contextlib
import gzip
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

import typer

from bot.atomic import replace, replacing
from bot.history.given import RulesError
from bot.history.records import Faults, HistoryError

STANDARD = Path("-")
BAD_INPUT = 2  # exit code: the history or the rules cannot be used


def refuse_loss(out: Path | None, inputs: tuple[Path, ...]) -> None:
    """Refuse to write over what is read: HistoryError."""
    if out is None or out == STANDARD or not out.exists():
        return
    for one in inputs:
        if one.exists() and one.samefile(out):
            raise HistoryError(f"{out} is read here and would be lost: write to another file.")


@contextmanager
def bad_input() -> Iterator[None]:
    """Say in one sentence, or in one for each fault, what cannot be used."""
    try:
        yield
    except RulesError as error:
        sys.stderr.write("".join(f"{fault}\n" for fault in error.faults))
        raise typer.Exit(BAD_INPUT) from None
    except HistoryError as error:
        sys.stderr.write(f"qunguan: {error}\n")
        raise typer.Exit(BAD_INPUT) from None


@contextmanager
def sink(path: Path) -> Iterator[IO[bytes]]:
    """Where lines go: a file, packed if it is named .gz, or standard output.

    A file takes its name when all lines are written; until then, what had the name stays.
    """
    if path == STANDARD:
        with contextlib.suppress(BrokenPipeError):  # whoever read has read enough
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    try:
        with ExitStack() as stack:
            file = stack.enter_context(replacing(path))
            if path.suffix == ".gz":
                packed = gzip.GzipFile(fileobj=file, mode="wb")
                file = cast("IO[bytes]", stack.enter_context(packed))
            yield file
    except OSError as error:
        raise HistoryError(f"{path} cannot be written ({error.strerror}).") from None


def write(path: Path, text: str) -> None:
    """Write a file, and the folder that it lies in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, text.encode())
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): give a folder with --out."
        sys.stderr.write(f"qunguan: {message}\n")
        raise typer.Exit(BAD_INPUT) from None


def say_faults(faults: Faults, notes: list[str]) -> None:
    """Say what was passed over, the first ones with their place."""
    for fault in faults.first:
        sys.stderr.write(f"{fault}\n")
    if faults.count:
        sys.stderr.write(f"{faults.count} lines or messages were passed over; the rest was read.\n")
    for note in notes:
        sys.stderr.write(f"{note}\n")
