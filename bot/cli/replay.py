"""`qunguan replay`: a history under rules, or under two rule sets that are compared."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, NamedTuple

import typer
from rich.console import Console

from bot.cli.outputs import STANDARD, bad_input, refuse_loss, say_faults, sink, write
from bot.cli.progress import Progress
from bot.history import report
from bot.history.fields import FieldError, span
from bot.history.given import rules_from
from bot.history.journal import is_home
from bot.history.opening import beginning, history_of
from bot.history.records import HistoryError, Reader
from bot.impact import Comparison, Side, compare, page_of, show
from bot.replay import fates, pairs
from bot.replay import replay as run_replay
from bot.settings import load_settings

WIDTH, NARROW = 110, 80  # characters of the reports where no terminal says its own

Rules = Annotated[list[Path], typer.Option("--rules", help="A rule file; may be given again.")]


History = Annotated[
    Path | None,
    typer.Argument(
        help="result.json of a Telegram Desktop export, JSONL (also .gz), or a bot's home folder; "
        "without it, the home of this bot."
    ),
]
Against = Annotated[
    list[Path] | None,
    typer.Option("--against", help="The rules as they are: show what --rules would change."),
]
Since = Annotated[str, typer.Option(help="Judge only so much before the last message: 30d, 12h.")]
Home = Annotated[Path | None, typer.Option(help="The bot's home folder, if no HISTORY is given.")]
Lines = Annotated[
    Path | None,
    typer.Option("--json", help="Write a line of JSON for each hit, or each change; - is stdout."),
]
Page = Annotated[
    Path | None, typer.Option("--html", help="With --against: write the report as a page.")
]


def replay(
    rules: Rules,
    history: History = None,
    against: Against = None,
    since: Since = "",
    home: Home = None,
    json_out: Lines = None,
    html: Page = None,
) -> None:
    """Let a history happen again under rules, and count what they would have done or changed."""
    with bad_input():
        path = _path(history, home)
        if html is not None and not against:
            raise HistoryError(
                "--html shows what changes: name the rules as they are with --against, or use "
                "`qunguan try --rules` for a page about one rule set."
            )
        for out in (json_out, html):
            refuse_loss(out, (path, *rules, *(against or ())))
        if against:
            _compared(path, rules, against, since=since, json_out=json_out, html=html)
        else:
            _replayed(path, rules, since=since, json_out=json_out)


class Opened(NamedTuple):
    """A history that is being replayed, and where its lines go."""

    reader: Reader
    out: IO[bytes] | None
    progress: Progress
    step: Callable[[int], None]


def _replayed(path: Path, rules: Sequence[Path], *, since: str, json_out: Path | None) -> None:
    ruleset, begin = rules_from(rules), _begin(path, since)
    with _opened(path, json_out) as (reader, out, progress, step):
        tally = run_replay(fates(reader, ruleset, since=begin), out=out, progress=step)
        progress.count(tally.messages)
    say_faults(reader.faults, reader.notes)
    report.show(tally, _console(json_out, WIDTH))


def _compared(
    path: Path,
    rules: Sequence[Path],
    against: Sequence[Path],
    *,
    since: str,
    json_out: Path | None,
    html: Path | None,
) -> None:
    before = Side(ruleset=rules_from(against), name=_named(against))
    after = Side(ruleset=rules_from(rules), name=_named(rules))
    begin, found = _begin(path, since), Comparison(before, after)
    with _opened(path, json_out) as (reader, out, progress, step):
        told = pairs(reader, before.ruleset, after.ruleset, since=begin)
        compare(told, found, out=out, progress=step)
        progress.count(after.tally.messages)
    say_faults(reader.faults, reader.notes)
    if html is not None and not after.tally.messages:
        raise HistoryError(f"{path} holds nothing that anybody said: there is nothing to show.")
    if html is not None:
        write(html, page_of(found))
    show(found, _console(json_out, NARROW))
    if html is not None:
        sys.stderr.write(f"{html}\n")


def _path(history: Path | None, home: Path | None) -> Path:
    if history is not None and home is not None:
        raise HistoryError(f"both {history} and --home {home} are given: leave one of them out.")
    path = history or home or load_settings().home
    if history is None and not is_home(path):
        raise HistoryError(
            f"{path} is no home of a bot that has run: give a HISTORY, or the folder with --home."
        )
    return path


def _begin(path: Path, since: str) -> datetime | None:
    if not since:
        return None
    try:
        return beginning(path, span(since, "--since"))
    except FieldError as error:
        raise HistoryError(f"{error}.") from None


@contextmanager
def _opened(path: Path, json_out: Path | None) -> Iterator[Opened]:
    with ExitStack() as stack:
        reader, measured = stack.enter_context(history_of(path))
        out = stack.enter_context(sink(json_out)) if json_out else None
        progress = stack.enter_context(Progress("replaying", measured.size))
        yield Opened(reader, out, progress, lambda count: progress.at(measured.position, count))


def _console(json_out: Path | None, width: int) -> Console:
    console = Console(stderr=json_out == STANDARD)
    if not console.is_terminal:
        console.width = max(console.width, width)
    return console


def _named(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)
