"""The fold: how each kind of entry changes the state, and that it reads no text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.decide import switch
from rules.decision import (
    Deadline,
    Decision,
    Sanctioned,
    Step,
    Strike,
)
from rules.entries import Decided, Delivered, Result, Switched
from rules.events import (
    AdminsSeen,
    AnyEvent,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessageRecalled,
    TopicDue,
    Unreadable,
)
from rules.fold import RECENT_AT_MOST, apply
from rules.message import Kind, Media, Message, Role
from rules.rulebook import Rulebook
from rules.state import CommunityState
from tests.builders import T0, at, edited, posted, print_of
from tests.scenes import Scene

GROUP = "g1"
RULES = """\
pack: p
mode: enforce
rules:
  - {{ id: a, title: A, when: {{ words: [{word}] }}, then: {{ strikes: 1 }} }}
"""


def event(kind: type[AnyEvent], seconds: float = 0, **more: object) -> AnyEvent:
    """An event of the group."""
    key = f"{kind.__name__}-{seconds}"
    return kind(key=key, at=at(seconds), seen_at=at(seconds), group=GROUP, **more)


def folded(*events: AnyEvent) -> CommunityState:
    """The state after these events, of which nothing was decided."""
    state = CommunityState()
    for one in events:
        footprint = print_of(one) if hasattr(one, "message") else None
        apply(state, Decided(event=one, footprint=footprint))
    return state


def joined(member: str, seconds: float = 0) -> AnyEvent:
    """Somebody comes in."""
    return event(MemberJoined, seconds, member=member, name=member.upper())


def test_a_message_makes_its_author_known() -> None:
    """Name, role, first sight, count and times; who was there before the bot never joined."""
    state = folded(posted("hi"), posted("there", seconds=10, role=Role.ADMIN))
    one = state.group(GROUP).members["m1"]
    assert ("M1", Role.ADMIN, T0, None, 2) == (
        one.name, one.role, one.first_seen_at, one.joined_at, one.messages
    )  # fmt: skip
    assert [at(0), at(10)] == one.recent_at
    assert (2, at(10)) == (state.entries, state.seen_at)


def test_a_run_of_pictures_is_one_message() -> None:
    """Nine photos in a row count once for the pace; a text in between, or a pause, ends the run."""
    picture = Message(media=(Media(kind=Kind.IMAGE),))
    said = [posted(picture, seconds=n) for n in range(9)]
    said += [posted("text", seconds=10), posted(picture, seconds=11), posted(picture, seconds=60)]
    one = folded(*said).group(GROUP).members["m1"]
    assert [at(0), at(10), at(11), at(60)] == one.recent_at
    assert 12 == one.messages


def test_only_so_much_is_remembered() -> None:
    """Times of a member and minutes of a group are bounded, whatever is said."""
    state = folded(*(posted(f"{n}", seconds=30 * n) for n in range(300)))
    group = state.group(GROUP)
    assert RECENT_AT_MOST == len(group.members["m1"].recent_at)
    assert len(group.minutes) <= 90
    assert 300 > sum(1 for _ in group.lately.since(T0))


def test_an_edit_adds_no_message() -> None:
    """An edit is judged and not counted; its author is known by it."""
    first = posted("hi")
    one = folded(first, edited("ho", first, seconds=5)).group(GROUP).members["m1"]
    assert (1, [at(0)]) == (one.messages, one.recent_at)
    assert "m1" in folded(edited("ho", first, seconds=5)).group(GROUP).members


def test_joins_and_leaves() -> None:
    """Coming and leaving are remembered, the member too."""
    state = folded(joined("a"), joined("b", 1), event(MemberLeft, 2, member="a"))
    group = state.group(GROUP)
    assert (False, True) == (group.members["a"].present, group.members["b"].present)
    assert at(1) == group.members["b"].joined_at
    gone = folded(event(MemberLeft, 2, member="nobody"))
    assert {} == gone.group(GROUP).members


def test_names_and_roles_follow_the_platform() -> None:
    """A list of admins is complete: who is not on it is a plain member; the bot stays the bot."""
    state = folded(
        posted("x", role=Role.ADMIN),
        posted("y", by="bot", role=Role.BOT),
        event(MemberRenamed, 1, member="m1", name="New"),
        event(MemberRenamed, 1, member="nobody", name="New"),
        event(AdminsSeen, 2, roles={"boss": Role.OWNER}),
        event(AdminsSeen, 3, roles={"boss": Role.OWNER}),
    )
    members = state.group(GROUP).members
    assert {"m1": Role.MEMBER, "bot": Role.BOT, "boss": Role.OWNER} == {
        key: one.role for key, one in members.items()
    }
    assert "New" == members["m1"].name


@pytest.mark.parametrize(
    "one",
    [
        event(MessageRecalled, member="m1", message_id="1"),
        event(Unreadable, reason="odd", raw="secret"),
        event(TopicDue, topic="t"),
    ],
)
def test_some_events_only_pass(one: AnyEvent) -> None:
    """They are counted, and change nothing else."""
    state = folded(one)
    assert 1 == state.entries
    assert {} == state.group(GROUP).members


def strike(count: int, level: int, *, seconds: float = 0, burst: bool = False) -> Decision:
    """A decision with one strike."""
    made = Strike(
        member="m1",
        rule="r",
        count=count,
        breach_at=at(seconds),
        level_before=0,
        level_after=level,
        burst=burst,
    )
    return Decision(strikes=(made,))


def struck(*decisions: Decision) -> CommunityState:
    """The state after messages with these decisions."""
    state = CommunityState()
    for n, decision in enumerate(decisions):
        apply(state, Decided(event=posted("x", seconds=n), decision=decision))
    return state


@pytest.mark.parametrize(
    ("decisions", "level", "since", "burst_at"),
    [
        ([strike(1, 1)], 1, 0, 0),
        ([strike(1, 1), strike(0, 1, seconds=30, burst=True)], 1, 0, 0),
        ([strike(1, 1), strike(2, 3, seconds=90)], 3, 90, 90),
        ([strike(1, 1, seconds=90), strike(1, 2, seconds=0)], 2, 90, 0),
        ([strike(1, 1, seconds=90), strike(-1, 0, seconds=90)], 0, 90, 90),
        ([strike(-1, 0)], 0, None, None),
    ],
)
def test_strikes(
    decisions: list[Decision],
    level: int,
    since: float | None,
    burst_at: float | None,
) -> None:
    """A burst moves nothing; what is taken back moves no time; a late one moves none back."""
    standing = struck(*decisions).standing(GROUP, "m1")
    assert level == standing.level
    if since is not None and burst_at is not None:
        assert (at(since), at(burst_at)) == (standing.since, standing.burst_at)
    assert struck(*decisions).standing("other", "m1").level == 0


def test_sanctions_begin_and_end() -> None:
    """What is in force is known until it is ended."""
    begun = Sanctioned(member="m1", kind=Step.MUTE, until=at(60), case=7)
    ended = Sanctioned(member="m1", kind=Step.MUTE, ended=True)
    state = struck(Decision(sanctions=(begun,)))
    assert (Step.MUTE, 7) == (
        state.group(GROUP).sanctions["m1"].kind, state.group(GROUP).sanctions["m1"].case
    )  # fmt: skip
    apply(state, Decided(event=posted("y", seconds=9), decision=Decision(sanctions=(ended, ended))))
    assert {} == state.group(GROUP).sanctions


def deadline(key: str, seconds: float) -> Deadline:
    """Something that falls due."""
    return Deadline(key=key, kind="topic", group=GROUP, ref="t", at=at(seconds), due_at=at(seconds))


def test_deadlines_come_in_order() -> None:
    """The earliest is next, equal ones by key; closing what is closed is no fault."""
    state = CommunityState()
    opened = (deadline("c", 20), deadline("b", 10), deadline("a", 10))
    apply(state, Switched(at=T0, rules="d", opened=opened))
    assert "d" == state.rules
    order = []
    while (one := state.next_deadline(at(20))) is not None:
        order.append(one.key)
        apply(
            state,
            Decided(event=event(TopicDue, 30, topic=one.key), decision=Decision(closed=(one.key,))),
        )
        state.close(one.key)
    assert ["a", "b", "c"] == order
    assert state.next_deadline(at(1000)) is None


def test_deliveries_change_no_state() -> None:
    """What a platform answered is journaled; members' standing does not hang on it."""
    state = CommunityState()
    apply(state, Delivered(action="a", group=GROUP, at=T0, result=Result.DONE, wanted="Say"))
    assert (1, {}) == (state.entries, state.groups)


