"""Clocks: the machine's, and one that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import FrozenClock, SystemClock


def test_the_systems_clock_is_in_utc() -> None:
    """The machine's time comes aware, in UTC, and does not go back."""
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert UTC is first.tzinfo
    assert first <= second


def test_a_frozen_clock_moves_only_when_told() -> None:
    """A frozen clock gives its time in UTC and moves by exactly what it is told."""
    clock = FrozenClock(datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(hours=8))))
    assert datetime(2026, 1, 1, tzinfo=UTC) == clock.now() == clock.now()
    assert datetime(2026, 1, 1, 1, tzinfo=UTC) == clock.advance(timedelta(hours=1)) == clock.now()


def test_a_frozen_clock_refuses_what_is_no_time() -> None:
    """Naive times and steps back are refused."""
    with pytest.raises(ValueError, match="without a time zone"):
        FrozenClock(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="only goes forward"):
        FrozenClock(datetime(2026, 1, 1, tzinfo=UTC)).advance(timedelta(seconds=-1))
