"""A whole small bot for tests: rules without a file, a platform that notes what it did, its parts.

The rules use everything that lasts: strikes, mutes, obligations, cards, a greeting, a topic.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from adapters.platform import Answer, Receipt, Receive
from adapters.simulator.room import TELEGRAM_LIKE
from bot.clock import FrozenClock
from bot.dispatch import Dispatcher
from bot.loop import Loop
from bot.storage import Store
from bot.storage.database import default_url
from rules.actions import AnyAction
from rules.capability import Capability
from rules.conditions import KindIs, Rate, Repeat, Words
from rules.conditions.matchers import MatcherBuilder
from rules.decision import Mode, Step
from rules.entries import Decided, Delivered
from rules.message import Kind
from rules.obligations import FollowUp
from rules.rulebook import Rulebook
from rules.ruleset import Consequence, Greeting, Ladder, Rule, Ruleset, Rung, Topic, Unless
from tests.builders import T0

ADS, SWEARS, GRAVE = ("加微信", "代购"), ("笨蛋",), ("赌场",)
DAY = timedelta(days=1)
LADDER = Ladder(
    rungs=(
        Rung(do=Step.WARN),
        Rung(do=Step.MUTE, length=timedelta(minutes=20)),
        Rung(do=Step.MUTE, length=DAY),
        Rung(do=Step.REMOVE),
        Rung(do=Step.REMOVE, confirm=True),
    ),
    burst=timedelta(seconds=2),
)


def _on_words(ads: int, swears: int, grave: int) -> tuple[Rule, ...]:
    packet = FollowUp(kind=Kind.RED_PACKET, within=timedelta(minutes=3))
    return (
        Rule(
            id="ads",
            title="广告配红包",
            when=Words(number=ads, list="ads"),
            then=Consequence(strikes=1, delete=True),
            unless=Unless(follow_up=packet),
        ),
        Rule(
            id="swears",
            title="好好说话",
            when=Words(number=swears, list="swears"),
            then=Consequence(strikes=1, delete=True),
        ),
        Rule(
            id="casino",
            title="不发赌博",
            when=Words(number=grave, list="grave"),
            then=Consequence(strikes=4, delete=True, notify=True),
        ),
    )


_ON_PACE_AND_KIND = (
    Rule(
        id="flood",
        title="慢一点",
        when=Rate(messages=6, within=timedelta(seconds=10)),
        then=Consequence(say="慢一点"),
    ),
    Rule(
        id="repeats",
        title="不刷屏",
        when=Repeat(times=2, within=timedelta(minutes=10), similar=90, min_length=6),
        then=Consequence(strikes=1),
    ),
    Rule(
        id="files",
        title="文件先问",
        when=KindIs(kinds=(Kind.FILE,)),
        then=Consequence(strikes=1, delete=True, ask=True),
    ),
)


def ruleset(*, digest: str = "ab" * 8, mode: Mode = Mode.ENFORCE, **more: Any) -> Ruleset:
    """Rules against ads (a red packet forgives), swearing, casinos, floods and more; a topic."""
    build = MatcherBuilder()
    ads, swears, grave = (build.add_words(words) for words in (ADS, SWEARS, GRAVE))
    rules = (*_on_words(ads, swears, grave), *_ON_PACE_AND_KIND)
    values: dict[str, Any] = {
        "name": "t",
        "rules": rules,
        "matchers": build.build(),
        "digest": digest,
        "mode": mode,
        "ladder": LADDER,
        "greeting": Greeting(),
        "topics": (Topic(id="noon", cron="*/20 * * * *", say="喝口水"),),
    }
    return Ruleset(**values | more)


BOOK = Rulebook((ruleset(),))


@dataclass
class Recorder:
    """A platform that is able to do what a Telegram bot is, and keeps what it was asked for.

    `answers` decides each answer; `delay` is awaited before it.
    """

    able: frozenset[Capability] = TELEGRAM_LIKE
    answers: Callable[[AnyAction], Receipt] = lambda action: Receipt(answer=Answer.DONE)
    delay: Callable[[AnyAction], Any] | None = None
    calls: list[tuple[str, str, str]] = field(default_factory=list)
    name: str = "recorder"
    stable_ids: bool = True

    def owns(self, group: str) -> bool:
        """Every group is ours."""
        return True

    def capabilities(self, group: str) -> frozenset[Capability]:
        """The same in every group."""
        return self.able

    async def run(self, receive: Receive) -> None:
        """Nothing comes from here."""
        await asyncio.Event().wait()

    async def perform(self, action: AnyAction, sentence: str) -> Receipt:
        """Note it, wait if so told, and answer."""
        self.calls.append((action.group, type(action).__name__, action.key))
        if self.delay is not None:
            await self.delay(action)
        return self.answers(action)


@dataclass
class Bot:
    """The parts of a bot at work, and the waits that its dispatcher asked for."""

    store: Store
    loop: Loop
    dispatcher: Dispatcher
    clock: FrozenClock
    waits: list[float]

    def decided(self) -> list[Decided]:
        """What the journal holds of decisions, in order."""
        return [one for _, one in self.store.entries() if isinstance(one, Decided)]

    def delivered(self) -> list[Delivered]:
        """What the journal holds of results, in order."""
        return [one for _, one in self.store.entries() if isinstance(one, Delivered)]

    async def quiet(self) -> None:
        """Wait until nothing is on its way to the platform."""
        async with asyncio.timeout(10):
            await self.dispatcher.idle.wait()


@asynccontextmanager
async def at_work(
    home: Path, platform: Recorder, book: Rulebook = BOOK, clock: FrozenClock | None = None
) -> AsyncIterator[Bot]:
    """A bot on the SQLite file of a home, from its start to an orderly stop."""
    clock = clock or FrozenClock(T0)
    store = Store.open(default_url(home), home=home, now=clock.now)
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    try:
        loop = Loop(store, store.load_state()[0], book, clock)
        dispatcher = Dispatcher(loop, lambda _: platform, clock, sleep=sleep)
        dispatcher.resume(store.pending())
        loop.listeners.append(dispatcher.heard)
        async with asyncio.TaskGroup() as tasks:
            workers = [tasks.create_task(loop.run()), tasks.create_task(dispatcher.run())]
            yield Bot(store, loop, dispatcher, clock, waits)
            for one in workers:
                one.cancel()
        loop.close()
    finally:
        store.close()