def test_only_the_newest_notices_are_kept() -> None:
    """The memory of who was spoken to is bounded."""
    state = CommunityState()
    for n in range(600):
        decision = Decision(step=Step.NOTICE, member=f"m{n}", said=("r",))
        apply(state, Decided(event=posted("x", seconds=n, by=f"m{n}"), decision=decision))
    history = state.group(GROUP).history["r"]
    assert (512, "m599") == (len(history.noticed), list(history.noticed)[-1])
    assert len(history.said_at) <= 32


def test_switching_rules_moves_the_topics() -> None:
    """New rules bring their topics' times; those that are gone are closed."""
    topic = "pack: p\nmode: enforce\ntopics: [{{id: t, at: '{at}', say: hi}}]\n"
    scene = Scene(topic.format(at="0 8 * * *"))
    before = list(scene.state.deadlines)
    assert 1 == len(before)
    scene.rules(Scene(topic.format(at="0 9 * * *")).ruleset)
    entry = switch(Rulebook((scene.ruleset,)), scene.state, at(5))
    apply(scene.state, entry)
    assert tuple(before) == entry.closed
    assert [entry.opened[0].key] == list(scene.state.deadlines)
    assert at(0).replace(hour=1, minute=0) + timedelta(days=1) == entry.opened[0].at
