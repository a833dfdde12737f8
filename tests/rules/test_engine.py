"""The engine: all rules are asked, the gravest wins, modes hold, and a fault stays small."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rules import engine
from rules.conditions.base import Evidence, View
from rules.decision import Mode, Step
from rules.message import Role
from rules.ruleset import Roles
from rules.state import MemberState, Standing
from tests.builders import T0, edited, posted
from tests.scenes import Scene

RULES = """\
pack: p
mode: {mode}
ladder: {{ burst: 60s }}
rules:
  - {{ id: hint, title: Hint, when: {{ words: [hint] }}, then: {{ say: "please, {{member}}" }} }}
  - {{ id: gone, title: Gone, when: {{ words: [gone] }}, then: {{ delete: true }} }}
  - {{ id: one, title: One, when: {{ words: [one] }}, then: {{ strikes: 1 }} }}
  - {{ id: three, title: Three, when: {{ words: [three] }}, then: {{ strikes: 3, delete: true }} }}
  - {{ id: also, title: Also, when: {{ words: [also] }}, then: {{ strikes: 1 }} }}
  - {{ id: asks, title: Asks, when: {{ words: [asks] }}, then: {{ strikes: 1, ask: true }} }}
  - {{ id: tells, title: Tells, when: {{ words: [tells] }}, then: {{ notify: admins }} }}
  - {{ id: trial, title: Trial, mode: shadow, when: {{ words: [trial] }}, then: {{ strikes: 9 }} }}
  - {{ id: soft, title: Soft, mode: ask, when: {{ words: [soft] }}, then: {{ strikes: 1 }} }}
  - {{ id: mute, title: Mute, mode: off, when: {{ words: [off] }}, then: {{ strikes: 1 }} }}
  - {{ id: new, title: New, for: newcomer, when: {{ words: [new] }}, then: {{ strikes: 1 }} }}
  - id: staff
    title: Staff
    applies_to_staff: true
    when: {{ words: [staff] }}
    then: {{ strikes: 1 }}
  - id: fine
    title: Fine
    when: {{ words: [fine] }}
    except: {{ words: [really] }}
    then: {{ strikes: 1 }}
  - id: rare
    title: Rare
    when: {{ words: [rare] }}
    then: {{ say: hello, at_most: 2/1h }}
"""


def scene(mode: str = "enforce") -> Scene:
    """A group under these rules."""
    return Scene(RULES.format(mode=mode))


@pytest.mark.parametrize(
    ("text", "rule", "step", "matched"),
    [
        ("nothing", "", Step.NONE, []),
        ("a hint", "hint", Step.NOTICE, ["hint"]),
        ("gone", "gone", Step.NOTICE, ["gone"]),
        ("one", "one", Step.WARN, ["one"]),
        ("three", "three", Step.MUTE, ["three"]),
        ("one and three", "three", Step.MUTE, ["one", "three"]),
        ("also one", "one", Step.WARN, ["one", "also"]),
        ("a hint is gone", "gone", Step.NOTICE, ["hint", "gone"]),
        ("asks", "asks", Step.ASK, ["asks"]),
        ("asks one", "asks", Step.WARN, ["one", "asks"]),
        ("trial", "trial", Step.NONE, ["trial"]),
        ("trial one", "one", Step.WARN, ["one", "trial"]),
        ("soft", "soft", Step.ASK, ["soft"]),
        ("off", "", Step.NONE, []),
        ("new", "", Step.NONE, []),
        ("fine", "fine", Step.WARN, ["fine"]),
        ("really fine", "", Step.NONE, []),
        ("tells", "tells", Step.NONE, ["tells"]),
    ],
)
def test_the_gravest_wins_and_all_are_recorded(
    text: str, rule: str, step: Step, matched: list[str]
) -> None:
    """Strikes before delete before ask before speech, then file order; every match is kept."""
    group = scene()
    group.say(text)
    decision = group.decisions[-1]
    assert (rule, step) == (decision.verdict.rule, decision.step)
    assert matched == [one.rule for one in decision.verdict.matches]
    assert ("m1" if step is not Step.NONE else "") == decision.member


@pytest.mark.parametrize(
    ("mode", "step"),
    [("off", Step.NONE), ("shadow", Step.NONE), ("ask", Step.ASK), ("enforce", Step.MUTE)],
)
def test_the_softest_mode_holds(mode: str, step: Step) -> None:
    """A file on trial records and does nothing, whatever its rules say."""
    group = scene(mode)
    group.say("three")
    decision = group.decisions[-1]
    assert step is decision.step
    assert (mode != "off") is bool(decision.verdict.matches)
    assert (mode in {"ask", "enforce"}) is bool(decision.actions)


def test_in_mode_ask_a_hint_is_not_said() -> None:
    """What is only said is not asked about: the group hears nothing, and neither do the admins."""
    group = scene("ask")
    group.say("hint")
    assert () == group.decisions[-1].actions


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.BOT])
def test_staff_are_recorded_and_spared(role: Role) -> None:
    """An exempt member's match is kept with the role that spared it; nothing follows."""
    group = scene()
    group.say("three", role=role)
    decision = group.decisions[-1]
    assert [(role.value, False)] == [(one.exempt, one.counts) for one in decision.verdict.matches]
    assert ("", (), Step.NONE) == (decision.verdict.rule, decision.actions, decision.step)


