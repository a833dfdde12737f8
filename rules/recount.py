"""A standing without some of its strikes: what a history in which they never happened had given."""

from __future__ import annotations

from collections.abc import Sequence

from rules import ladder, standings
from rules.decision import Counted, Recount, Strike
from rules.ruleset import Ladder
from rules.state import Standing


def recount(member: str, left: Sequence[Counted], steps: Ladder) -> tuple[Recount, list[Strike]]:
    """The standing that these strikes make, counted in their order on a ladder, and each of them.

    One that had fallen into the burst of a strike that is gone counts by itself.
    """
    standing, struck = Standing(), []
    for one in left:
        again = ladder.strike(
            standing,
            steps,
            member=member,
            rule=one.rule,
            count=one.count,
            breach_at=one.breach_at,
            start_level=one.start_level,
        )
        standings.count(standing, again, one.at)
        struck.append(again)
    made = Recount(
        member=member,
        level=standing.level,
        since=standing.since if left else None,
        burst_at=standing.burst_at if left else None,
        left=tuple(left),
    )
    return made, struck
