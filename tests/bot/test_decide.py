"""Deciding one event: joins, topics, deadlines, commands and cards, each through the same door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import greetings, topics
from bot.decide import advance, decide, due_event
from rules.actions import Say, Unmute
from rules.decision import Decision, Step
from rules.events import MemberLeft, Tick, TopicDue, Unreadable
from tests.builders import T0, at
from tests.scenes import GROUP, Scene

RULES = """\
pack: p
mode: {mode}
greeting: {{ say: "hi {{names}}", about: flats }}
topics: [{{ id: t, at: "30 20 * * *", say: good evening }}]
ladder: {{ steps: [{{ do: warn }}, {{ do: mute, for: 1d }}, {{ do: remove }}] }}
rules:
  - {{ id: bad, title: Bad, when: {{ words: [bad] }}, then: {{ strikes: 1, delete: true }} }}
  - {{ id: off, title: Off, mode: off, when: {{ words: [x] }}, then: {{}} }}
"""
HOUR = 3600


def scene(mode: str = "enforce") -> Scene:
    """A group with a welcome, a topic half an hour after T0, and one rule."""
    return Scene(RULES.format(mode=mode))


def said(decisions: list[Decision]) -> list[str]:
    """The keys of what is said in the group."""
    return [one.line.key for each in decisions for one in each.actions if isinstance(one, Say)]


def welcomes(group: Scene) -> list[tuple[str, ...]]:
    """Who was welcomed, welcome by welcome."""
    lines = [one.line for each in group.decisions for one in each.actions if isinstance(one, Say)]
    return [line.lists["names"] for line in lines if line.key.startswith("welcome")]


def test_joins_close_together_are_one_welcome() -> None:
    """Who comes in within the window is named in one sentence, five at most."""
    group = scene()
    for n in range(7):
        group.join(f"m{n}", seconds=n)
    group.wait(60)
    assert [("M0", "M1", "M2", "M3", "M4")] == welcomes(group)
    (line,) = [one.line for one in group.decisions[-1].actions if isinstance(one, Say)]
    assert ("welcome_many", "7", "hi {names}", "flats") == (
        line.key, line.values["n"], line.own, line.values["about"]
    )  # fmt: skip
    group.join("late", seconds=100)
    group.wait(200)
    assert ("LATE",) == welcomes(group)[-1]


def test_a_crowd_is_welcomed_more_rarely() -> None:
    """After the third welcome in an hour the window is ten minutes."""
    group = scene()
    for n in range(5):
        group.join(f"m{n}", seconds=100 * n)
    group.wait(500)
    assert 3 == len(welcomes(group))
    group.wait(HOUR)
    assert ("M3", "M4") == welcomes(group)[-1]


def test_nobody_is_welcomed_who_is_gone_or_came_unseen() -> None:
    """Leaving within the window, a late join, a downtime, a file on trial: no welcome."""
    group = scene()
    group.join("m1")
    group.take(MemberLeft(key="l", at=at(5), seen_at=at(5), group=GROUP, member="m1"))
    group.wait(60)
    assert [] == welcomes(group)
    group.join("m2", seconds=100)
    group.wait(2000, seen=True)
    assert [] == welcomes(group)
    trial = scene("shadow")
    trial.join("m1")
    trial.wait(60)
    assert [] == welcomes(trial)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("小林", True),
        ("Anna", True),
        ("加我 evil.example", False),
        ("QQ 12345", False),
        ("１２３４５", False),
        ("a" * 33, False),
    ],
)
def test_a_name_that_is_a_notice_is_not_said_aloud(name: str, *, expected: bool) -> None:
    """A welcome never advertises for somebody."""
    assert expected is greetings.may_be_said(name)


def test_a_welcome_that_came_into_trial_is_not_said() -> None:
    """The rules were put on trial while somebody waited."""
    group = scene()
    group.join("m1")
    group.rules(scene("shadow").ruleset)
    group.wait(60)
    assert [] == welcomes(group)


def test_a_file_without_a_greeting_welcomes_nobody() -> None:
    """Also where it is taken away while somebody waits."""
    group = scene()
    group.join("m1")
    group.rules(Scene("pack: p\nmode: enforce\n").ruleset)
    group.wait(60)
    group.join("m2", seconds=70)
    group.wait(200)
    assert [] == welcomes(group)


def test_a_topic_is_said_at_its_time_every_day() -> None:
    """20:30 on the file's clock, each day once, and not before."""
    group = scene()
    group.wait(30 * 60 - 1)
    assert [] == said(group.decisions)
    group.wait(30 * 60 + 2 * 24 * HOUR)
    assert ["topic"] * 3 == said(group.decisions)
    assert T0 + timedelta(days=3, minutes=30) == next(iter(group.state.deadlines.values())).at


@pytest.mark.parametrize(("seconds", "count"), [(45 * 60, 1), (45 * 60 + 1, 0)])
def test_a_topic_that_is_late_is_skipped(seconds: int, count: int) -> None:
    """Up to a quarter of an hour late it is still said; the next slot waits either way."""
    group = scene()
    group.wait(seconds, seen=True)
    assert ["topic"] * count == said(group.decisions)
    assert 1 == len(group.state.deadlines)


def test_no_topic_on_trial_nor_one_that_is_gone() -> None:
    """A file on trial says nothing on schedule; a topic that was taken out is not said again."""
    trial = scene("shadow")
    trial.wait(HOUR)
    assert [] == said(trial.decisions)
    group = scene()
    group.rules(Scene("pack: p\nmode: enforce\n").ruleset)
    group.wait(HOUR)
    assert [] == said(group.decisions)
    assert {} == group.state.deadlines


def test_due_events_are_made_of_deadlines() -> None:
    """A topic's deadline is a TopicDue, any other a Tick; both keep their own time."""
    group = scene()
    group.join("m1")
    made = [due_event(one, at(99)) for one in group.state.deadlines.values()]
    assert {TopicDue, Tick} == {type(one) for one in made}
    assert all(one.seen_at == at(99) > T0 or one.at > T0 for one in made)
    assert {topics.TOPIC, greetings.GREETING} == {
        one.kind for one in group.state.deadlines.values()
    }


def test_a_mute_ends_by_itself() -> None:
    """A day later the member may speak again, once."""
    group = scene()
    group.say("bad")
    group.say("bad", seconds=100)
    assert Step.MUTE is group.group.sanctions["m1"].kind
    group.wait(100 + 24 * HOUR)
    assert {} == group.group.sanctions
    ends = [one for each in group.decisions for one in each.actions if isinstance(one, Unmute)]
    assert 1 == len(ends)


def test_a_deadline_of_a_later_version_is_closed() -> None:
    """An unknown deadline does nothing, and does not come again."""
    group = scene()
    tick = Tick(key="k", at=T0, seen_at=T0, group=GROUP, deadline="unknown", ref="x")
    assert () == group.take(tick).actions


def test_what_cannot_be_read_does_nothing() -> None:
    """It is kept, and that is all."""
    group = scene()
    assert () == group.take(Unreadable(key="k", at=T0, seen_at=T0, group=GROUP, reason="r")).actions


def test_deciding_is_a_function() -> None:
    """The same event from the same state is the same decision, byte for byte."""
    group = scene()
    event = group.say("bad")
    assert decide(group.book, group.state, event) == decide(group.book, group.state, event)
    assert [] == list(advance(group.book, group.state, at(0)))
