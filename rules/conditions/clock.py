"""The time of day and the day of the week, on the group's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.decision import Match


class TimeOfDay(Struct, frozen=True, kw_only=True):
    """From the first time of `between` up to, not including, the second; also across midnight.

    Two equal times are the whole day. `days` (Monday is 0; empty: every day) are days on which the
    span begins: what began on Friday at 23:00 still holds on Saturday at 2:00.
    """

    between: tuple[time, time]
    days: tuple[int, ...] = ()

    def ask(self, view: View) -> Evidence | None:
        """The span as the rule has it."""
        if not self.holds(view.local_at):
            return None
        begins, ends = self.between
        values = {"from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}"}
        return (Match(condition="time", values=values),)

    def holds(self, local_at: datetime) -> bool:
        """Whether a time, on the group's clock, lies within."""
        begins, ends = self.between
        now = local_at.time()
        began_today = now >= begins and (now < ends or ends <= begins)
        began_yesterday = ends < begins and now < ends
        if not began_today and not began_yesterday and begins != ends:
            return False
        began_on = local_at - timedelta(days=began_yesterday)
        return not self.days or began_on.weekday() in self.days
