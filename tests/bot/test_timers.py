"""The timer: it wakes the loop at the earliest deadline, and is never lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.timers import Timers
from rules.entries import Entry
from rules.events import MemberJoined, Tick
from rules.rulebook import Rulebook
from tests.bots import Bot, Recorder, at_work, ruleset
from tests.builders import at

QUIET = Rulebook((ruleset(topics=()),))


def joined(group: str, seconds: float = 0) -> MemberJoined:
    """Somebody comes in; they are welcomed 30 s later."""
    when = at(seconds)
    return MemberJoined(
        key=f"{group}:{seconds}", at=when, seen_at=when, group=group, member="n", name="N"
    )


class Ticks:
    """Waits for deadlines to be decided."""

    def __init__(self, bot: Bot) -> None:
        self._changed = asyncio.Event()
        self._bot = bot
        bot.loop.listeners.append(self._heard)

    def _heard(self, _: Sequence[Entry]) -> None:
        self._changed.set()

    def count(self) -> int:
        """How many have been decided so far."""
        return sum(isinstance(one.event, Tick) for one in self._bot.decided())

    async def reach(self, count: int) -> None:
        """Wait until so many were decided."""
        async with asyncio.timeout(10):
            while self.count() < count:
                await self._changed.wait()
                self._changed.clear()


@asynccontextmanager
async def timed(home: Path) -> AsyncIterator[tuple[Bot, Timers, Ticks]]:
    """A bot with its timer running."""
    async with at_work(home, Recorder(), QUIET) as bot:
        timers = Timers(bot.loop, bot.clock)
        ticks = Ticks(bot)
        bot.loop.listeners.append(timers.heard)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(timers.run())
            await asyncio.sleep(0)
            yield bot, timers, ticks
            running.cancel()


async def test_it_wakes_the_loop_at_the_deadline(tmp_path: Path) -> None:
    """Nobody has to say anything for a welcome to be due: the timer was set by the commit."""
    async with timed(tmp_path) as (bot, _, ticks):
        bot.clock.advance(timedelta(seconds=29.95))
        await bot.loop.receive(joined("g1"))  # seen when there are 50 ms left
        assert 0 == ticks.count()
        bot.clock.advance(timedelta(seconds=0.05))
        await ticks.reach(1)


async def test_a_clock_moved_forward_makes_things_due_at_once(tmp_path: Path) -> None:
    """The room's button that lets time pass sets the timer anew."""
    async with timed(tmp_path) as (bot, timers, ticks):
        await bot.loop.receive(joined("g1"))
        bot.clock.advance(timedelta(minutes=10))
        timers.set()
        await ticks.reach(1)


async def test_a_clock_that_jumped_by_itself_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that slept sets no timer: after LONGEST at the latest the loop looks again."""
    monkeypatch.setattr("bot.timers.LONGEST", timedelta(milliseconds=20))
    async with timed(tmp_path) as (bot, _, ticks):
        await bot.loop.receive(joined("g1"))
        bot.clock.advance(timedelta(minutes=10))
        await ticks.reach(1)


async def test_a_deadline_that_comes_due_during_a_wake_is_not_lost(tmp_path: Path) -> None:
    """The timer is set anew while it is still running: it runs again all the same."""
    async with timed(tmp_path) as (bot, timers, ticks):

        def let_time_pass(entries: Sequence[Entry]) -> None:
            if any(getattr(one, "event", None).__class__ is Tick for one in entries):
                bot.clock.advance(timedelta(minutes=1))

        await bot.loop.receive(joined("g1", 0))
        bot.clock.advance(timedelta(seconds=20))
        await bot.loop.receive(joined("g2", 20))
        bot.loop.listeners.insert(0, let_time_pass)
        bot.clock.advance(timedelta(seconds=10))
        timers.set()
        await ticks.reach(2)


async def test_what_is_due_at_the_start_is_decided_at_the_start(tmp_path: Path) -> None:
    """A deadline that passed while no process was there needs no event to be noticed."""
    async with at_work(tmp_path, Recorder(), QUIET) as bot:
        await bot.loop.receive(joined("g1"))
    async with timed(tmp_path) as (bot, timers, ticks):
        bot.clock.advance(timedelta(hours=1))
        timers.set()
        await ticks.reach(1)
