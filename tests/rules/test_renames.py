"""A rule that gets another id goes on as the same rule: brakes, `at_most`, what it has judged."""

from __future__ import annotations

from bot.decide import switch
from rules.entries import Switched
from rules.fold import apply
from rules.rulebook import Rulebook
from tests.builders import at
from tests.scenes import Scene

RULES = """\
pack: p
mode: enforce
rules:
  - { id: ID, title: Hm, when: { words: [plum] }, then: { say: no plums, at_most: 1/30m } }
"""


def renamed(scene: Scene, rules: str, seconds: float) -> tuple[tuple[str, str, str], ...]:
    """Other rules take over; which of them the group knew by a former id."""
    scene.rules(Scene(rules).ruleset)
    entry = switch(Rulebook((scene.ruleset,)), scene.state, at(seconds))
    apply(scene.state, entry)
    return entry.renamed


def test_a_renamed_rule_keeps_what_it_did() -> None:
    """What it said counts for its pace under the new id, and a message is not judged twice."""
    scene = Scene(RULES.replace("ID", "old"))
    first = scene.say("plum", by="m1", seconds=1)
    new = RULES.replace("ID", "new, was: [older, old]")
    assert (("g1", "old", "new"),) == renamed(scene, new, 10)
    assert {"new"} == set(scene.group.history)
    assert ["new"] == scene.group.judged[first.message_id]
    scene.say("plum", by="m2", seconds=20)
    assert 1 == len(scene.group.history["new"].said_at)
    assert () == renamed(scene, new, 30)


def test_both_histories_of_a_rule_are_one() -> None:
    """A group that knew the rule by both ids remembers all of it, in order."""
    scene = Scene(RULES.replace("ID", "new").replace(", at_most: 1/30m", ""))
    scene.say("plum", by="m1", seconds=1)
    renamed(scene, RULES.replace("ID", "old").replace(", at_most: 1/30m", ""), 2)
    scene.say("plum", by="m2", seconds=3)
    scene.group.history["old"].is_braked = True
    renamed(scene, RULES.replace("ID", "new, was: [old]"), 4)
    history = scene.group.history["new"]
    assert [at(1), at(3)] == history.said_at
    assert ["m1", "m2"] == [member for _, member in history.hits]
    assert {"m1": at(1), "m2": at(3)} == history.noticed
    assert history.is_braked
    assert 2 == history.acted
    assert 2 == len(history.notices)


def test_a_rule_without_a_past_begins_anew() -> None:
    """Whatever another group's rule was called, a group that never met it has nothing to move."""
    scene = Scene(RULES.replace("ID", "old"))
    assert () == renamed(scene, RULES.replace("ID", "new, was: [old]"), 10)
    assert {} == scene.group.history


def test_a_journal_may_name_what_is_not_known() -> None:
    """A rename in a group or of a rule that the state does not have changes nothing."""
    scene = Scene(RULES.replace("ID", "old"))
    scene.say("plum", by="m1", seconds=1)
    for renamed_in in (("nowhere", "old", "new"), ("g1", "older", "new")):
        apply(scene.state, Switched(at=at(2), rules="r", renamed=(renamed_in,)))
    assert {"old"} == set(scene.group.history)
    assert {"g1"} == set(scene.state.groups)
