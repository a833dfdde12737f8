"""A rule that runs wild in a group of 500: the brake stops it early, the undo leaves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random

from adapters.simulator.room import Room
from bot.app import App, running
from bot.clock import FrozenClock
from bot.decide import decide
from bot.operators import events_of
from bot.settings import Settings
from rules import brakes
from rules.actions import AnyAction, Say, Tell
from rules.decision import Decision
from rules.entries import Decided
from rules.events import Undo
from rules.message import Author
from tests.builders import T0

TALK = Path(__file__).parents[1] / "data/ordinary.zh.txt"
PEOPLE, MESSAGES, AT_ONCE = 500, 2000, 10
RULES = """
schema: 1
pack: wild
title: 群规
mode: enforce
limits: { established_members: LIMIT }
ladder:
  burst: 1s
  steps: [{ do: warn }, { do: mute, for: 1h }, { do: remove, confirm: never }]
rules:
  - id: wild
    title: 的
    when: { words: [的] }
    then: { strikes: 1, delete: true }
"""


def said() -> list[tuple[str, str]]:
    """Who says what: ordinary chat, by anybody of the group in turn and by chance."""
    chance = Random(7)  # noqa: S311 - a chat, not a secret
    lines = (TALK).read_text("utf-8").splitlines()
    talk = islice(cycle(one for one in lines if one), MESSAGES)
    return [(f"m{chance.randrange(PEOPLE)}", text) for text in talk]


@asynccontextmanager
async def wild(home: Path, limit: str) -> AsyncIterator[tuple[App, Room, FrozenClock]]:
    """A group in which everything was said, under a rule that hits every third sentence."""
    (home / "wild.yaml").write_text(RULES.replace("LIMIT", limit), encoding="utf-8")
    people = {f"m{n}": Author(id=f"m{n}", name=f"M{n}") for n in range(PEOPLE)}
    room = Room(id="big", title="大群", likeness="telegram", people=people)
    clock = FrozenClock(T0)
    async with running(Settings(home=home), [room], clock) as app:
        for some in batched(said(), AT_ONCE):
            clock.advance(timedelta(seconds=2 * AT_ONCE))
            speaking = [
                app.simulator.say("big", member, text)
                for member, text in some
                if member in room.people and room.may_speak(member, clock.now())
            ]
            await asyncio.gather(*speaking)
        await app.dispatcher.idle.wait()
        yield app, room, clock


async def undone(app: App, clock: FrozenClock) -> Decision:
    """Everything that the rule did is taken back."""
    group = app.loop.state.group("big")
    (event,) = events_of("x", Undo(rule="wild", since=T0), [group], clock.now())
    await app.loop.receive(event)
    await app.dispatcher.idle.wait()
    return next(one.decision for one in decided(app) if one.event.key == event.key)


def decided(app: App) -> list[Decided]:
    """All decisions, in order."""
    return [one for _, one in app.store.entries() if isinstance(one, Decided)]


def traces(app: App, room: Room) -> tuple[object, ...]:
    """What is left of the rule: mutes, sanctions, levels, open cases and deadlines."""
    state = app.loop.state
    standings = [one for person in state.persons.values() for one in person.standings.values()]
    still = [one for one in state.cases.values() if one.status != "overturned"]
    levels = [one.level for one in standings if one.level or one.strikes]
    return (room.muted, state.group("big").sanctions, levels, still, state.deadlines)


NOTHING = ({}, {}, [], [], {})


async def test_the_brake_stops_it_after_a_few_acts(tmp_path: Path) -> None:
    """Of some seven hundred sentences that it hits, five are met; then the admins are told."""
    async with wild(tmp_path, "3") as (app, room, clock):
        everything = decided(app)
        met = [one for one in everything if one.decision.verdict.matches]
        braked = [place for place, one in enumerate(met) if one.decision.braked]
        assert len(met) > 600
        assert [brakes.FEWEST_ACTS] == braked
        assert brakes.FEWEST_ACTS == len(room.deleted) == len(app.loop.state.cases)
        told = [action for one in everything for action in one.decision.actions]
        assert 1 == sum(isinstance(one, Tell) and one.line.key == "tell_brake" for one in told)
        await undone(app, clock)
        assert NOTHING == traces(app, room)


async def test_an_undo_leaves_nothing_of_it(tmp_path: Path) -> None:
    """Without a brake hundreds are hit: each hears one sorry, and the admins get every text."""
    async with wild(tmp_path, "off") as (app, room, clock):
        cases = list(app.loop.state.cases.values())
        wronged = {one.member for one in cases}
        assert len(cases) > 500
        assert len(wronged) > 300
        assert len(room.muted) > 100
        decision = await undone(app, clock)
        assert NOTHING == traces(app, room)
        says = [one for one in decision.actions if isinstance(one, Say)]
        tells = [one for one in decision.actions if isinstance(one, Tell)]
        sorry = [name for one in says for name in one.line.lists["names"]]
        assert sorted(f"M{one[1:]}" for one in wronged) == sorted(sorry)
        assert len(says) < 10
        shown = [key for one in tells for key in one.line.quotes]
        assert {one.evidence for one in cases} <= set(shown)
        assert len(room.deleted) == len(set(shown)) == len(shown)
        outside = {one.line.values["name"] for one in tells if one.line.key == "tell_removed"}
        assert {f"M{n}" for n in range(PEOPLE) if f"m{n}" not in room.people} == outside
        assert outside
        assert [] == (await undone_again(app, clock))


async def undone_again(app: App, clock: FrozenClock) -> list[AnyAction]:
    """What a second undo does."""
    group = app.loop.state.group("big")
    (event,) = events_of("y", Undo(rule="wild", since=T0), [group], clock.now())
    return list(decide(app.loop.rulebook, app.loop.state, event).decision.actions)


def batched(all_of_it: list[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    """So many at a time."""
    for start in range(0, len(all_of_it), size):
        yield all_of_it[start : start + size]
