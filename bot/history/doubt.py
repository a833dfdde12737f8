"""How likely a hit wronged somebody, from 0 up: for showing the most doubtful ones first."""

from __future__ import annotations

import heapq
from itertools import count
from typing import Generic, Protocol, TypeVar

from bot.history.hits import PASS, Hit
from bot.history.records import Record

_KNOWN, _TRUSTED, _OLD = 40, 20, 10  # whom it met weighs most: regulars are wronged, not caught
_BY_MESSAGES = 20  # at most, one for every ten messages
_THIN, _SHORT, _ALONE = 15, 10, 5
_LIGHT = 30  # taken off where nothing would have been done


def doubt(hit: Hit) -> int:
    """The doubt about a hit: a regular's message and little evidence make it high."""
    whom = hit.whom
    points = _KNOWN * whom.is_known + _TRUSTED * whom.is_trusted + _OLD * (not whom.is_newcomer)
    points += min(whom.messages // 10, _BY_MESSAGES)
    marked = sum(end - start for start, end in hit.spans)
    points += _THIN * (len(hit.spans) <= 1) + _SHORT * (marked < 4)
    points += _ALONE * (len({match.rule for match in hit.matches}) == 1)
    return max(0, points - _LIGHT * (hit.outcome == PASS))


class OfRecord(Protocol):
    """What is about one record: a hit, or a change of it."""

    @property
    def record(self) -> Record:
        """The record."""


_One = TypeVar("_One", bound=OfRecord)


class Doubtful(Generic[_One]):
    """Of many hits the `at_most` with the highest keys; memory does not grow beyond them."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._heap: list[tuple[tuple[float, ...], int, _One]] = []
        self._added = count()

    def add(self, key: tuple[float, ...], one: _One) -> None:
        """Keep a hit if its key is among the highest; of equal keys the later one stays."""
        item = (key, next(self._added), one)
        if len(self._heap) < self._at_most:
            heapq.heappush(self._heap, item)
        elif item[:2] > self._heap[0][:2]:
            heapq.heapreplace(self._heap, item)

    def highest(self) -> list[_One]:
        """What was kept, the highest key first."""
        return [one for _, _, one in sorted(self._heap, key=lambda one: one[:2], reverse=True)]

    def of_different_people(self, at_most: int) -> list[_One]:
        """The highest of them: new people before the same ones again."""
        ordered = self.highest()
        first: dict[tuple[str, str], _One] = {}
        for one in ordered:
            first.setdefault((one.record.group, one.record.user), one)
        chosen = list(first.values())
        again = [one for one in ordered if all(one is not other for other in chosen)]
        return (chosen + again)[:at_most]
