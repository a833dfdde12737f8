"""Many groups at once: each is served in order, none waits for another, and calls are bounded."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.clock import FrozenClock
from bot.dispatch import CALLS, Dispatcher
from bot.loop import Loop
from bot.storage import Store
from bot.storage.database import default_url
from rules.actions import AnyAction
from tests.bot.test_dispatch import DONE, WAIT, delete, keep, say, until
from tests.bots import BOOK, Bot, Recorder, at_work
from tests.builders import T0


async def test_one_group_is_served_in_order_and_others_do_not_wait(tmp_path: Path) -> None:
    """Groups whose platform never answers do not keep another waiting, and keep their order."""
    stuck = asyncio.Event()

    async def hang(action: AnyAction) -> None:
        if action.group != "free":
            await stuck.wait()

    slow = [delete(f"slow{n}/{i}", group=f"slow{n}") for n in range(CALLS - 1) for i in range(3)]
    free = [delete(f"free/{i}", group="free") for i in range(3)]
    keep(tmp_path, *slow, *free)
    platform = Recorder(delay=hang)
    async with at_work(tmp_path, platform) as bot:
        await until(bot, lambda: 3 == len(bot.delivered()))
        assert {"free"} == {one.group for one in bot.delivered()}
        stuck.set()
        await bot.quiet()
    for group in {one.group for one in slow}:
        keys = [key for where, _, key in platform.calls if where == group]
        assert [f"{group}/{i}" for i in range(3)] == keys


async def test_groups_that_are_asked_to_wait_hold_nobody_up(tmp_path: Path) -> None:
    """However many groups wait for their next try, another is served at once."""
    waiting = [say(f"w{n}/0", group=f"w{n}") for n in range(3 * CALLS)]
    keep(tmp_path, *waiting, delete("free/0", group="free"))
    turn = asyncio.Event()
    platform = Recorder(answers=lambda one: DONE if one.group == "free" else WAIT)

    async def sleep(_: float) -> None:
        await turn.wait()

    store = Store.open(default_url(tmp_path), home=tmp_path, now=lambda: T0)
    loop = Loop(store, store.load_state()[0], BOOK, FrozenClock(T0))
    dispatcher = Dispatcher(loop, lambda _: platform, FrozenClock(T0), sleep=sleep)
    dispatcher.resume(store.pending())
    async with asyncio.TaskGroup() as tasks:
        workers = [tasks.create_task(loop.run()), tasks.create_task(dispatcher.run())]
        bot = Bot(store, loop, dispatcher, FrozenClock(T0), [])
        await until(bot, lambda: bool(bot.delivered()))
        assert ["free/0"] == [one.action for one in bot.delivered()]
        for one in workers:
            one.cancel()
    loop.close()
    store.close()


async def test_no_more_calls_than_agreed_at_a_time(tmp_path: Path) -> None:
    """A platform is never asked more than CALLS things at once, however many groups there are."""
    turn, full = asyncio.Event(), asyncio.Event()
    busy: list[int] = [0, 0]

    async def count(_: AnyAction) -> None:
        busy[0] += 1
        busy[1] = max(busy)
        if busy[0] >= CALLS:
            full.set()
        await turn.wait()
        busy[0] -= 1

    keep(tmp_path, *(delete(f"g{n}/0", group=f"g{n}") for n in range(3 * CALLS)))
    platform = Recorder(delay=count)
    async with at_work(tmp_path, platform) as bot:
        async with asyncio.timeout(10):
            await full.wait()
        for _ in range(10 * CALLS):
            await asyncio.sleep(0)
        turn.set()
        await bot.quiet()
    assert (3 * CALLS, CALLS) == (len(platform.calls), busy[1])
