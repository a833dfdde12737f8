"""`qunguan try`, `replay` and `judge`: rules tried on what was really said."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shlex import quote
from typing import Annotated, Literal

import typer

from bot.cli import desk
from bot.cli.called import called
from bot.cli.outputs import (
    BAD_INPUT,
    STANDARD,
    bad_input,
    refuse_loss,
    say_faults,
    sink,
    write,
)
from bot.cli.progress import Progress
from bot.cli.replay import Rules, replay
from bot.history.given import rules_from
from bot.history.records import Faults
from bot.history.source import opened
from bot.judge import Judge, judge_lines
from bot.trial import Typed, month, page_of

PARTS = 1000  # of the bar, where no bytes are counted

SomeRules = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A rule file instead of the starter pack; may be given again."),
]
History = Annotated[
    Path,
    typer.Argument(
        help="result.json of a Telegram Desktop export, JSONL (also .gz), or a bot's home folder."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(name="try")(try_)
    app.command(name="replay")(replay)
    app.command()(judge)


def try_(
    export: History,
    rules: SomeRules = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the page.")] = None,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The page's language; else the chat's.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    serve: Annotated[
        bool | None,
        typer.Option(
            help="Serve the page with buttons that write wronged messages into the rule file; "
            "from a terminal that is what happens."
        ),
    ] = None,
    port: Annotated[int, typer.Option(help="The port of --serve; 0 takes a free one.")] = 0,
) -> None:
    """Show what would have happened in a chat's last month, as a page in the browser."""
    opens = not no_open and is_terminal()
    with bad_input(), Progress("reading", PARTS) as progress:
        own = desk.written_to(export, rules or [], serve=serve, opens=opens)
        found = month(
            export,
            rules or [],
            language=lang,
            progress=lambda share: progress.at(int(PARTS * share)),
        )
    found.typed = Typed(
        program=called(),
        history=quote(str(export)),
        rules=" --rules ".join(quote(str(one)) for one in rules or []),
    )
    target = (out or export.parent) / f"{_stem(export)}.qunguan.html"
    write(target, page_of(found))
    say_faults(found.faults, found.notes)
    sys.stdout.write(f"{target}\n")
    if own is not None:
        desk.serve(found, export, own, port=port, opens=opens)
    elif opens:
        webbrowser.open(target.resolve().as_uri())


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
    with bad_input(), ExitStack() as stack:
        refuse_loss(out, (source, *rules))
        judge_ = Judge(rules_from(rules), newcomer=newcomer)
        chunks = _pieces(stack, source)
        lines = stack.enter_context(sink(out))
        judged = 0
        for line in judge_lines(chunks, judge_, faults):
            lines.write(line)
            judged += 1
    say_faults(faults, [])
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


def _stem(path: Path) -> str:
    name = path.name
    for end in (".gz", ".jsonl", ".json"):
        name = name.removesuffix(end)
    return name
