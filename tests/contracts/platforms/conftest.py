"""The platforms that keep the contract: each a group with an owner and a member."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from adapters.simulator.platform import Simulator
from adapters.simulator.room import Room
from bot.clock import FrozenClock
from rules.events import AnyEvent
from rules.message import Author, Role
from tests.builders import T0

GROUP = "g"


@dataclass
class Connected:
    """A platform at work, the events that it handed over, and a brake on their acknowledgement."""

    platform: Simulator
    clock: FrozenClock
    events: list[AnyEvent] = field(default_factory=list)
    safe: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, event: AnyEvent) -> None:
        """Take an event; it is safe when `safe` is set."""
        self.events.append(event)
        self.arrived.set()
        await self.safe.wait()


@pytest.fixture(params=["telegram", "wechat"])
async def connected(request: pytest.FixtureRequest) -> AsyncIterator[Connected]:
    """Each platform, connected, with its first events handed over."""
    clock = FrozenClock(T0)
    people = [Author(id="boss", name="Boss", role=Role.OWNER), Author(id="m", name="Member")]
    room = Room(
        id=GROUP, title="Group", likeness=request.param, people={one.id: one for one in people}
    )
    one = Connected(Simulator([room], clock.now), clock)
    one.safe.set()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(one.platform.run(one.receive))
        async with asyncio.timeout(5):
            await one.platform.say(GROUP, "boss", "hello")
        yield one
        running.cancel()
