"""What every platform promises: events are safe first, and each action is answered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.platform import Answer
from adapters.simulator.room import NotPossibleError
from rules.actions import (
    NEEDS,
    AnyAction,
    Ask,
    Ban,
    Delete,
    Line,
    Mute,
    Remove,
    Say,
    Tell,
    Unmute,
)
from rules.capability import Capability
from rules.events import AdminsSeen, GroupChanged, MemberJoined, MemberLeft, MessagePosted
from rules.message import Author, Role
from tests.builders import T0
from tests.contracts.platforms.conftest import GROUP, Connected

LINE = Line(key="sorry")
UNTIL = T0 + timedelta(days=1)


def actions(message_id: str) -> list[AnyAction]:
    """One action of every kind, about the member and their message."""
    return [
        Say(key="0", group=GROUP, line=LINE),
        Ask(key="1", group=GROUP, case=1, line=LINE, choices=("act",)),
        Tell(key="2", group=GROUP, line=LINE),
        Delete(key="3", group=GROUP, message_id=message_id, member="m"),
        Mute(key="4", group=GROUP, member="m", until=UNTIL),
        Unmute(key="5", group=GROUP, member="m"),
        Remove(key="6", group=GROUP, member="m"),
        Ban(key="7", group=GROUP, member="m"),
    ]


async def test_it_begins_by_saying_what_there_is(connected: Connected) -> None:
    """Title, abilities and who holds a role come before the first message."""
    first, second, third = connected.events[:3]
    assert isinstance(first, GroupChanged)
    assert frozenset(first.capabilities) == connected.platform.capabilities(GROUP)
    assert isinstance(second, AdminsSeen)
    assert {"boss": Role.OWNER} == second.roles
    assert isinstance(third, MessagePosted)
    assert connected.platform.owns(GROUP)
    assert not connected.platform.owns("another")


async def test_every_event_has_its_own_key_and_time(connected: Connected) -> None:
    """Keys are never used twice, times are aware and those of the platform."""
    for n in range(5):
        await connected.platform.say(GROUP, "m", f"{n}")
    keys = [one.key for one in connected.events]
    assert len(keys) == len(set(keys)) == 8
    assert {T0} == {one.at for one in connected.events}


async def test_what_is_said_comes_in_its_order(connected: Connected) -> None:
    """One after the other, as they were sent."""
    for n in range(5):
        await connected.platform.say(GROUP, "m", f"{n}")
    said = [one.message.text for one in connected.events if isinstance(one, MessagePosted)]
    assert ["hello", "0", "1", "2", "3", "4"] == said


async def test_nothing_is_acknowledged_before_it_is_safe(connected: Connected) -> None:
    """Handing over ends when the journal has the event, not before."""
    connected.safe.clear()
    connected.arrived.clear()
    speaking = asyncio.ensure_future(connected.platform.say(GROUP, "m", "x"))
    async with asyncio.timeout(5):
        await connected.arrived.wait()
    assert not speaking.done()
    connected.safe.set()
    async with asyncio.timeout(5):
        assert await speaking


async def test_every_action_is_answered(connected: Connected) -> None:
    """Done where the group allows it, else refused with a reason; never an exception."""
    message_id = await connected.platform.say(GROUP, "m", "x")
    able = connected.platform.capabilities(GROUP)
    answers = {}
    for action in actions(message_id):
        receipt = await connected.platform.perform(
            action, "words" if hasattr(action, "line") else ""
        )
        answers[type(action).__name__] = receipt.answer
        assert bool(receipt.reason) is (receipt.answer is not Answer.DONE)
        assert bool(receipt.message_id) is (
            receipt.answer is Answer.DONE and hasattr(action, "line")
        )
    expected = {
        type(one).__name__: Answer.DONE if NEEDS[type(one)] in able else Answer.REFUSED
        for one in actions(message_id)
    }
    assert expected == answers


async def test_a_sanction_repeated_is_the_same_sanction(connected: Connected) -> None:
    """Muting twice until the same time is one mute, and it ends at that time."""
    if Capability.MUTE not in connected.platform.capabilities(GROUP):
        return
    mute = Mute(key="k", group=GROUP, member="m", until=UNTIL)
    for _ in range(2):
        assert Answer.DONE is (await connected.platform.perform(mute, "")).answer
    with pytest.raises(NotPossibleError, match="Member is muted"):
        await connected.platform.say(GROUP, "m", "x")
    connected.clock.advance(timedelta(days=1))
    assert await connected.platform.say(GROUP, "m", "x")


async def test_a_message_that_is_gone_is_refused_with_a_reason(connected: Connected) -> None:
    """Deleting what is not there is no success."""
    gone = Delete(key="k", group=GROUP, message_id="never", member="m")
    receipt = await connected.platform.perform(gone, "")
    assert Answer.REFUSED is receipt.answer
    assert receipt.reason


async def test_coming_and_going_are_told(connected: Connected) -> None:
    """Who joins and who leaves, each once."""
    await connected.platform.join(GROUP, Author(id="n", name="New"))
    with pytest.raises(NotPossibleError):
        await connected.platform.join(GROUP, Author(id="n", name="New"))
    await connected.platform.leave(GROUP, "n")
    assert [MemberJoined, MemberLeft] == [type(one) for one in connected.events[-2:]]


async def test_a_removal_is_told_like_a_departure(connected: Connected) -> None:
    """Who was removed has left: the bot learns it the way it learns of anybody."""
    if Capability.REMOVE not in connected.platform.capabilities(GROUP):
        return
    await connected.platform.perform(Remove(key="k", group=GROUP, member="m"), "")
    left = connected.events[-1]
    assert isinstance(left, MemberLeft)
    assert "m" == left.member
