"""The clock that wakes the loop: one timer, at the earliest open deadline. APScheduler is the
timer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import Clock
from bot.loop import Loop
from rules.entries import Entry

JOB = "earliest deadline"
OVERLAPPING = 100  # a timer set anew during its own run would be dropped by APScheduler at 1
LONGEST = timedelta(hours=1)  # a machine that slept, or whose clock was set, is noticed by then


class Timers:
    """Wakes the loop when something is due. `heard` is told of every commit."""

    def __init__(self, loop: Loop, clock: Clock) -> None:
        self._loop = loop
        self._clock = clock
        self._due_at: datetime | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def run(self) -> None:
        """Wake the loop at each deadline until cancelled."""
        self._scheduler.start()
        self.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._scheduler.shutdown(wait=False)

    def heard(self, entries: Sequence[Entry]) -> None:
        """Set the timer anew if the earliest deadline has moved."""
        if entries and self._loop.state.due_at != self._due_at and self._scheduler.running:
            self.set()

    def set(self) -> None:
        """Set the timer to the earliest deadline; also after the clock was moved."""
        self._due_at = self._loop.state.due_at
        wait = LONGEST
        if self._due_at is not None:
            wait = min(LONGEST, max(timedelta(0), self._due_at - self._clock.now()))
        at = datetime.now(tz=self._scheduler.timezone) + wait
        self._scheduler.add_job(
            self._wake,
            DateTrigger(at),
            id=JOB,
            replace_existing=True,
            misfire_grace_time=None,
            max_instances=OVERLAPPING,
        )

    async def _wake(self) -> None:
        await self._loop.wake()
        self.set()
