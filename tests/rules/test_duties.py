"""Obligations: forgiven in time, found short, not to be seen, due, and contested."""

from __future__ import annotations

import pytest

from bot.decide import decide
from rules.actions import Delete, Say
from rules.capability import Capability
from rules.decision import Case, Decision, Step
from rules.events import Tick
from rules.message import Kind, Media, Message, Role
from rules.state import CommunityState
from tests.builders import at, edited, message, posted
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


def packet(cents: int | None = 5000, parts: int | None = 20) -> Message:
    """A red packet; None is what cannot be seen."""
    return Message(media=(Media(kind=Kind.RED_PACKET, amount_cents=cents, parts=parts),))


def steps(decisions: list[Decision]) -> list[Step]:
    """What they amount to, without those that amount to nothing."""
    return [one.step for one in decisions if one.step is not Step.NONE]


def said(decisions: list[Decision]) -> list[str]:
    """The keys of what is said in the group."""
    return [act.line.key for one in decisions for act in one.actions if isinstance(act, Say)]


@pytest.mark.parametrize(
    ("seconds", "cents", "parts", "by", "expected"),
    [
        pytest.param(120, 5000, 20, "m1", [], id="in time"),
        pytest.param(180, 5000, 20, "m1", [], id="at the last moment"),
        pytest.param(194, 5000, 20, "m1", [], id="within the grace"),
        pytest.param(196, 5000, 20, "m1", [Step.WARN], id="too late"),
        pytest.param(120, 4999, 20, "m1", [Step.WARN], id="too little"),
        pytest.param(120, 5000, 19, "m1", [Step.WARN], id="too few parts"),
        pytest.param(120, None, 19, "m1", [Step.WARN], id="what can be seen is short"),
        pytest.param(120, None, 20, "m1", [Step.ASK], id="the amount cannot be seen"),
        pytest.param(120, 5000, 20, "m2", [Step.WARN], id="somebody else's"),
    ],
)
def test_what_follows_decides(
    seconds: float, cents: int | None, parts: int | None, by: str, expected: list[Step]
) -> None:
    """Enough in time forgives; too little, too late or somebody else's does not."""
    group = scene()
    group.say("ad")
    group.say(packet(cents, parts), seconds=seconds, by=by)
    group.wait(3600)
    assert expected == steps(group.decisions)
    assert {} == group.group.obligations
    assert [] == [key for key in group.state.deadlines if key.startswith("obligation")]


def test_anybody_may_pay_where_the_rule_says_so() -> None:
    """`from: anybody` is met by another member's packet."""
    group = scene(who="anybody")
    group.say("ad")
    group.say(packet(), seconds=60, by="m2")
    group.wait(3600)
    assert [] == steps(group.decisions)


def test_the_reminder_is_said_once() -> None:
    """A second ad while the first waits draws no second line: one wait is one breach."""
    group = scene()
    group.say("ad")
    second = group.say("ad again", seconds=100)
    assert ["ad_packet"] == said(group.decisions)
    assert [(second.message_id,)] == [one.also for one in group.group.obligations.values()]
    group.wait(3600)
    assert [Step.WARN] == steps(group.decisions)


def test_an_edited_ad_waits_once() -> None:
    """Mending a typo is no second ad."""
    group = scene()
    first = group.say("ad")
    group.take(edited("an ad", first, seconds=90))
    assert 1 == len(group.group.obligations)


@pytest.mark.parametrize(
    ("policy", "mode", "expected"),
    [
        ("ask", "enforce", [Step.ASK]),
        ("act", "enforce", [Step.WARN]),
        ("allow", "enforce", []),
        ("act", "ask", [Step.ASK]),
        ("act", "shadow", []),
    ],
)
def test_a_platform_that_shows_no_packets(policy: str, mode: str, expected: list[Step]) -> None:
    """Where packets cannot be seen, the rule's own word holds at once, never beyond its mode."""
    group = scene(policy=policy, rule_mode=mode)
    group.able(*(one for one in Capability if one is not Capability.SEE_RED_PACKETS))
    group.say("ad")
    assert expected == steps(group.decisions)
    assert {} == group.group.obligations


@pytest.mark.parametrize(
    ("policy", "expected"), [("ask", [Step.ASK]), ("allow", []), ("act", [Step.WARN])]
)
def test_an_amount_that_cannot_be_seen(policy: str, expected: list[Step]) -> None:
    """Ask, let it pass, or wait for what can be seen: as the rule says."""
    group = scene(policy=policy)
    group.say("ad")
    group.say(packet(None), seconds=60)
    group.wait(3600)
    assert expected == steps(group.decisions)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"mode": "ask"}, [Step.ASK]),
        ({"rule_mode": "ask"}, [Step.ASK]),
        ({"ask": "true"}, [Step.ASK]),
        ({"rule_mode": "shadow"}, []),
        ({"rule_mode": "off"}, []),
    ],
)
def test_no_obligation_goes_beyond_its_mode(how: dict[str, str], expected: list[Step]) -> None:
    """Where admins are asked nothing is said; on trial and when off nothing happens."""
    group = scene(**how)
    group.say("ad")
    group.wait(3600)
    assert expected == steps(group.decisions)
    assert [] == said(group.decisions)