def test_a_rule_may_apply_to_staff() -> None:
    """`applies_to_staff` judges an admin like anybody."""
    group = scene()
    group.say("staff", role=Role.ADMIN)
    assert Step.WARN is group.decisions[-1].step


def test_newcomers_are_those_whose_join_was_seen() -> None:
    """A rule for newcomers sees who came in today, and not who was there before the bot."""
    group = scene()
    group.join("m2")
    group.say("new", seconds=60, by="m2")
    assert "new" == group.decisions[-1].verdict.rule
    group.say("new", seconds=60, by="m1")
    assert "" == group.decisions[-1].verdict.rule
    group.say("new", seconds=24 * 3600, by="m2")
    assert "" == group.decisions[-1].verdict.rule


OLD = MemberState(name="a", first_seen_at=T0 - timedelta(days=30))
JOINED = MemberState(name="a", first_seen_at=T0, joined_at=T0 - timedelta(days=30))


@pytest.mark.parametrize(
    ("member", "standing", "expected"),
    [
        (None, Standing(), {"known"}),
        (MemberState(name="a", joined_at=T0 - timedelta(hours=23)), Standing(), {"newcomer"}),
        (MemberState(name="a", first_seen_at=T0 - timedelta(days=29)), Standing(), {"known"}),
        (OLD, Standing(), {"known", "trusted"}),
        (JOINED, Standing(), {"known", "trusted"}),
        (OLD, Standing(level=1, since=T0 - timedelta(days=29)), {"known"}),
        (OLD, Standing(level=1, since=T0 - timedelta(days=30)), {"known", "trusted"}),
    ],
)
def test_who_is_new_and_who_is_trusted(
    member: MemberState | None, standing: Standing, expected: set[str]
) -> None:
    """Newcomer by the join that was seen, else known; trusted by time, and time without strikes."""
    assert expected == engine.classes(Roles(), member, standing, posted("x"))


class Broken:
    """A condition with a bug."""

    def ask(self, view: View) -> Evidence | None:
        """Fail."""
        raise ZeroDivisionError(view.message.text)


def test_a_rule_that_fails_does_not_silence_the_others() -> None:
    """The fault is journaled with its rule, without any text; the rules behind it still count."""
    group = scene()
    first, *rest = group.ruleset.rules
    broken = replace(first, id="broken", when=Broken())
    group.rules(replace(group.ruleset, rules=(broken, first, *rest)))
    group.say("one secret")
    decision = group.decisions[-1]
    assert [("broken", "ZeroDivisionError")] == [(one.rule, one.error) for one in decision.faults]
    assert Step.WARN is decision.step


def test_a_backlog_is_asked_about_and_never_punished() -> None:
    """What is seen five minutes late draws a question; a mere sentence is not said at all."""
    group = scene()
    group.say("three", late=301)
    assert Step.ASK is group.decisions[-1].step
    group.say("hint", seconds=10, late=301)
    assert () == group.decisions[-1].actions
    group.say("three", seconds=20, by="m2", late=300)
    assert Step.MUTE is group.decisions[-1].step


def test_an_edit_is_judged_and_counts_once() -> None:
    """A message that becomes bad is bad; mending it afterwards is no second breach."""
    group = scene()
    first = group.say("nothing")
    group.take(edited("one", first, seconds=30))
    assert Step.WARN is group.decisions[-1].step
    group.take(edited("one, one", first, seconds=300))
    assert Step.NONE is group.decisions[-1].step


def test_decisions_carry_both_digests() -> None:
    """Every decision says by which rules and by which engine it was made."""
    group = scene()
    group.say("nothing")
    decision = group.decisions[-1]
    assert group.ruleset.digest == decision.rules
    assert decision.engine
    assert Mode.ENFORCE is group.ruleset.mode
