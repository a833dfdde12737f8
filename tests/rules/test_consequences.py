"""What a breach costs: steps, sentences, bursts, questions, and how often a rule speaks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.actions import Ask, Delete, Mute, Remove, Say, Tell
from rules.decision import Step
from tests.builders import at
from tests.scenes import Scene

RULES = """\
pack: p
mode: {mode}
ladder: {{ burst: 60s }}
rules:
  - {{ id: hint, title: Hint, when: {{ words: [hint] }}, then: {{ say: "please, {{member}}" }} }}
  - {{ id: one, title: One, when: {{ words: [one] }}, then: {{ strikes: 1 }} }}
  - {{ id: three, title: Three, when: {{ words: [three] }}, then: {{ strikes: 3, delete: true }} }}
  - {{ id: tells, title: Tells, when: {{ words: [tells] }}, then: {{ notify: admins }} }}
  - id: rare
    title: Rare
    when: {{ words: [rare] }}
    then: {{ say: hello, at_most: 2/1h }}
"""


def scene(mode: str = "enforce") -> Scene:
    """A group under these rules."""
    return Scene(RULES.format(mode=mode))


def test_each_step_has_its_actions() -> None:
    """The whole ladder: a sentence, mutes with an end, and a removal that waits for a tap."""
    group = scene()
    kinds = []
    for n in range(5):
        group.say("one", seconds=120 * n)
        kinds.append([type(action) for action in group.decisions[-1].actions])
    assert [[Say], [Mute, Say], [Mute, Say], [Mute, Say], [Ask]] == kinds
    mutes = [one for each in group.decisions for one in each.actions if isinstance(one, Mute)]
    assert [at(120) + timedelta(days=1), at(240) + timedelta(days=7)] == [
        one.until for one in mutes[:2]
    ]
    assert ["done"] * 4 + ["confirm"] == [case.status for case in group.state.cases.values()]


def test_a_removal_without_confirmation_is_done() -> None:
    """Where the file says `confirm: never` nobody is asked."""
    group = Scene(
        "pack: p\nmode: enforce\nladder: {steps: [{do: remove, confirm: never}]}\nrules:\n"
        "- {id: a, title: A, when: {words: [bad]}, then: {strikes: 1, delete: true}}\n"
    )
    group.say("bad")
    assert [Delete, Remove] == [type(one) for one in group.decisions[-1].actions]


def test_a_burst_counts_once_and_still_deletes() -> None:
    """Three in a minute are one step; each of them is taken away."""
    group = scene()
    for n in range(3):
        group.say("three", seconds=20 * n)
    assert [Step.MUTE, Step.NONE, Step.NONE] == [one.step for one in group.decisions[1:]]
    assert [3, 0, 0] == [one.count for each in group.decisions for one in each.strikes]
    assert 3 == sum(isinstance(one, Delete) for each in group.decisions for one in each.actions)


def test_a_burst_is_one_question() -> None:
    """In mode ask a member who goes on draws one card, and another after the burst."""
    group = scene("ask")
    for n in range(4):
        group.say("one", seconds=20 * n)
    group.say("one", seconds=30, by="m2")
    asked = [one.case for each in group.decisions for one in each.actions if isinstance(one, Ask)]
    assert [1, 2] == asked
    group.say("one", seconds=120)
    assert 3 == len(group.state.cases)


def test_a_question_that_was_let_go_may_be_asked_again() -> None:
    """Twelve hours later, unanswered, the same breach is a new question."""
    group = scene("ask")
    group.say("one")
    group.say("one", seconds=13 * 3600)
    assert ["let_go", "asked"] == [case.status for case in group.state.cases.values()]


def test_a_hint_is_not_said_twice_to_the_same_member() -> None:
    """One line in ten minutes; another member may hear it too."""
    group = scene()
    for seconds, by in ((0, "m1"), (300, "m1"), (310, "m2"), (601, "m1")):
        group.say("hint", seconds=seconds, by=by)
    assert [1, 0, 1, 1] == [len(one.actions) for one in group.decisions[1:]]


def test_at_most_bounds_what_a_rule_says() -> None:
    """Twice in an hour is twice in an hour, to whomever."""
    group = scene()
    for n in range(4):
        group.say("rare", seconds=n, by=f"m{n}")
    group.say("rare", seconds=3600, by="m9")
    assert [1, 1, 0, 0, 1] == [len(one.actions) for one in group.decisions[1:]]


def test_notify_tells_the_admins() -> None:
    """A rule may only tell, without anything in the group."""
    group = scene()
    group.say("tells")
    assert [("tell_match", Tell)] == [
        (one.line.key, type(one)) for one in group.decisions[-1].actions if isinstance(one, Tell)
    ]


@pytest.mark.parametrize(
    ("then", "seconds", "key", "otherwise"),
    [
        ("{strikes: 1}", 0, "warn", None),
        ("{strikes: 1, delete: true}", 0, "warn_deleted", "warn_recall"),
    ],
)
def test_a_warning_says_what_was_done(
    then: str, seconds: float, key: str, otherwise: str | None
) -> None:
    """A warning speaks of the deletion only where it happened, and of recalling only in time."""
    group = Scene(
        "pack: p\nmode: enforce\nrules:\n"
        f"- {{id: a, title: A, when: {{words: [bad]}}, then: {then}}}\n"
    )
    group.say("bad", seconds=seconds)
    (said,) = [one for one in group.decisions[-1].actions if isinstance(one, Say)]
    assert (key, otherwise) == (said.line.key, said.otherwise and said.otherwise.key)


def test_recalling_is_not_asked_for_too_late() -> None:
    """After a wait of three minutes nobody can recall anything any more."""
    group = Scene(
        "pack: p\nmode: enforce\nrules:\n- id: a\n  title: A\n  when: {words: [bad]}\n"
        "  unless: {followed_by: {kind: image, within: 3m}}\n  then: {strikes: 1, delete: true}\n"
    )
    group.say("bad")
    group.wait(600)
    (said,) = [one for each in group.decisions for one in each.actions if isinstance(one, Say)]
    assert "warn_late" == (said.otherwise and said.otherwise.key)


def test_words_of_the_rule_reach_the_card() -> None:
    """Admins see which words it was, each once, as the list has them."""
    group = Scene(
        "pack: p\nmode: ask\nlists: {w: [cheap, loan]}\nrules:\n"
        "- id: a\n  title: A\n  when: {any: [{words: {list: w}}, {words: [loan]}]}\n"
        "  then: {strikes: 1}\n"
    )
    group.say("cheap loan, a loan")
    (card,) = [one for one in group.decisions[-1].actions if isinstance(one, Ask)]
    assert "cheap、loan" == card.line.values["words"]
