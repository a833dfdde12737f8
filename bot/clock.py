"""The time of this machine, behind a seam: whoever needs it is handed a Clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time; the one way by which it enters the bot."""

    def now(self) -> datetime:
        """Give the time, aware and in UTC."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Give the machine's time, aware and in UTC."""
        return datetime.now(UTC)


class FrozenClock:
    """A clock that stands still until it is advanced: for tests, replay and the room."""

    def __init__(self, at: datetime) -> None:
        """Stop the clock at an aware `at`; a naive one raises ValueError."""
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime, found one without a time zone")
        self._now_at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Give the time at which the clock stands, aware and in UTC."""
        return self._now_at

    def advance(self, span: timedelta) -> datetime:
        """Move the clock by `span` and give its new time; backwards raises ValueError."""
        if span < timedelta(0):
            raise ValueError(f"a clock only goes forward, found a span of {span}")
        self._now_at += span
        return self._now_at


class ShiftedClock:
    """Another clock, moved forward by hand: the room uses it to let time pass."""

    def __init__(self, clock: Clock) -> None:
        """Start together with `clock`."""
        self._clock = clock
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """Give the other clock's time and what was added, aware and in UTC."""
        return self._clock.now() + self._ahead

    def forward(self, span: timedelta) -> None:
        """Let `span` pass at once; backwards raises ValueError."""
        if span < timedelta(0):
            raise ValueError(f"a clock only goes forward, found a span of {span}")
        self._ahead += span
