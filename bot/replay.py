"""`qunguan replay`: a history under rules, a line of JSON for each hit, and the count of it all.

The formats are docs/replay.md; other programs read them, so they only grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO

import msgspec
from msgspec import Struct

from bot.history.hits import Hit
from bot.history.records import Reader, Record
from bot.history.run import Run
from bot.history.tally import Fate, Tally
from bot.history.telegram import TelegramExport
from rules.ruleset import Ruleset

SHOWN_EVERY = 500  # records between two looks at the progress


class HitLine(Struct, frozen=True, kw_only=True):
    """One line of `--json`, in the order of its fields. `line`: the record's place in the file."""

    ts: str
    group: str
    user: str
    rule: str
    actions: list[str]
    spans: list[tuple[int, int]]
    outcome: str
    rules: list[str]
    line: int


def line_of(hit: Hit) -> HitLine:
    """The line that tells of a hit; no text, no name."""
    record = hit.record
    return HitLine(
        ts=record.ts,
        group=record.group,
        user=record.user,
        rule=hit.rule,
        actions=hit.done,
        spans=hit.spans,
        outcome=hit.outcome,
        rules=list(dict.fromkeys(match.rule for match in hit.matches)),
        line=record.number,
    )


def fates(
    reader: Reader, ruleset: Ruleset, *, since: datetime | None = None
) -> Iterator[tuple[Record, Fate]]:
    """Every record and what became of it; hits when nothing is open about them any more.

    What lies before `since` is only remembered: who was there, and how long. The chats of a
    Telegram export come one after the other in their file; each is a community of its own.
    """
    run: Run | None = None
    group = ""
    for record in reader.records():
        if run is None or (isinstance(reader, TelegramExport) and record.group != group):
            if run is not None:
                yield from _told(run.finish())
            run, group = Run(ruleset), record.group
        if since is not None and record.at < since:
            run.remember(record)
            continue
        fate = run.take(record)
        if not isinstance(fate, Hit):
            yield record, fate
        yield from _told(run.settled())
    if run is not None:
        yield from _told(run.finish())


def replay(
    reader: Reader, ruleset: Ruleset, *, out: IO[bytes] | None, progress: Callable[[int], None]
) -> Tally:
    """The whole history through the rules. HistoryError if it breaks on the way."""
    tally = Tally()
    encode = msgspec.json.Encoder().encode
    for count, (record, fate) in enumerate(fates(reader, ruleset)):
        tally.add(record, fate)
        if out is not None and isinstance(fate, Hit):
            out.write(encode(line_of(fate)) + b"\n")
        if count % SHOWN_EVERY == 0:
            progress(count)
    return tally


def _told(hits: Iterator[Hit]) -> Iterator[tuple[Record, Fate]]:
    for hit in hits:
        yield hit.record, hit
