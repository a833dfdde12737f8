"""Decisions of every kind for the tests of explanations, built by hand."""

from __future__ import annotations

from datetime import timedelta

from rules.actions import AnyAction, Ask, Delete, Line, Mute, Remove, Say, Unmute
from rules.capability import Capability
from rules.conditions.logic import AnyOf
from rules.decision import Case, Deadline, Mode, RuleMatch, Step, Strike, Verdict
from rules.entries import Delivered, Result
from rules.events import MemberJoined, Tick
from rules.message import Kind
from rules.obligations import FollowUp, Obligation
from rules.ruleset import Rule, Ruleset, Unless
from tests.builders import EMPTY, at

FOLLOW = FollowUp(kind=Kind.RED_PACKET, within=timedelta(minutes=3))
RULES = Ruleset(
    name="demo",
    digest="d1",
    matchers=EMPTY,
    rules=(
        Rule(id="ad", title="Ads", when=AnyOf(conditions=()), file="demo.yaml", line=7),
        Rule(id="wait", title="Wait", when=AnyOf(conditions=()), unless=Unless(follow_up=FOLLOW)),
    ),
)
LINE = Line(key="warn", values={"name": "Ann", "title": "Ads"})
OTHER = Line(key="warn_late", values={"name": "Ann", "title": "Ads"})
TELEGRAM = frozenset(Capability) - {Capability.SEE_RED_PACKETS}
WECHAT = frozenset({Capability.SAY, Capability.ASK, Capability.SEE_RED_PACKETS})


def hit(rule: str = "ad", **more: object) -> RuleMatch:
    """A rule that applied."""
    given: dict[str, object] = {"mode": Mode.ENFORCE, "strikes": 1, **more}
    return RuleMatch(rule=rule, title=rule.title(), **given)  # type: ignore[arg-type]


def verdict(*matches: RuleMatch, rule: str | None = None) -> Verdict:
    """What the rules say, won by the first match."""
    return Verdict(rule=matches[0].rule if rule is None else rule, matches=matches)


def strike(count: int = 1, *, burst: bool = False) -> Strike:
    """A counted breach, or one that falls into a burst."""
    after = 1 if burst else 1 + count
    return Strike(
        member="m1",
        rule="ad",
        count=0 if burst else count,
        breach_at=at(0),
        level_before=1,
        level_after=after,
        burst=burst,
    )


def case(status: str = "done", step: Step = Step.WARN) -> Case:
    """A case that a decision made or changed."""
    return Case(
        number=17,
        group="g1",
        member="m1",
        name="Ann",
        rule="ad",
        title="Ads",
        step=step,
        status=status,
        at=at(0),
        breach_at=at(0),
        until=at(86400) if step is Step.MUTE else None,
    )


def duty() -> Obligation:
    """Something that is waited for."""
    return Obligation(
        key="o1",
        evidence="e1",
        rule="wait",
        title="Wait",
        group="g1",
        member="m1",
        name="Ann",
        message_id="1",
        breach_at=at(0),
        until=at(180),
        follow_up=FOLLOW,
        if_unverifiable="ask",
        strikes=1,
    )


def tick(kind: str) -> Tick:
    """A deadline that has passed."""
    return Tick(key="k", at=at(9), seen_at=at(9), group="g1", deadline=kind, ref="r")


def joined() -> MemberJoined:
    """Somebody who came in."""
    return MemberJoined(key="j", at=at(0), seen_at=at(0), group="g1", member="m1", name="Ann")


def opened() -> Deadline:
    """A deadline that a decision opened."""
    return Deadline(key="g", kind="greeting", group="g1", ref="g1", at=at(30), due_at=at(30))


def receipt(action: str, result: Result, did: str = "") -> Delivered:
    """What came of an action."""
    return Delivered(action=action, group="g1", at=at(1), result=result, wanted="x", did=did)


ACTIONS: tuple[AnyAction, ...] = (
    Delete(key="a0", group="g1", message_id="1", member="m1"),
    Say(key="a1", group="g1", line=LINE),
    Say(key="a2", group="g1", line=LINE),
    Mute(key="a3", group="g1", member="m1", until=at(60)),
    Remove(key="a4", group="g1", member="m1", name="Ann"),
    Ask(key="a5", group="g1", case=17, line=LINE, choices=("act",)),
    Unmute(key="a6", group="g1", member="m1"),
)
