"""The composition root: all parts at work together, stopped in order, taken up again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.platform import Answer, Receipt
from adapters.simulator.platform import Simulator
from adapters.simulator.room import NotPossibleError, Room
from bot.app import App, running
from bot.clock import FrozenClock
from bot.settings import Settings
from bot.storage.codec import encode_state
from rules.actions import AnyAction
from rules.entries import Entry
from rules.fold import apply
from rules.message import Author, Role
from rules.state import CommunityState
from tests.builders import T0

RULES = """\
schema: 1
pack: house
title: House rules
locale: en
mode: enforce
lists:
  bad: [scoundrel]
ladder:
  steps:
    - { do: mute, for: 1h }
rules:
  - id: bad-words
    title: Mind your words
    when: { words: { list: bad } }
    then: { strikes: 1, delete: true }
"""


def room() -> Room:
    """A group of two, as on Telegram."""
    people = {
        "boss": Author(id="boss", name="Boss", role=Role.OWNER),
        "ann": Author(id="ann", name="Ann"),
    }
    return Room(id="den", title="The den", likeness="telegram", people=people)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with one rule file."""
    (tmp_path / "house.yaml").write_text(RULES, encoding="utf-8")
    return Settings(home=tmp_path)


async def quiet(app: App) -> None:
    """Wait until nothing is on its way."""
    async with asyncio.timeout(10):
        await app.dispatcher.idle.wait()


async def test_a_message_is_decided_and_acted_upon(settings: Settings) -> None:
    """From what somebody says in a room to the room as the bot left it."""
    den = room()
    async with running(settings, [den], FrozenClock(T0)) as app:
        said = await app.simulator.say("den", "ann", "you scoundrel")
        await quiet(app)
        assert said not in den.messages
        with pytest.raises(NotPossibleError):
            await app.simulator.say("den", "ann", "what")


async def test_a_restart_finds_rooms_and_state_as_they_were(settings: Settings) -> None:
    """The second process has the first one's state, mutes included, and the mute still ends."""
    async with running(settings, [room()], FrozenClock(T0)) as app:
        kept = await app.simulator.say("den", "ann", "hello")
        await app.simulator.join("den", Author(id="new", name="New"))
        await app.simulator.say("den", "ann", "you scoundrel")
        await quiet(app)
        entries = app.loop.state.entries
    den = room()
    async with running(settings, [den], FrozenClock(T0 + timedelta(minutes=30))) as app:
        assert app.loop.state.entries > entries
        assert {"boss", "ann", "new"} == den.people.keys()
        assert kept in den.messages
        assert not den.may_speak("ann", app.clock.now())
        again = CommunityState()
        for _, entry in app.store.entries():
            apply(again, entry)
        assert encode_state(again) == encode_state(app.loop.state)
        committed = asyncio.Event()
        app.loop.listeners.append(lambda _: committed.set())
        app.clock.forward(timedelta(minutes=31))
        app.timers.set()
        async with asyncio.timeout(10):
            await committed.wait()
        await quiet(app)
        assert {} == den.muted


async def test_an_open_delivery_is_taken_up_by_the_next_process(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A platform that cannot be reached until the bot stops is asked again after the start."""
    monkeypatch.setattr("bot.app.STOP_WITHIN", timedelta(milliseconds=50))
    den = room()
    async with running(settings, [den], FrozenClock(T0)) as app:
        app.simulator.perform = busy  # type: ignore[method-assign]
        await app.simulator.say("den", "ann", "you scoundrel")
    assert {} == den.muted
    assert 1 == len(den.messages)
    den = room()
    async with running(settings, [den], FrozenClock(T0 + timedelta(minutes=1))) as app:
        await quiet(app)
        assert {"ann"} == den.muted.keys()
        assert set() == den.messages


async def test_a_part_that_fails_stops_the_bot(settings: Settings) -> None:
    """An error of our own ends the process, at once and as itself: the restart is safe."""

    def fail(_: Sequence[Entry]) -> None:
        raise LookupError("planted")

    async def work_until_it_fails() -> None:
        async with running(settings, [room()], FrozenClock(T0)) as app:
            await app.simulator.say("den", "ann", "hello")
            app.loop.listeners.append(fail)
            await app.simulator.say("den", "ann", "hello again")

    with pytest.raises(ExceptionGroup) as raised:
        await work_until_it_fails()
    assert raised.group_contains(LookupError, match="planted")
    async with running(settings, [room()], FrozenClock(T0)) as app:
        assert 2 == app.loop.state.group("den").members["ann"].messages


async def test_a_start_without_rooms_and_rules_is_a_start(tmp_path: Path) -> None:
    """An empty home serves nobody, and is no error."""
    async with running(Settings(home=tmp_path), []) as app:
        assert isinstance(app.simulator, Simulator)
        assert 0 == len(app.loop.rulebook.rulesets)


async def busy(action: AnyAction, sentence: str) -> Receipt:
    """A platform that asks to wait a minute."""
    wait = timedelta(minutes=1)
    return Receipt(answer=Answer.REFUSED, reason="busy", retry_after=wait)
