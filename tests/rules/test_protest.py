"""误会 while a reminder still waits: not counted until somebody has looked."""

from __future__ import annotations

import pytest

from rules.actions import Ask, Say
from rules.decision import Decision
from tests.scenes import Scene

RULES = """\
pack: p
mode: {mode}
rules:
  - id: ad
    title: Ads
    mode: {rule_mode}
    when: {{ words: [ad] }}
    unless:
      followed_by: {{ kind: red_packet, from: {who}, within: 3m, amount: ">=50", parts: ">=20" }}
      if_unverifiable: {policy}
      say: "{{left}} left"
    then: {{ strikes: 1, delete: true, ask: {ask} }}
  - id: bad
    title: Bad
    when: {{ words: [bad] }}
    then: {{ strikes: 1, delete: true }}
  - id: soft
    title: Soft
    when: {{ words: [soft] }}
    then: {{ delete: true, say: please }}
"""


TRADE = """\
rules:
  - id: trade
    title: Trade
    when: { words: [trade] }
    unless: { followed_by: { kind: image, within: 3m } }
    then: { strikes: 1 }
"""


def scene(**how: str) -> Scene:
    """A group under these rules."""
    usual = {
        "mode": "enforce",
        "rule_mode": "enforce",
        "who": "same_member",
        "policy": "ask",
        "ask": "false",
    }
    return Scene(RULES.format(**usual | how))


def said(decisions: list[Decision]) -> list[str]:
    """The keys of what is said in the group."""
    return [act.line.key for one in decisions for act in one.actions if isinstance(act, Say)]


def test_a_reminder_that_waits_can_be_contested() -> None:
    """误会 after the reminder: it waits no longer, is not counted, and the admins look."""
    group = scene()
    group.say("ad")
    group.say("ad twice", seconds=20)
    group.say("误会", seconds=60)
    group.wait(600)
    (case,) = group.state.cases.values()
    assert ("contested", "ad", 1) == (case.status, case.rule, case.strikes)
    assert {} == group.group.obligations
    assert ["ad_packet", "appeal_got"] == said(group.decisions)
    assert 0 == group.state.standing("g1", "m1").level
    assert 1 == sum(isinstance(one, Ask) for each in group.decisions for one in each.actions)


@pytest.mark.parametrize(
    ("choice", "level", "key"), [("mistake", 0, "appeal_yes"), ("stands", 1, "appeal_no")]
)
def test_the_admins_decide_a_contested_reminder(choice: str, level: int, key: str) -> None:
    """A mistake leaves nothing; what stands is counted once."""
    group = scene()
    group.say("ad")
    group.say("误会", seconds=60)
    group.press(1, choice, seconds=90)
    assert level == group.state.standing("g1", "m1").level
    assert key == said(group.decisions)[-1]


def test_a_contested_reminder_is_cleared_if_nobody_looks() -> None:
    """Nobody came by the promised hour: nothing is counted, and somebody says sorry."""
    group = scene()
    group.say("ad")
    group.say("误会", seconds=60)
    group.wait(13 * 3600)
    assert 0 == group.state.standing("g1", "m1").level
    assert "appeal_late" == said(group.decisions)[-1]


def test_a_bystanders_protest_changes_nothing() -> None:
    """Only the one whom it concerns is heard."""
    group = scene()
    group.say("ad")
    group.say("误会", seconds=60, by="m2")
    assert {} == group.state.cases
    assert 1 == len(group.group.obligations)


def test_a_protest_settles_only_its_own_rule() -> None:
    """What waits under another rule goes on waiting."""
    two = RULES.format(
        mode="enforce", rule_mode="enforce", who="same_member", policy="ask", ask="false"
    )
    group = Scene(two.replace("rules:\n", TRADE))
    group.say("ad")
    group.say("trade", seconds=10)
    group.say("误会", seconds=20)
    assert ["trade"] == [one.rule for one in group.group.obligations.values()]
