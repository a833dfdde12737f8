"""Texts past their time go, but for the evidence of cases that are open or were lately."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FrozenClock
from bot.loop import Loop
from bot.retention import Retention, evidence
from bot.storage import Store
from bot.storage.database import default_url
from rules.decision import Case, Step
from rules.events import MessagePosted
from rules.state import CommunityState
from tests.bots import BOOK, Bot, Recorder, at_work
from tests.builders import T0, at, posted

MONTH = timedelta(days=30)


def texts(bot: Bot) -> list[str]:
    """What the journal still holds of what was said."""
    events = [one.event for one in bot.decided()]
    return [one.message.text for one in events if isinstance(one, MessagePosted)]


async def test_texts_go_and_evidence_stays(tmp_path: Path) -> None:
    """After the retention time only what a fresh case rests on can be read, later nothing."""
    async with at_work(tmp_path, Recorder()) as bot:
        await bot.loop.receive(posted("an ordinary line"))
        await bot.loop.receive(posted("笨蛋", by="m2"))
        await bot.quiet()
        retention = Retention(bot.loop, MONTH - timedelta(days=1), bot.clock)
        assert 0 == await retention.redact()
        bot.clock.advance(MONTH - timedelta(hours=1))
        assert 1 == await retention.redact()
        assert ["", "笨蛋"] == texts(bot)
        bot.clock.advance(timedelta(hours=2))
        assert 1 == await retention.redact()
        assert ["", ""] == texts(bot)


@pytest.mark.parametrize(
    ("status", "days", "is_kept"),
    [
        ("asked", 400, True),
        ("confirm", 400, True),
        ("contested", 400, True),
        ("done", 29, True),
        ("done", 31, False),
        ("let_go", 29, True),
        ("overturned", 31, False),
    ],
)
def test_evidence_of_a_case(status: str, days: int, is_kept: bool) -> None:
    """An open case keeps its evidence, a closed one for 30 days."""
    case = Case(
        number=1,
        group="g1",
        member="m1",
        name="M1",
        rule="r",
        title="R",
        step=Step.WARN,
        status=status,
        at=T0,
        breach_at=T0,
        evidence="k1",
    )
    kept = evidence(CommunityState(cases={1: case}), T0 + timedelta(days=days))
    assert ({"k1"} if is_kept else set()) == kept


async def test_it_redacts_at_the_start(tmp_path: Path) -> None:
    """A bot that is started rarely redacts all the same."""
    async with at_work(tmp_path, Recorder()) as bot:
        await bot.loop.receive(posted("an ordinary line"))
    async with at_work(tmp_path, Recorder(), clock=FrozenClock(at(40 * 86400))) as bot:
        asked = asyncio.Event()

        class Noting(Retention):
            async def redact(self) -> int:
                count = await super().redact()
                asked.set()
                return count

        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(Noting(bot.loop, MONTH, bot.clock).run())
            async with asyncio.timeout(10):
                await asked.wait()
            working.cancel()
        assert [""] == texts(bot)


class Slow(Store):
    """A store whose redaction takes until it is let go."""

    going: threading.Event
    let_go: threading.Event
    is_done = False

    def redact(self, before: datetime, keep: Collection[str]) -> int:
        """Wait, then do nothing."""
        self.going.set()
        assert self.let_go.wait(10)
        self.is_done = True
        return 0


async def test_a_stop_waits_until_nothing_writes(tmp_path: Path) -> None:
    """A redaction that is under way ends before the store is closed and the home given back."""
    store = Slow.open(default_url(tmp_path), home=tmp_path, now=lambda: T0)
    store.going, store.let_go = threading.Event(), threading.Event()
    loop = Loop(store, CommunityState(), BOOK, FrozenClock(T0))
    work = asyncio.ensure_future(loop.redact(T0, set()))
    assert await asyncio.to_thread(store.going.wait, 10)
    work.cancel()
    for _ in range(10):
        await asyncio.sleep(0)
    assert not work.done()
    store.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert store.is_done
    store.close()
