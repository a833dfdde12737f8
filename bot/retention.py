"""Texts are kept for the retention time and no longer: once a day they are taken out of the
journal.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.loop import Loop
from rules.state import CommunityState

EVERY = timedelta(hours=6)
KEPT_AFTER_CLOSING = timedelta(days=30)  # design.md 1.2: evidence of a case, after it was closed
OPEN_CASES = ("asked", "confirm", "contested")

log = structlog.get_logger()


class Retention:
    """Redacts what is older than `retention`, except the evidence of open and fresh cases."""

    def __init__(self, loop: Loop, retention: timedelta, clock: Clock) -> None:
        self._loop = loop
        self._retention = retention
        self._clock = clock

    async def run(self) -> None:
        """Redact at the start and then a few times a day, until cancelled."""
        while True:
            count = await self.redact()
            if count:
                log.info("texts past their time were removed", entries=count)
            await asyncio.sleep(EVERY.total_seconds())

    async def redact(self) -> int:
        """Redact now; gives how many entries lost their text."""
        now = self._clock.now()
        return await self._loop.redact(now - self._retention, evidence(self._loop.state, now))


def evidence(state: CommunityState, now: datetime) -> set[str]:
    """Keys of the events that an open case, or one closed lately, rests on."""
    return {
        key
        for case in state.cases.values()
        for key in (case.evidence, *case.further)
        if case.status in OPEN_CASES or now - case.at < KEPT_AFTER_CLOSING
    }
