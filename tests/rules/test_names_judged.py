"""Names are judged like messages, by rules that are on names, when somebody joins or renames."""

from __future__ import annotations

import pytest

from rules.decision import Decision, Step
from rules.events import MemberJoined, MemberRenamed
from rules.message import Role
from tests.builders import at
from tests.scenes import GROUP, Scene

RULES = """\
pack: p
mode: enforce
rules:
  - id: ad-name
    title: No ads in names
    on: name
    when:
      any:
        - words: [加微信]
        - link: any
        - regex: "vip\\\\d+"
    then: { strikes: 1 }
  - { id: ad, title: No ads, when: { words: [加微信] }, then: { strikes: 2 } }
  - { id: both, title: Both, on: [message, name], when: { words: [both] }, then: { ask: true } }
  - { id: new, title: New, on: name, for: newcomer, when: { words: [new] }, then: { ask: true } }
  - id: format
    title: Names
    on: name
    when: { not: { nickname: 名称-地区 } }
    then: { say: "please, {member}" }
"""


def renamed(group: Scene, name: str, *, seconds: float = 100, by: str = "m1") -> Decision:
    """What is decided when somebody changes their name."""
    key = f"name-{by}-{seconds}"
    group.take(
        MemberRenamed(
            key=key, at=at(seconds), seen_at=at(seconds), group=GROUP, member=by, name=name
        )
    )
    return group.decisions[-1]


def joined(group: Scene, name: str, *, seconds: float = 100, by: str = "m2") -> Decision:
    """What is decided when somebody comes in."""
    key = f"join-{by}-{seconds}"
    group.take(
        MemberJoined(
            key=key, at=at(seconds), seen_at=at(seconds), group=GROUP, member=by, name=name
        )
    )
    return group.decisions[-1]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("小李-上海", []),
        ("加微信-上海", ["ad-name"]),
        ("加 微 信-上海", ["ad-name"]),
        ("evil.com-上海", ["ad-name"]),
        ("VIP123-上海", ["ad-name"]),
        ("both-ways", ["both"]),
        ("小李", ["format"]),
    ],
)
def test_a_name_is_judged_by_the_rules_on_names(name: str, rules: list[str]) -> None:
    """Words, links and patterns find what they find in a message, and only there."""
    for decide in (renamed, joined):
        matches = decide(Scene(RULES), name).verdict.matches
        assert rules == [one.rule for one in matches]


def test_a_name_costs_what_its_rule_says() -> None:
    """A strike and its step, with no message to take away."""
    decision = renamed(Scene(RULES), "加微信-上海")
    assert (Step.WARN, "m1", "ad-name") == (decision.step, decision.member, decision.acted)
    assert ["Say"] == [type(action).__name__ for action in decision.actions]


def test_a_message_is_not_judged_by_the_rules_on_names() -> None:
    """Nor the other way round; a rule may be on both."""
    group = Scene(RULES)
    group.say("加微信 evil.com")
    assert ["ad"] == [one.rule for one in group.decisions[-1].verdict.matches]
    group.say("both", seconds=5)
    assert ["both"] == [one.rule for one in group.decisions[-1].verdict.matches]


def test_who_joins_is_a_newcomer_already() -> None:
    """The join itself is what makes one; a member who renames is none."""
    assert ["new"] == [one.rule for one in joined(Scene(RULES), "new-one").verdict.matches]
    assert [] == list(renamed(Scene(RULES), "new-one").verdict.matches)


def test_a_member_in_charge_is_spared() -> None:
    """An admin's name is recorded, and costs nothing."""
    group = Scene(RULES)
    group.say("hello", by="m1", role=Role.ADMIN)
    decision = renamed(group, "加微信-上海")
    assert (["admin"], ()) == ([one.exempt for one in decision.verdict.matches], decision.actions)


def test_without_rules_on_names_no_name_is_looked_at() -> None:
    """A file that says nothing of names costs nothing at a join."""
    group = Scene(RULES.partition("  - id: ad-name")[0] + "  []\n")
    assert not group.ruleset.judges_names
    assert () == renamed(group, "加微信").verdict.matches
