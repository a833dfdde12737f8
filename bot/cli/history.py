"""`qunguan try`, `replay` and `judge`: rules tried on what was really said."""

from __future__ import annotations

import contextlib
import gzip
import os
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Annotated, Literal, cast

import typer
from rich.console import Console

from bot.cli.progress import Progress
from bot.history.given import RulesError, rules_from
from bot.history.reading import reader_of
from bot.history.records import Faults, HistoryError
from bot.history.report import show
from bot.history.source import Source, opened
from bot.judge import Judge, judge_lines
from bot.replay import replay as run_replay
from bot.trial import month, page_of

STANDARD = Path("-")
WIDTH = 110  # characters of the report where no terminal says its own
PARTS = 1000  # of the bar, where no bytes are counted
BAD_INPUT = 2  # exit code: the history or the rules cannot be used

Rules = Annotated[list[Path], typer.Option("--rules", help="A rule file; may be given again.")]
SomeRules = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A rule file instead of the starter pack; may be given again."),
]
History = Annotated[
    Path, typer.Argument(help="result.json of a Telegram Desktop export, or JSONL (also .gz).")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(name="try")(try_)
    app.command()(replay)
    app.command()(judge)


def try_(
    export: History,
    rules: SomeRules = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the page.")] = None,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The page's language; else the chat's.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
) -> None:
    """Show what would have happened in a chat's last month, as a page in the browser."""
    with _bad_input(), Progress("reading", PARTS) as progress:
        found = month(
            export,
            rules or [],
            language=lang,
            progress=lambda share: progress.at(int(PARTS * share)),
        )
        page = page_of(found)
    target = (out or export.parent) / f"{_stem(export)}.qunguan.html"
    _write(target, page)
    _faults(found.faults, found.notes)
    sys.stdout.write(f"{target}\n")
    if not no_open and is_terminal():
        webbrowser.open(target.resolve().as_uri())


def replay(
    history: History,
    rules: Rules,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write a line of JSON for each hit; - is stdout.")
    ] = None,
) -> None:
    """Let a history happen again under rules, and count what they would have done."""
    with _bad_input(), ExitStack() as stack:
        _refuse_loss(json_out, (history, *rules))
        ruleset = rules_from(rules)
        source = stack.enter_context(opened(history))
        reader = reader_of(source)
        out = stack.enter_context(_sink(json_out)) if json_out else None
        progress = stack.enter_context(Progress("replaying", source.size))
        tally = run_replay(reader, ruleset, out=out, progress=_steps(progress, source))
        progress.count(tally.messages)
    _faults(reader.faults, reader.notes)
    console = Console(stderr=json_out == STANDARD)
    if not console.is_terminal:
        console.width = max(console.width, WIDTH)
    show(tally, console)


def judge(
    rules: Rules,
    source: Annotated[Path, typer.Option("--in", help="JSONL (also .gz); - is stdin.")] = STANDARD,
    out: Annotated[Path, typer.Option("--out", help="Where to; - is stdout.")] = STANDARD,
    newcomer: Annotated[
        bool, typer.Option("--newcomer", help="Judge everybody as just joined.")
    ] = False,
) -> None:
    """Judge messages one by one, without memory between them."""
    faults = Faults()
    with _bad_input(), ExitStack() as stack:
        _refuse_loss(out, (source, *rules))
        judge_ = Judge(rules_from(rules), newcomer=newcomer)
        chunks = _pieces(stack, source)
        sink = stack.enter_context(_sink(out))
        judged = 0
        for line in judge_lines(chunks, judge_, faults):
            sink.write(line)
            judged += 1
    _faults(faults, [])
    if faults.count and not judged:
        raise typer.Exit(BAD_INPUT)


def stdin_number() -> int:
    """The file descriptor that lines are read from as they come."""
    return sys.stdin.fileno()


def is_terminal() -> bool:
    """Whether a person is looking at what is printed."""
    return sys.stdout.isatty()


def _pieces(stack: ExitStack, path: Path) -> Iterator[bytes]:
    if path == STANDARD:
        return iter(lambda: os.read(stdin_number(), 65_536), b"")
    return stack.enter_context(opened(path, may_be_empty=True)).chunks()


def _refuse_loss(out: Path | None, inputs: tuple[Path, ...]) -> None:
    """Refuse to write over what is read: HistoryError."""
    if out is None or out == STANDARD or not out.exists():
        return
    for one in inputs:
        if one.exists() and one.samefile(out):
            raise HistoryError(f"{out} is read here and would be lost: write to another file.")


@contextmanager
def _bad_input() -> Iterator[None]:
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
def _sink(path: Path) -> Iterator[IO[bytes]]:
    """Where lines go: a file, packed if it is named .gz, or standard output."""
    if path == STANDARD:
        with contextlib.suppress(BrokenPipeError):  # whoever read has read enough
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    with ExitStack() as stack:
        try:
            file: IO[bytes] = stack.enter_context(path.open("wb"))
        except OSError as error:
            raise HistoryError(f"{path} cannot be written ({error.strerror}).") from None
        if path.suffix == ".gz":
            file = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=file, mode="wb")))
        yield file


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): give a folder with --out."
        sys.stderr.write(f"qunguan: {message}\n")
        raise typer.Exit(BAD_INPUT) from None


def _steps(progress: Progress, source: Source) -> Callable[[int], None]:
    return lambda count: progress.at(source.position, count)


def _faults(faults: Faults, notes: list[str]) -> None:
    """Say what was passed over, the first ones with their place."""
    for fault in faults.first:
        sys.stderr.write(f"{fault}\n")
    if faults.count:
        sys.stderr.write(f"{faults.count} lines or messages were passed over; the rest was read.\n")
    for note in notes:
        sys.stderr.write(f"{note}\n")


def _stem(path: Path) -> str:
    name = path.name
    for end in (".gz", ".jsonl", ".json"):
        name = name.removesuffix(end)
    return name
