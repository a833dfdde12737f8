"""Tables for `time`: across midnight, half-open, on days of the group's own clock."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from rules.conditions.clock import TimeOfDay
from tests.builders import SHANGHAI, T0, posted, view

NIGHT = (time(23), time(7))
NOON = (time(12), time(13, 30))
ALL_DAY = (time(0), time(0))
WEEKEND = (5, 6)

ROWS = [
    # span, days, local time (2026-03-06 is a Friday), whether it holds
    (NIGHT, (), "2026-03-06 22:59:59", False),
    (NIGHT, (), "2026-03-06 23:00:00", True),
    (NIGHT, (), "2026-03-07 00:00:00", True),
    (NIGHT, (), "2026-03-07 06:59:59", True),
    (NIGHT, (), "2026-03-07 07:00:00", False),
    (NOON, (), "2026-03-06 11:59:59", False),
    (NOON, (), "2026-03-06 12:00:00", True),
    (NOON, (), "2026-03-06 13:30:00", False),
    (ALL_DAY, (), "2026-03-06 00:00:00", True),
    ((time(9), time(9)), (), "2026-03-06 08:59:00", True),
    ((time(9), time(0)), (), "2026-03-06 23:59:59", True),
    ((time(9), time(0)), (), "2026-03-06 08:59:59", False),
    (NIGHT, (4,), "2026-03-06 23:30:00", True),
    (NIGHT, (4,), "2026-03-07 02:00:00", True),
    (NIGHT, (4,), "2026-03-06 02:00:00", False),
    (NIGHT, (4,), "2026-03-07 23:30:00", False),
    (NOON, WEEKEND, "2026-03-06 12:30:00", False),
    (NOON, WEEKEND, "2026-03-08 12:30:00", True),
    (ALL_DAY, WEEKEND, "2026-03-07 03:00:00", True),
    (ALL_DAY, WEEKEND, "2026-03-09 00:00:00", False),
]


@pytest.mark.parametrize(("between", "days", "local", "expected"), ROWS)
def test_time_of_day(
    between: tuple[time, time], days: tuple[int, ...], local: str, expected: bool
) -> None:
    """From the first second to before the last; a night belongs to the day on which it begins."""
    moment = datetime.fromisoformat(local).replace(tzinfo=SHANGHAI)
    asked = view(posted("睡了吗", seconds=(moment - T0).total_seconds()))
    assert expected is (TimeOfDay(between=between, days=days).ask(asked) is not None)


def test_the_clock_is_the_groups() -> None:
    """The same moment is noon in one group and night in another; the evidence has the span."""
    asked = view(posted("睡了吗"))  # 12:00 UTC
    asked.timezone = ZoneInfo("Europe/London")
    answer = TimeOfDay(between=NOON).ask(asked)
    assert answer is not None
    assert ("time", {"from": "12:00", "to": "13:30"}) == (answer[0].condition, answer[0].values)
    assert None is TimeOfDay(between=NOON).ask(view(posted("睡了吗")))


def test_the_local_time_is_found_once() -> None:
    """Two rules that look at the clock look at the same time."""
    one = view("好")
    assert one.local_at is one.local_at
