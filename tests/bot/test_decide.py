"""The stages: each kind of event goes where it belongs, and what is due is decided in order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.decide import advance, decide, due_event, switch
from rules.decision import Deadline, Decision
from rules.entries import Decided
from rules.events import (
    AdminsSeen,
    AnyEvent,
    GroupChanged,
    MemberLeft,
    MemberRenamed,
    MessageEdited,
    MessageRecalled,
    Tick,
    TopicDue,
    Unreadable,
)
from rules.fold import apply
from rules.message import Author, Message, Role
from rules.rulebook import Rulebook
from tests.bots import BOOK, ruleset
from tests.builders import T0, at
from tests.stories import Story, kinds


def deadline(key: str, kind: str, seconds: float, ref: str = "m1") -> Deadline:
    """Something that falls due."""
    when = at(seconds)
    return Deadline(key=key, kind=kind, group="g1", ref=ref, at=when, due_at=when)


COMMON = {"at": T0, "seen_at": T0, "group": "g1"}


@pytest.mark.parametrize(
    "event",
    [
        MessageRecalled(key="k", member="m1", message_id="n0", **COMMON),
        MemberLeft(key="k", member="m1", **COMMON),
        MemberRenamed(key="k", member="m1", name="Other", **COMMON),
        AdminsSeen(key="k", roles={"m1": Role.ADMIN}, **COMMON),
        Unreadable(key="k", reason="kind 99", **COMMON),
        Tick(key="k", deadline="of a later version", ref="", **COMMON),
        Tick(key="k", deadline="case", ref="7", **COMMON),
        Tick(key="k", deadline="obligation", ref="none", **COMMON),
    ],
)
def test_events_that_ask_for_nothing_draw_nothing(event: AnyEvent) -> None:
    """They are facts for the fold; deciding them is no fault, whatever is left of what they end."""
    decided = Story().tell(event)
    assert (Decision().actions, ()) == (decided.actions, decided.faults)


def test_a_message_leaves_a_footprint_and_other_events_none() -> None:
    """What may be remembered of a text is journaled beside it, for an edit too."""
    story = Story()
    story.say("hello there")
    edit = MessageEdited(
        author=Author(id="m1", name="M1"),
        message_id="n0",
        edit=1,
        message=Message(text="群规"),
        **story.common(5),
    )
    decided = decide(story.book, story.state, edit)
    assert decided.footprint is not None
    assert 2 == decided.footprint.length
    assert [] == kinds(decided.decision)  # an edit is judged, and is no command
    renamed = MemberRenamed(member="m1", name="x", **story.common(6))
    assert decide(story.book, story.state, renamed).footprint is None


def test_the_end_of_a_mute_unmutes() -> None:
    """Also where the platform would do it by itself: the bot may hold the term."""
    decision = Story().tell(Tick(key="k", deadline="mute_ends", ref="m1", **COMMON))
    assert (["Unmute"], True) == (kinds(decision), decision.sanctions[0].ended)


def test_a_new_group_has_its_topics_by_the_title_it_gets() -> None:
    """The ruleset is chosen by what the group becomes, not by what it was."""
    story = Story(ruleset())
    changed = GroupChanged(title="G", platform="telegram", **story.common(0))
    assert ["topic"] == [one.kind for one in story.tell(changed).opened]


def test_what_is_due_comes_in_the_order_of_its_time_then_of_its_key() -> None:
    """Two bots that were down for different times decide the same things in the same order."""
    story = Story()
    for one in (
        deadline("b", "mute_ends", 20),
        deadline("c", "mute_ends", 10),
        deadline("a", "mute_ends", 20),
        deadline("late", "mute_ends", 31),
    ):
        story.state.open(one)
    found: list[Decided] = []
    for one in advance(BOOK, story.state, at(30)):
        apply(story.state, one)
        found.append(one)
    assert ["c", "a", "b"] == [one.event.key for one in found]
    assert [at(10), at(20), at(20)] == [one.event.seen_at for one in found]
    assert at(31) == story.state.due_at


@pytest.mark.parametrize(("kind", "expected"), [("topic", TopicDue), ("mute_ends", Tick)])
def test_a_deadline_becomes_its_event(kind: str, expected: type) -> None:
    """The event has the deadline's key and time, and says when it was seen."""
    event = due_event(deadline("k", kind, 10), at(50))
    assert expected is type(event)
    assert ("k", at(10), at(50)) == (event.key, event.at, event.seen_at)


def test_a_switch_closes_the_topics_of_the_old_rules_and_nothing_else() -> None:
    """Mutes and obligations outlive a change of rules; topics are those of the new file."""
    story = Story(ruleset())
    story.tell(GroupChanged(title="G", platform="telegram", **story.common(0)))
    story.say("笨蛋", 1)
    story.say("笨蛋", 10)
    same = switch(story.book, story.state, at(20))
    assert ((), 1) == (same.closed, len(same.opened))
    none = Rulebook((ruleset(topics=(), digest="cd" * 8),))
    switched = switch(none, story.state, at(20) + timedelta(seconds=1))
    apply(story.state, switched)
    assert ((), none.digest) == (switched.opened, story.state.rules)
    assert ["mute_ends"] == [one.kind for one in story.state.deadlines.values()]
