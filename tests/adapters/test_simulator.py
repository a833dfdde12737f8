"""The simulated rooms: what people can do there, and what a journal brings back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.platform import Answer
from adapters.simulator.platform import Simulator
from adapters.simulator.room import TELEGRAM_LIKE, WECHAT_LIKE, NotPossibleError, Room
from rules.actions import REPEATABLE, AnyAction, Ban, Delete, Mute, Remove, Unmute
from rules.decision import Decision
from rules.entries import Decided, Delivered, Entry, Result
from rules.events import AdminsSeen, AnyEvent, ButtonPressed, GroupChanged, MessageEdited
from rules.message import Author, Kind, Media, Role
from tests.builders import T0

ABLE = [("telegram", TELEGRAM_LIKE), ("wechat", WECHAT_LIKE)]
ANN, BOSS = Author(id="ann", name="Ann"), Author(id="boss", name="Boss", role=Role.OWNER)


def room(likeness: str = "telegram") -> Room:
    """A room of two."""
    return Room(id="den", title="Den", likeness=likeness, people={"ann": ANN, "boss": BOSS})


class Stage:
    """A running simulator, and what it handed over."""

    def __init__(self, den: Room) -> None:
        self.room = den
        self.simulator = Simulator([den], lambda: T0)
        self.events: list[AnyEvent] = []

    async def receive(self, event: AnyEvent) -> None:
        """Take an event."""
        self.events.append(event)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A running simulator of one room."""
    made = Stage(room())
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(made.simulator.run(made.receive))
        await asyncio.sleep(0)
        yield made
        running.cancel()


async def test_it_begins_with_what_groups_there_are(stage: Stage) -> None:
    """Title, likeness, capabilities and roles are told before anybody speaks."""
    changed, admins = stage.events
    assert isinstance(changed, GroupChanged)
    assert isinstance(admins, AdminsSeen)
    assert (("Den", "telegram"), set(TELEGRAM_LIKE)) == (
        (changed.title, changed.platform),
        set(changed.capabilities),
    )
    assert {"boss": Role.OWNER} == admins.roles


@pytest.mark.parametrize(("likeness", "able"), ABLE)
def test_a_room_is_as_able_as_what_it_is_like(likeness: str, able: frozenset[str]) -> None:
    """The same bot can do other things on another platform."""
    assert able == room(likeness).capabilities


async def test_people_edit_press_and_send(stage: Stage) -> None:
    """Edits, answers to cards and media arrive as such."""
    message = await stage.simulator.say("den", "ann", "hi", (Media(kind=Kind.IMAGE),))
    await stage.simulator.edit("den", "ann", message, "see example.com", 1)
    await stage.simulator.press("den", "boss", 7, "act")
    posted, edited, pressed = stage.events[2:]
    assert Kind.IMAGE is posted.message.kind
    assert isinstance(edited, MessageEdited)
    assert (message, "example.com") == (edited.message_id, edited.message.links[0].host)
    assert isinstance(pressed, ButtonPressed)
    assert (7, "act", Role.OWNER) == (pressed.case, pressed.choice, pressed.presser.role)


async def test_who_is_muted_banned_or_gone_cannot(stage: Stage) -> None:
    """The room holds people to what the bot did: with a reason that names them."""
    stage.room.carry_out(Mute(key="k", group="den", member="ann", until=T0 + timedelta(hours=1)))
    with pytest.raises(NotPossibleError, match="Ann is muted"):
        await stage.simulator.say("den", "ann", "hi")
    stage.room.carry_out(Unmute(key="k", group="den", member="ann"))
    await stage.simulator.say("den", "ann", "hi")
    stage.room.carry_out(Ban(key="k", group="den", member="ann"))
    with pytest.raises(NotPossibleError, match="ann is not in Den"):
        await stage.simulator.say("den", "ann", "hi")
    with pytest.raises(NotPossibleError, match="Ann cannot join Den"):
        await stage.simulator.join("den", ANN)
    await stage.simulator.join("den", Author(id="bob", name="Bob"))
    stage.room.carry_out(Remove(key="k", group="den", member="bob"))
    await stage.simulator.join("den", Author(id="bob", name="Bob"))


async def test_nobody_acts_in_a_room_that_does_not_run() -> None:
    """Before the start there is nobody to hand an event to, and that is said."""
    with pytest.raises(NotPossibleError, match="not running"):
        await Simulator([room()], lambda: T0).join("den", Author(id="bob", name="Bob"))


async def test_a_journal_brings_a_room_back(stage: Stage) -> None:
    """Messages, people, mutes and numbers are as they were; what was not done is not."""
    simulator = stage.simulator
    kept, gone = [await simulator.say("den", "ann", text) for text in ("one", "two")]
    await simulator.join("den", Author(id="bob", name="Bob"))
    await simulator.join("den", Author(id="eve", name="Eve"))
    await simulator.leave("den", "bob")
    acts: list[AnyAction] = [
        Delete(key="a/0", group="den", message_id=gone, member="ann"),
        Mute(key="a/1", group="den", member="ann", until=T0 + timedelta(hours=1)),
        Delete(key="a/2", group="den", message_id=kept, member="ann"),
    ]
    entries: list[Entry] = [Decided(event=one) for one in stage.events]
    entries.append(Decided(event=stage.events[-1], decision=Decision(actions=tuple(acts))))
    ends = (Result.DONE, Result.DONE, Result.REFUSED)
    for act, result in zip(acts, ends, strict=True):
        common = {"group": "den", "at": T0, "wanted": type(act).__name__}
        entries.append(Delivered(action=act.key, result=result, message_id="den-40", **common))
    again = room()
    Simulator([again], lambda: T0).restore(entries)
    assert ({kept}, {"ann", "boss", "eve"}, {"ann"}) == (
        again.messages,
        set(again.people),
        set(again.muted),
    )
    assert "den-41" == again.next_id()


async def test_a_sanction_repeated_after_a_doubt_is_done(stage: Stage) -> None:
    """A call that is made again because its answer was lost is not refused: what is so, is done."""
    message = await stage.simulator.say("den", "ann", "hi")
    acts: list[AnyAction] = [
        Delete(key="k/0", group="den", message_id=message, member="ann"),
        Mute(key="k/1", group="den", member="ann", until=T0 + timedelta(hours=1)),
        Unmute(key="k/2", group="den", member="ann"),
        Remove(key="k/3", group="den", member="ann"),
        Ban(key="k/4", group="den", member="ann"),
    ]
    assert REPEATABLE == {type(one) for one in acts}
    for act in acts:
        answers = [(await stage.simulator.perform(act, "")).answer for _ in range(2)]
        assert [Answer.DONE, Answer.DONE] == answers
