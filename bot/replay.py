"""`qunguan replay`: a history under rules, a line of JSON for each hit, and the count of it all.

The formats are docs/replay.md; other programs read them, so they only grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import IO, NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from bot.history.hits import Hit
from bot.history.records import Reader, Record
from bot.history.run import Run
from bot.history.tally import Fate, Tally
from bot.history.telegram import TelegramExport
from rules.conditions.score import score_of
from rules.ruleset import Ruleset

SHOWN_EVERY = 500  # records between two looks at the progress


class HitLine(Struct, frozen=True, kw_only=True):
    """One line of `--json`, in the order of its fields. `line`: the record's place in the file;
    `score` is left out where the acting rule adds up none.
    """

    ts: str
    group: str
    user: str
    rule: str
    actions: list[str]
    spans: list[tuple[int, int]]
    outcome: str
    rules: list[str]
    line: int
    score: int | UnsetType = UNSET


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
        score=_score(hit),
    )


def _score(hit: Hit) -> int | UnsetType:
    evidence = [one for match in hit.matches if match.rule == hit.rule for one in match.matches]
    added = score_of(tuple(evidence))
    return int(added.values["score"]) if added is not None else UNSET


class Pair(NamedTuple):
    """One record, and what became of it under two rulesets."""

    record: Record
    before: Fate
    after: Fate


def fates(
    reader: Reader, ruleset: Ruleset, *, since: datetime | None = None
) -> Iterator[tuple[Record, Fate]]:
    """Every record and what became of it; hits when nothing is open about them any more.

    What lies before `since`, and what has lost its text, is only remembered: who was there, and
    how long. The chats of a Telegram export come one after the other in their file; each is a
    community of its own.
    """
    one = _Pass(reader, ruleset, since)
    for record in reader.records():
        yield from one.take(record)
    yield from one.finish()


def pairs(
    reader: Reader, before: Ruleset, after: Ruleset, *, since: datetime | None = None
) -> Iterator[Pair]:
    """Every record as `fates` tells of it, under two rulesets in one reading of the history."""
    sides = (_Pass(reader, before, since), _Pass(reader, after, since))
    told: tuple[_Half, _Half] = ({}, {})
    for record in reader.records():
        for side, one in enumerate(sides):
            yield from _matched(told, side, one.take(record))
    for side, one in enumerate(sides):
        yield from _matched(told, side, one.finish())


_Half = dict[int, tuple[Record, Fate]]
"""By the identity of records: those that one side has told of, and the other has not yet."""


def _matched(
    told: tuple[_Half, _Half], side: int, found: Iterator[tuple[Record, Fate]]
) -> Iterator[Pair]:
    for record, fate in found:
        other = told[1 - side].pop(id(record), None)
        if other is None:
            told[side][id(record)] = (record, fate)
        else:
            yield Pair(record, *((fate, other[1]) if side == 0 else (other[1], fate)))


class _Pass:
    """One ruleset on its way through a history."""

    def __init__(self, reader: Reader, ruleset: Ruleset, since: datetime | None) -> None:
        self._ruleset = ruleset
        self._since = since
        self._is_one_chat_at_a_time = isinstance(reader, TelegramExport)
        self._run = Run(ruleset)
        self._group: str | None = None

    def take(self, record: Record) -> Iterator[tuple[Record, Fate]]:
        """What one record decides: about itself, and about those before it."""
        if self._is_one_chat_at_a_time and record.group != self._group:
            yield from self.finish()
            self._run, self._group = Run(self._ruleset), record.group
        if record.is_redacted or (self._since is not None and record.at < self._since):
            self._run.remember(record)
            return
        fate = self._run.take(record)
        if not isinstance(fate, Hit):
            yield record, fate
        yield from _told(self._run.settled())

    def finish(self) -> Iterator[tuple[Record, Fate]]:
        """What was open until the end."""
        yield from _told(self._run.finish())


def replay(
    told: Iterable[tuple[Record, Fate]], *, out: IO[bytes] | None, progress: Callable[[int], None]
) -> Tally:
    """Count what `fates` tells, and write its hits. HistoryError if the history breaks off."""
    tally = Tally()
    encode = msgspec.json.Encoder().encode
    for count, (record, fate) in enumerate(told):
        tally.add(record, fate)
        if out is not None and isinstance(fate, Hit):
            out.write(encode(line_of(fate)) + b"\n")
        if count % SHOWN_EVERY == 0:
            progress(count)
    return tally


def _told(hits: Iterator[Hit]) -> Iterator[tuple[Record, Fate]]:
    for hit in hits:
        yield hit.record, hit
