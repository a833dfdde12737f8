"""The part of the fold that keeps a member's standing: counted, taken back, or counted anew."""

from __future__ import annotations

from datetime import datetime

from rules.decision import Counted, Recount, Strike
from rules.state import NEVER, Standing

KEPT = 100  # strikes of one member in one group; who has that many was asked about long ago


def count(standing: Standing, strike: Strike, at: datetime) -> None:
    """Fold a strike that was counted, or taken back, at a time."""
    standing.level = strike.level_after
    if strike.count < 0:
        taken = (strike.rule, strike.breach_at)
        standing.strikes = [one for one in standing.strikes if (one.rule, one.breach_at) != taken]
        return
    alone = strike.alone if strike.burst else strike.count
    counted = Counted(
        rule=strike.rule,
        at=at,
        breach_at=strike.breach_at,
        count=alone,
        start_level=strike.start_level,
    )
    standing.strikes = [*standing.strikes[-KEPT + 1 :], counted]
    if not strike.burst:
        # an obligation's breach is older than what was counted meanwhile
        standing.since = max(standing.since, strike.breach_at)
        standing.burst_at = strike.breach_at


def recount(standing: Standing, counted: Recount) -> None:
    """Fold a standing that was counted anew."""
    standing.level, standing.strikes = counted.level, list(counted.left)
    standing.since, standing.burst_at = counted.since or NEVER, counted.burst_at or NEVER
