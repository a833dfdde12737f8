"""One message of which two rulesets say different things, and in which way they differ."""

from __future__ import annotations

import math
from enum import StrEnum

from msgspec import Struct

from bot.history.hits import BLOCK, PASS, REVIEW, Hit
from bot.history.records import Record
from bot.history.run import STOPPED
from bot.history.tally import Fate
from bot.replay import Pair

NOTHING = "nothing"
_OUTCOMES = (PASS, REVIEW, BLOCK)
_ACTS = ("tell", "notice", "ask", "delete", "warn", "mute", "remove", "ban")  # by gravity, rising


class Kind(StrEnum):
    """How a verdict changes, the gravest change first. Public: docs/replay.md."""

    NEWLY_HIT = "newly_hit"
    HARDER = "harder"
    STOPPED = "stopped"
    NO_LONGER_HIT = "no_longer_hit"
    SOFTER = "softer"
    LET_THROUGH = "let_through"
    OTHERWISE = "otherwise"


class Change(Struct, frozen=True, kw_only=True):
    """A message, what the rules compared with do about it, and what the proposed ones do."""

    record: Record
    before: Fate
    after: Fate
    kind: Kind

    @property
    def hit(self) -> Hit | None:
        """What says most about it: the proposed hit, else the present one; None: only stopped."""
        for fate in (self.after, self.before):
            if isinstance(fate, Hit):
                return fate
        return None


class Verdict(Struct, frozen=True, kw_only=True):
    """One side of a line: the outcome, the rule that acts, what is done, all rules that matched."""

    outcome: str
    rule: str | None
    actions: list[str]
    rules: list[str]


class ChangeLine(Struct, frozen=True, kw_only=True):
    """One line of `--json` with `--against`, in the order of its fields; no text, no name."""

    ts: str
    group: str
    user: str
    line: int
    change: str
    before: Verdict
    after: Verdict
    trusted: bool
    newcomer: bool


def change_of(pair: Pair) -> Change | None:
    """The change, or None where both do the same by the same rule."""
    record, before, after = pair
    kind = _kind(before, after)
    if kind is None:
        return None
    return Change(record=record, before=before, after=after, kind=kind)


def line_of(change: Change) -> ChangeLine:
    """The line that tells of a change."""
    record, hit = change.record, change.hit
    return ChangeLine(
        ts=record.ts,
        group=record.group,
        user=record.user,
        line=record.number,
        change=change.kind,
        before=_verdict(change.before),
        after=_verdict(change.after),
        trusted=hit is not None and hit.whom.is_trusted,
        newcomer=hit is not None and hit.whom.is_newcomer,
    )


def weight(hit: Hit) -> tuple[int, list[int], float]:
    """Orders hits by how hard they are: the outcome, what is done, how long a mute lasts."""
    length = math.inf
    if hit.until is not None:
        length = (hit.until - hit.record.at).total_seconds()
    acts = sorted((_ACTS.index(one) for one in hit.actions), reverse=True)
    return _OUTCOMES.index(hit.outcome), acts, length


def _kind(before: Fate, after: Fate) -> Kind | None:
    if isinstance(before, Hit) and isinstance(after, Hit):
        return _between(before, after)
    if after == STOPPED:
        return None if before == STOPPED else Kind.STOPPED
    if before == STOPPED:
        return Kind.LET_THROUGH
    if isinstance(after, Hit):
        return Kind.NEWLY_HIT
    return Kind.NO_LONGER_HIT if isinstance(before, Hit) else None


def _between(before: Hit, after: Hit) -> Kind | None:
    old, new = weight(before), weight(after)
    if old != new:
        return Kind.HARDER if new > old else Kind.SOFTER
    return None if before.rule == after.rule else Kind.OTHERWISE


def _verdict(fate: Fate) -> Verdict:
    if not isinstance(fate, Hit):
        return Verdict(outcome=fate or NOTHING, rule=None, actions=[], rules=[])
    rules = list(dict.fromkeys(match.rule for match in fate.matches))
    return Verdict(outcome=fate.outcome, rule=fate.rule, actions=fate.done, rules=rules)
