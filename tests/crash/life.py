"""One life of the bot: from the start of a process to the end of the script, or to its death."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import bot.loop
import bot.spool
from bot.clock import FrozenClock
from bot.dispatch import Dispatcher
from bot.loop import Loop
from bot.storage import Store
from bot.storage.database import default_url
from bot.timers import Timers
from rules.events import AnyEvent, OperatorCommanded
from tests.bots import BOOK
from tests.crash.script import Moment, script
from tests.crash.world import Lines, World, lines

AFTERWARDS = timedelta(days=2)  # lets every deadline come due
LONG = timedelta(minutes=2)  # of the script; by then the platform was given time to answer


class Feeder:
    """Delivers at least once: what was not acknowledged comes again, in its order."""

    def __init__(self, home: Path, moments: list[Moment]) -> None:
        self._home = home
        self._moments = moments
        self._known = set(lines(home / "acknowledged"))
        self._acknowledged = Lines(home / "acknowledged")

    @property
    def position(self) -> int:
        """The place of the last moment of which something was acknowledged."""
        known = [any(e.key in self._known for e in one.events) for one in self._moments]
        return max((place for place, is_known in enumerate(known) if is_known), default=0)

    async def feed(self, loop: Loop, clock: FrozenClock, dispatcher: Dispatcher) -> None:
        """Hand over all that is left, moment by moment."""
        quiet_at = clock.now()
        await dispatcher.idle.wait()
        for moment in self._moments[self.position :]:
            if moment.at - quiet_at >= LONG:
                await dispatcher.idle.wait()
                quiet_at = moment.at
            clock.advance(moment.at - clock.now())
            await asyncio.gather(
                *(self._hand_over(loop, e) for e in moment.events if e.key not in self._known)
            )

    async def _hand_over(self, loop: Loop, event: AnyEvent) -> None:
        if isinstance(event, OperatorCommanded):  # as the command line does
            bot.spool.put(self._home, event.key, (event,))
            await bot.spool.Spool(self._home, loop).take()
        else:
            await loop.receive(event)
        self.acknowledge(event.key)

    def acknowledge(self, key: str) -> None:
        """The platform will not send this again."""
        self._acknowledged.add(key)
        self._known.add(key)


async def live(home: Path, seed: int, moments: int) -> None:
    """Start on a home as `bot.app` does, take in what is left of the script, and stop in order."""
    bot.loop.SNAPSHOT_EVERY = 25  # in place of 50,000: some snapshots in every life
    told = script(seed, moments)
    feeder = Feeder(home, told)
    clock = FrozenClock(told[feeder.position].at)
    store = Store.open(default_url(home), home=home, now=clock.now)
    loop = Loop(store, store.load_state()[0], BOOK, clock)
    world = World(home)
    dispatcher = Dispatcher(loop, lambda _: world, clock, sleep=_no_time)
    dispatcher.resume(store.pending())
    timers = Timers(loop, clock)
    loop.listeners += [dispatcher.heard, timers.heard]
    async with asyncio.TaskGroup() as tasks:
        workers = [tasks.create_task(one.run()) for one in (loop, timers, dispatcher)]
        await loop.use(BOOK)
        await loop.wake()
        await feeder.feed(loop, clock, dispatcher)
        await dispatcher.idle.wait()
        clock.advance(AFTERWARDS)
        await loop.wake()
        await dispatcher.idle.wait()
        for one in workers:
            one.cancel()
    loop.close()
    store.close()


async def _no_time(_: float) -> None:
    """A wait between two tries, which costs the suite nothing."""
    await asyncio.sleep(0)
