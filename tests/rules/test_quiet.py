"""Quiet hours: what the bot starts itself keeps still, what is due to somebody does not."""

from __future__ import annotations

from datetime import time

import pytest

from rules.actions import Ask, Delete, Line, Say
from rules.conditions.clock import TimeOfDay
from rules.decision import Step
from rules.quiet import is_quiet, quiet_until
from tests.bots import ruleset
from tests.builders import at
from tests.scenes import Scene

HOUR = 3600
RULES = """\
pack: p
mode: enforce
timezone: UTC
quiet: { between: ["11:00", "14:00"] }
greeting: { about: Tea. }
topics: [{ id: t, at: "30 12 * * *", say: Tea time }, { id: late, at: "30 15 * * *", say: Cake }]
texts: { warn: "Dear {name}: {title}", welcome_one: "Hello {name}" }
rules:
  - { id: hint, title: Hint, when: { words: [hint] }, then: { say: "please, {member}" } }
  - { id: gone, title: Gone, when: { words: [gone] }, then: { delete: true, say: gone } }
  - { id: ad, title: Ad, when: { words: [ad] }, then: { strikes: 1 } }
  - { id: odd, title: Odd, when: { words: [odd] }, then: { ask: true } }
  - { id: scam, title: Scam, category: fraud, when: { words: [scam] }, then: { ask: true } }
"""


def lines(scene: Scene) -> list[Line]:
    """What was said, in order."""
    said = [act for one in scene.decisions for act in one.actions if isinstance(act, Say)]
    return [one.line for one in said]


def asked(scene: Scene) -> list[int]:
    """The cases that the admins were asked about, in order."""
    acts = [act for one in scene.decisions for act in one.actions]
    return [act.case for act in acts if isinstance(act, Ask)]


@pytest.mark.parametrize(
    ("hours", "expected"), [(-1.01, False), (-1, True), (0, True), (1.99, True), (2, False)]
)
def test_quiet_hours_begin_and_end_on_the_files_clock(hours: float, expected: bool) -> None:
    """From the first time up to the second."""
    group = Scene(RULES)
    assert expected is is_quiet(group.ruleset, at(hours * HOUR))
    end = at(2 * HOUR) if expected else at(hours * HOUR)
    assert end == quiet_until(group.ruleset, at(hours * HOUR))


def test_quiet_hours_end_next_morning() -> None:
    """Across midnight the end is tomorrow's; a file without them is never quiet."""
    night = ruleset(quiet=TimeOfDay(between=(time(19), time(7))))
    assert at(11 * HOUR) == quiet_until(night, at(0))
    assert at(0) == quiet_until(ruleset(), at(0))
    assert not is_quiet(ruleset(), at(0))


def test_a_hint_is_silent_and_not_counted_as_said() -> None:
    """At night nobody hears it; by day it may be said at once."""
    group = Scene(RULES)
    group.say("hint")
    assert ([], (), Step.NONE) == (lines(group), group.decisions[-1].said, group.decisions[-1].step)
    group.say("hint", seconds=2 * HOUR)
    assert ["please, {member}"] == [line.own for line in lines(group)]


def test_what_has_to_be_done_is_done_at_night() -> None:
    """A message is deleted without a word, and a step of the ladder is said."""
    group = Scene(RULES)
    group.say("gone")
    assert [Delete] == [type(act) for act in group.decisions[-1].actions]
    assert Step.NOTICE is group.decisions[-1].step
    group.say("ad", seconds=10)
    assert ["Dear {name}: {title}"] == [line.own for line in lines(group)]


def test_welcomes_wait_for_the_morning_and_topics_do_not() -> None:
    """All who came in the night are welcomed together; a topic of the night is left out."""
    group = Scene(RULES)
    group.join("m7", seconds=10)
    group.join("m8", seconds=HOUR)
    group.wait(2 * HOUR - 1)
    assert [] == lines(group)
    group.wait(2 * HOUR)
    assert [("M7", "M8")] == [line.lists["names"] for line in lines(group)]
    assert [""] == [line.own for line in lines(group)]
    group.wait(4 * HOUR)
    assert "Cake" == lines(group)[-1].own
    group.join("m9", seconds=5 * HOUR)
    group.wait(6 * HOUR)
    assert "Hello {name}" == lines(group)[-1].own


def test_a_welcome_that_became_due_in_new_quiet_hours_is_not_said() -> None:
    """Other rules may have come since somebody joined."""
    group = Scene(RULES.replace("11:00", "12:30"))
    group.join("m7", seconds=10)
    group.rules(Scene(RULES).ruleset)
    group.wait(HOUR)
    assert ([], Step.NONE) == (lines(group), group.decisions[-1].step)


def test_a_card_waits_for_the_morning_unless_it_is_urgent() -> None:
    """Fraud is asked about at once; what was settled meanwhile is not asked about at all."""
    group = Scene(RULES)
    group.say("odd")
    group.say("scam", seconds=5, by="m2")
    group.say("odd", seconds=10, by="m3")
    assert [2] == asked(group)
    assert Step.ASK is group.decisions[-1].step
    group.press(3, "let_go", seconds=20)
    group.wait(2 * HOUR)
    assert [2, 1] == asked(group)
    group.press(1, "let_go", seconds=2 * HOUR + 5)
    assert "let_go" == group.state.cases[1].status


def test_a_card_of_the_morning_expires_twelve_hours_later() -> None:
    """Time to answer runs from when it is shown."""
    group = Scene(RULES)
    group.say("odd")
    group.wait(14 * HOUR - 1)
    assert "asked" == group.state.cases[1].status
    group.wait(14 * HOUR)
    assert "let_go" == group.state.cases[1].status
