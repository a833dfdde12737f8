"""The composition root: builds every part, starts them in order, and stops them in reverse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from adapters.platform import Platform
from adapters.simulator.platform import Simulator
from adapters.simulator.room import Room
from bot.clock import Clock, ShiftedClock, SystemClock
from bot.dispatch import Dispatcher
from bot.loop import Loop
from bot.retention import Retention
from bot.rulefiles import RuleFiles
from bot.settings import Settings
from bot.spool import Spool
from bot.storage import Store
from bot.timers import Timers
from bot.versions import record
from bot.watch import Watch
from rules.events import OperatorCommanded

log = structlog.get_logger()


@dataclass(slots=True)
class App:
    """A bot that is built: its parts, for whoever starts or looks at them."""

    store: Store
    files: RuleFiles
    loop: Loop
    simulator: Simulator
    dispatcher: Dispatcher
    timers: Timers
    clock: ShiftedClock
    tasks: asyncio.TaskGroup

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run something beside the bot, until it ends or the bot does."""
        return self.tasks.create_task(work)


@asynccontextmanager
async def running(
    settings: Settings, rooms: list[Room], clock: Clock | None = None
) -> AsyncIterator[App]:
    """A bot at work in these rooms, until the block is left. StorageError if it cannot start."""
    shifted = ShiftedClock(clock or SystemClock())
    store = Store.open(settings.database, home=settings.home, now=shifted.now)
    try:
        async with asyncio.TaskGroup() as tasks:
            app = _build(settings, rooms, store, shifted, tasks)
            workers = [app.spawn(work) for work in _work(app, settings)]
            await app.loop.use(app.files.rulebook)
            await app.loop.wake()
            yield app
            with suppress(TimeoutError):  # what is still on its way is taken up at the next start
                async with asyncio.timeout(STOP_WITHIN.total_seconds()):
                    await app.dispatcher.idle.wait()
            for one in workers:
                one.cancel()
        app.loop.close()
    finally:
        store.close()


async def command(
    settings: Settings, events: Sequence[OperatorCommanded], clock: Clock | None = None
) -> None:
    """Decide what an operator commands while no bot runs, as at a start that takes nothing else.

    What is to be done in the groups waits in the outbox. HomeLockedError if a bot runs.
    """
    clock = clock or SystemClock()
    store = Store.open(settings.database, home=settings.home, now=clock.now)
    try:
        files = RuleFiles(settings.home)
        rulebook = files.read()
        record(store, files, clock.now())
        loop = Loop(store, store.load_state()[0], rulebook, clock)
        async with asyncio.TaskGroup() as tasks:
            work = tasks.create_task(loop.run())
            await loop.use(rulebook)
            for event in events:
                await loop.receive(event)
            work.cancel()
        loop.close()
    finally:
        store.close()


REMEMBERED = 5_000  # entries of a simulated room: its last hours, and a start stays short
STOP_WITHIN = timedelta(seconds=10)


def _build(
    settings: Settings,
    rooms: list[Room],
    store: Store,
    clock: ShiftedClock,
    tasks: asyncio.TaskGroup,
) -> App:
    state, _ = store.load_state()
    clock.forward(max(timedelta(0), state.seen_at - clock.now()))
    files = RuleFiles(settings.home)
    files.read()
    record(store, files, clock.now())
    loop = Loop(store, state, files.rulebook, clock)
    simulator = Simulator(rooms, clock.now)
    for room in rooms:
        simulator.restore(entry for _, entry in store.latest(room.id, at_most=REMEMBERED))
    platforms: list[Platform] = [simulator]
    dispatcher = Dispatcher(loop, _finder(platforms), clock)
    dispatcher.resume(store.pending())
    timers = Timers(loop, clock)
    loop.listeners += [dispatcher.heard, timers.heard]
    return App(store, files, loop, simulator, dispatcher, timers, clock, tasks)


def _work(app: App, settings: Settings) -> list[Coroutine[None, None, None]]:
    watch = Watch(app.files, app.loop, app.clock)
    retention = Retention(app.loop, settings.retention, app.clock)
    return [
        app.loop.run(),
        app.timers.run(),
        app.dispatcher.run(),
        app.simulator.run(app.loop.receive),
        watch.run(),
        retention.run(),
        Spool(settings.home, app.loop).run(),
    ]


def _finder(platforms: list[Platform]) -> Callable[[str], Platform | None]:
    return lambda group: next((one for one in platforms if one.owns(group)), None)
