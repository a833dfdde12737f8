"""Hits over time as bars: by day, by week or by month, whichever leaves bars that can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

HEIGHT = 120  # units of the drawing
WIDTH = 12  # units for both bars of one stretch and the room around them
FEWEST = 14  # stretches, so that a few are not drawn as blocks
MOST = 92  # stretches: a quarter of days

_STRETCHES: tuple[tuple[str, Callable[[date], date], timedelta], ...] = (
    ("day", lambda at: at, timedelta(days=1)),
    ("week", lambda at: at - timedelta(days=at.weekday()), timedelta(days=7)),
    ("month", lambda at: at.replace(day=1), timedelta(days=31)),
)
"""A stretch of time, the day on which it begins, and a step that surely leads into the next."""


Title = Callable[[date, int, int], str]
"""What a stretch is called, by its first day and both numbers."""


class Bars(Struct, frozen=True, kw_only=True):
    """One stretch: its place and both heights in units, and what it is called."""

    title: str
    x: int
    before_height: int
    after_height: int


class Chart(Struct, frozen=True, kw_only=True):
    """All bars. `unit` is day, week or month; `most` the number of the highest bar."""

    unit: str
    most: int
    bars: tuple[Bars, ...]


def chart_of(
    days: Mapping[date, int], before: Counter[date], after: Counter[date], title: Title
) -> Chart:
    """The bars from the first of `days` to the last, in the longest unit if none leaves few."""
    ways = ((unit, begin, list(_starts(days, begin, step))) for unit, begin, step in _STRETCHES)
    unit, begin, starts = next(
        way for way in ways if len(way[2]) <= MOST or way[0] == _STRETCHES[-1][0]
    )
    now, then = _summed(before, begin), _summed(after, begin)
    most = max(1, *now.values(), *then.values())
    bars = (
        Bars(
            title=title(at, now[at], then[at]),
            x=place * WIDTH,
            before_height=_height(now[at], most),
            after_height=_height(then[at], most),
        )
        for place, at in enumerate(starts)
    )
    return Chart(unit=unit, most=most, bars=tuple(bars))


def _starts(
    days: Mapping[date, int], begin: Callable[[date], date], step: timedelta
) -> Iterator[date]:
    at = begin(min(days))
    while at <= max(days):
        yield at
        at = begin(at + step)


def _summed(days: Counter[date], begin: Callable[[date], date]) -> Counter[date]:
    found: Counter[date] = Counter()
    for at, count in days.items():
        found[begin(at)] += count
    return found


def _height(part: int, most: int) -> int:
    return max(3, HEIGHT * part // most) if part else 0
