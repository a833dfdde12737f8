"""The level a member has reached, how it falls, and the rung that is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from rules.decision import Strike
from rules.ruleset import Ladder, Rung
from rules.state import Standing


def level_at(standing: Standing, at: datetime, decay: timedelta) -> int:
    """The level at a time: one less per whole clean period since the last counted breach."""
    if standing.level <= 0 or at <= standing.since:
        return standing.level
    return max(0, standing.level - (at - standing.since) // decay)


def in_burst(standing: Standing, breach_at: datetime, burst: timedelta) -> bool:
    """Whether a breach falls into the burst that the last counted one began (either order)."""
    return abs(breach_at - standing.burst_at) <= burst


def strike(  # noqa: PLR0913 - a breach and the ladder it meets
    standing: Standing,
    ladder: Ladder,
    *,
    member: str,
    rule: str,
    count: int,
    breach_at: datetime,
    start_level: int = 0,
) -> Strike:
    """Count a breach of `count` strikes: its arithmetic, 0 more if it falls into a burst.

    It reaches `start_level` at least. The level never rises above the last rung: it has to be able
    to fall again.
    """
    before = level_at(standing, breach_at, ladder.decay)
    reached = max(before + count, start_level)
    burst = in_burst(standing, breach_at, ladder.burst)
    return Strike(
        member=member,
        rule=rule,
        count=0 if burst else count,
        breach_at=breach_at,
        level_before=before,
        level_after=before if burst else min(reached, max(before, len(ladder.rungs))),
        burst=burst,
        alone=count if burst else 0,
        start_level=start_level,
    )


def rung_at(level: int, ladder: Ladder) -> Rung:
    """The rung of a level from 1; above the last rung the last one holds."""
    return ladder.rungs[min(level, len(ladder.rungs)) - 1]