@pytest.mark.parametrize(
    ("now", "expected"),
    [("off", []), ("shadow", []), ("ask", [Step.ASK]), ("enforce", [Step.WARN])],
)
def test_what_waits_obeys_the_mode_of_its_end(now: str, expected: list[Step]) -> None:
    """A rule that is switched off while a breach waits punishes nobody."""
    group = scene()
    group.say("ad")
    group.rules(scene(rule_mode=now).ruleset)
    group.wait(3600)
    assert expected == steps(group.decisions)


def test_a_rule_that_is_gone_punishes_nobody() -> None:
    """A file without the rule lets what waits under it go."""
    group = scene()
    group.say("ad")
    group.rules(Scene("pack: other\nmode: enforce\n").ruleset)
    group.wait(3600)
    assert [] == steps(group.decisions)
    assert {} == group.group.obligations


def test_what_falls_due_in_a_downtime_is_asked() -> None:
    """After a long downtime nobody is punished by a clock that nobody saw run."""
    group = scene()
    group.say("ad")
    group.wait(3600, seen=True)
    assert [Step.ASK] == steps(group.decisions)


def test_an_ad_that_is_seen_late_draws_no_late_reminder() -> None:
    """A backlog may be asked about, never punished, and no late sentence is said."""
    group = scene()
    group.say("ad", late=600)
    group.wait(3600)
    assert [Step.ASK] == steps(group.decisions)
    assert [] == said(group.decisions)


def test_the_breach_is_counted_when_it_happened() -> None:
    """A strike that falls due later carries the time of the breach, and deletes the message."""
    group = scene()
    first = group.say("ad")
    group.wait(3600)
    (strike,) = [one for decision in group.decisions for one in decision.strikes]
    assert (first.at, 1, "ad") == (strike.breach_at, strike.level_after, strike.rule)
    (deleted,) = [
        one for each in group.decisions for one in each.actions if isinstance(one, Delete)
    ]
    assert first.message_id == deleted.message_id


def test_a_grave_breach_leaves_no_waiting() -> None:
    """A message that is struck at once opens no obligation besides: one step per message."""
    group = scene()
    group.say("a bad ad")
    group.wait(3600)
    assert [Step.WARN] == steps(group.decisions)
    assert {} == group.group.obligations


def test_another_rules_delete_acts_at_once() -> None:
    """Where one rule only waits, the other's delete and sentence are not held back."""
    group = scene()
    group.say("a soft ad")
    assert [Step.NOTICE] == steps(group.decisions)
    assert 1 == len(group.group.obligations)
    assert ["notice", "ad_packet"] == said(group.decisions)


def test_staff_owe_nothing() -> None:
    """An exempt member's ad opens no obligation."""
    group = scene()
    group.say("ad", role=Role.ADMIN)
    assert {} == group.group.obligations


def test_other_media_are_no_answer() -> None:
    """A picture is not a red packet: the breach waits on."""
    group = scene()
    group.say("ad")
    group.say(message("look", Kind.IMAGE), seconds=60)
    assert 1 == len(group.group.obligations)


def test_the_gravest_step_stays() -> None:
    """One message asks about the ad before it and draws a notice: it amounts to the question."""
    group = scene()
    group.say("ad")
    said = packet(None)
    group.say(Message(text="soft", media=said.media), seconds=60)
    assert Step.ASK is group.decisions[-1].step
    assert 1 == len(group.group.history["soft"].said_at)


def test_a_deadline_without_its_obligation_is_nothing() -> None:
    """What was settled meanwhile does not fall due again."""
    group = scene()
    tick = Tick(key="k", at=at(1), seen_at=at(1), group="g1", deadline="obligation", ref="gone")
    assert () == group.take(tick).settled


def test_deciding_changes_nothing() -> None:
    """A decision is made twice from the same state with the same result."""
    group = scene()
    group.say("ad")
    event = posted(packet(), seconds=60)
    before: CommunityState = group.state
    assert decide(group.book, before, event) == decide(group.book, before, event)
    assert isinstance(next(iter(group.group.obligations.values())).key, str)
    assert not [one for one in before.cases.values() if isinstance(one, Case)]
