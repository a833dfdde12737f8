"""Each kind of decision is told by its own sentences."""

from __future__ import annotations

import msgspec
import pytest

from rules.decision import Decision, Match, Mode, RuleFault, Step
from rules.entries import Decided
from rules.events import (
    AnyEvent,
    ButtonPressed,
    MemberJoined,
    MessagePosted,
    OperatorCommanded,
    Release,
    Saved,
    Tick,
    TopicDue,
    Undo,
)
from rules.explain import explain
from rules.message import Author, Kind, Role
from tests.builders import at, commanded, message, posted
from tests.rules.explain.values import (
    RULES,
    case,
    duty,
    hit,
    joined,
    opened,
    strike,
    tick,
    verdict,
)

PACKET = posted(message("", Kind.RED_PACKET))
LATE = msgspec.structs.replace(posted("late"), seen_at=at(4000))
PRESSED = ButtonPressed(
    key="b",
    at=at(5),
    seen_at=at(5),
    group="g1",
    presser=Author(id="a", name="Li", role=Role.ADMIN),
    case=17,
    choice="act",
)
TOPIC = TopicDue(key="t", at=at(0), seen_at=at(0), group="g1", topic="morning")
TOLD: list[tuple[str, AnyEvent, Decision, str, list[str]]] = [
    ("nothing", posted("hi"), Decision(), "", ["why_nothing"]),
    (
        "warned",
        posted("ad"),
        Decision(step=Step.WARN, verdict=verdict(hit()), strikes=(strike(),), cases=(case(),)),
        "warn",
        ["why_strikes", "why_step_warn"],
    ),
    (
        "muted for a time",
        posted("ad"),
        Decision(step=Step.MUTE, verdict=verdict(hit()), cases=(case(step=Step.MUTE),)),
        "mute",
        ["why_step_mute"],
    ),
    (
        "removal that waits for a tap",
        posted("ad"),
        Decision(
            step=Step.REMOVE,
            verdict=verdict(hit()),
            cases=(case("confirm", Step.REMOVE),),
        ),
        "remove",
        ["why_step_confirm"],
    ),
    (
        "burst",
        posted("ad"),
        Decision(verdict=verdict(hit()), strikes=(strike(burst=True),)),
        "burst",
        ["why_burst"],
    ),
    (
        "exempt",
        posted("ad", role=Role.OWNER),
        Decision(verdict=verdict(hit(exempt="owner"), rule="")),
        "exempt",
        ["why_exempt"],
    ),
    (
        "like an example",
        posted("ad"),
        Decision(
            verdict=verdict(
                hit(
                    exempt="example",
                    matches=(Match(condition="example", values={"number": "1", "score": "96"}),),
                ),
                rule="",
            )
        ),
        "exempt",
        ["why_example"],
    ),
    (
        "trial",
        posted("ad"),
        Decision(
            verdict=verdict(
                hit(mode=Mode.SHADOW, deletes=True, asks=True, waits=True), hit("flood")
            )
        ),
        "recorded",
        ["why_shadow", "why_also"],
    ),
    (
        "trial of a rule that only records",
        posted("ad"),
        Decision(verdict=verdict(hit(mode=Mode.SHADOW, strikes=0))),
        "shadow",
        ["why_shadow"],
    ),
    (
        "rule in ask mode",
        posted("ad"),
        Decision(
            step=Step.ASK,
            verdict=verdict(hit(mode=Mode.ASK)),
            cases=(case("asked", Step.ASK),),
        ),
        "ask",
        ["why_mode_ask", "why_step_ask"],
    ),
    (
        "brake",
        posted("ad"),
        Decision(verdict=verdict(hit(mode=Mode.SHADOW)), braked=("ad",)),
        "braked",
        ["why_braked"],
    ),
    (
        "backlog",
        LATE,
        Decision(step=Step.ASK, verdict=verdict(hit()), cases=(case("asked", Step.ASK),)),
        "ask",
        ["why_backlog", "why_step_ask"],
    ),
    (
        "waiting",
        posted("ad"),
        Decision(verdict=verdict(hit("wait", waits=True)), obligations=(duty(),)),
        "waits",
        ["why_waits"],
    ),
    (
        "cannot be seen from the start",
        posted("ad"),
        Decision(
            step=Step.ASK,
            verdict=verdict(hit("wait", waits=True)),
            cases=(case("asked", Step.ASK),),
        ),
        "ask",
        ["why_unverifiable", "why_step_ask"],
    ),
    (
        "asked, with nothing to wait for",
        posted("ad"),
        Decision(
            step=Step.ASK,
            verdict=verdict(hit("gone", waits=True)),
            cases=(case("asked", Step.ASK),),
        ),
        "ask",
        ["why_step_ask"],
    ),
    (
        "came, and cannot be seen well enough",
        PACKET,
        Decision(step=Step.ASK, settled=("o1",), cases=(case("asked", Step.ASK),)),
        "ask",
        ["why_unverifiable", "why_step_ask"],
    ),
    ("came in time", PACKET, Decision(settled=("o1",)), "met", ["why_met"]),
    (
        "nothing came",
        tick("obligation"),
        Decision(step=Step.WARN, settled=("o1",), strikes=(strike(),), cases=(case(),)),
        "warn",
        ["why_due_obligation", "why_strikes", "why_step_warn"],
    ),
    (
        "contested",
        posted("mistake"),
        Decision(strikes=(strike(-1),), cases=(case("contested"),)),
        "",
        ["why_taken_back", "why_case_contested"],
    ),
    (
        "answered",
        PRESSED,
        Decision(cases=(case("let_go"),)),
        "",
        ["why_pressed", "why_case_let_go"],
    ),
    (
        "stands",
        PRESSED,
        Decision(cases=(case(step=Step.NONE),)),
        "",
        ["why_pressed", "why_case_done"],
    ),
    ("joined", joined(), Decision(opened=(opened(),)), "", ["why_joined"]),
    ("joined, nobody to greet", joined(), Decision(), "", ["why_nothing"]),
    ("topic", TOPIC, Decision(), "", ["why_topic"]),
    (
        "undone",
        commanded(Undo(rule="ad", since=at(0))),
        Decision(cases=(case("overturned"),)),
        "",
        ["why_undone", "why_case_overturned"],
    ),
    ("released", commanded(Release(rule="ad")), Decision(), "", ["why_released"]),
    ("saved", commanded(Saved(file="rules.yaml", faults=2)), Decision(), "", ["why_saved"]),
    (
        "a rule that failed",
        posted("x"),
        Decision(faults=(RuleFault(rule="ad", error="ValueError"),)),
        "",
        ["why_fault"],
    ),
]


@pytest.mark.parametrize(
    ("event", "decision", "outcome", "reasons"),
    [row[1:] for row in TOLD],
    ids=[row[0] for row in TOLD],
)
def test_what_is_told(
    event: AnyEvent, decision: Decision, outcome: str, reasons: list[str]
) -> None:
    """Each kind of decision is told by its own sentences, in the order in which it came about."""
    told = explain(Decided(event=event, decision=decision), RULES)
    assert (outcome, reasons) == (told.outcome, [one.key for one in told.reasons])


def test_every_row_is_a_message_or_more() -> None:
    """The table has what it promises: messages, deadlines, joins, topics and answers."""
    kinds = {type(row[1]) for row in TOLD}
    commands = {OperatorCommanded}
    assert {MessagePosted, Tick, MemberJoined, TopicDue, ButtonPressed} | commands == kinds
