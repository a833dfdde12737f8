"""What a rule found, would have done, and where it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.decision import Decision, Match, Mode, Step
from rules.entries import Decided, Result
from rules.explain import Reason, explain, marks_of, outcome_of
from tests.builders import posted
from tests.rules.explain.values import (
    ACTIONS,
    RULES,
    case,
    duty,
    hit,
    receipt,
    strike,
    tick,
    verdict,
)


def test_would_have() -> None:
    """A trial says everything that its rule would have done, and a silent rule that it notes."""
    full = hit(mode=Mode.SHADOW, waits=True, deletes=True, asks=True, says=True)
    told = explain(Decided(event=posted("x"), decision=Decision(verdict=verdict(full))), RULES)
    would = ("would_wait", "would_delete", "would_count", "would_ask", "would_say")
    assert would == told.reasons[0].terms["would"]
    silent = Decision(verdict=verdict(hit(mode=Mode.SHADOW, strikes=0)))
    told = explain(Decided(event=posted("x"), decision=silent), RULES)
    assert ("would_note",) == told.reasons[0].terms["would"]


def test_rule_and_place() -> None:
    """The rule is named with file and line, but only of the rule set in force."""
    decision = Decision(rules="d1", verdict=verdict(hit()), cases=(case(),))
    told = explain(Decided(event=posted("x"), decision=decision), RULES)
    assert ("ad", "Ad", "demo.yaml:7", "d1", 17) == (
        told.rule, told.title, told.place, told.digest, told.case,
    )  # fmt: skip
    older = Decision(rules="d0", verdict=verdict(hit()))
    assert explain(Decided(event=posted("x"), decision=older), RULES).place == ""


def test_rule_of_a_deadline() -> None:
    """A decision that no message made names the rule of its strike or case."""
    due = Decision(rules="d1", strikes=(strike(),))
    told = explain(Decided(event=tick("obligation"), decision=due), RULES)
    assert ("ad", "Ads", "demo.yaml:7") == (told.rule, told.title, told.place)
    told = explain(Decided(event=tick("case"), decision=Decision(cases=(case("let_go"),))), RULES)
    assert ("ad", "Ads", "") == (told.rule, told.title, told.place)
    told = explain(Decided(event=tick("greeting")), RULES)
    assert ("", "") == (told.rule, told.title)


EVIDENCE: list[tuple[Match, Reason]] = [
    (
        Match(condition="words", values={"list": "ads", "words": "a、b"}),
        Reason(key="why_words", values={"list": "ads"}, lists={"words": ("a", "b")}),
    ),
    (
        Match(condition="rate", values={"messages": "6", "within": "10s", "per": "member"}),
        Reason(
            key="why_rate",
            values={"messages": "6"},
            spans={"within": timedelta(seconds=10)},
            terms={"per": ("per_member",)},
        ),
    ),
    (
        Match(
            condition="rate",
            values={"messages": "3", "within": "1h", "per": "member", "kinds": "voice"},
        ),
        Reason(
            key="why_rate_kinds",
            values={"messages": "3"},
            spans={"within": timedelta(hours=1)},
            terms={"per": ("per_member",), "kinds": ("kind_voice",)},
        ),
    ),
    (
        Match(condition="kind", values={"kinds": "contact_card、poll"}),
        Reason(key="why_kind", terms={"kinds": ("kind_contact_card", "kind_poll")}),
    ),
    (
        Match(condition="length", values={"at_least": "600"}),
        Reason(key="why_length_at_least", values={"at_least": "600"}),
    ),
    (
        Match(condition="who", values={"is_a": "newcomer", "joined_less_than": "24h"}),
        Reason(
            key="why_who_is_a_joined_less_than",
            spans={"joined_less_than": timedelta(hours=24)},
            terms={"is_a": ("who_newcomer",)},
        ),
    ),
    (
        Match(condition="regex", values={"pattern": "a" * 61}),
        Reason(key="why_regex_long", values={"pattern": "a" * 61}),
    ),
    (Match(condition="link", values={"links": "2"}), Reason(key="why_link", values={"links": "2"})),
    (
        Match(condition="link", values={"links": "2", "sites": "t.me"}),
        Reason(key="why_link_sites", values={"links": "2"}, lists={"sites": ("t.me",)}),
    ),
]


@pytest.mark.parametrize(("match", "reason"), EVIDENCE)
def test_evidence(match: Match, reason: Reason) -> None:
    """The evidence of a condition becomes one sentence with the rule's values."""
    decision = Decision(verdict=verdict(hit(matches=(match,))))
    assert reason == explain(Decided(event=posted("x"), decision=decision), RULES).reasons[0]


def test_marks() -> None:
    """Marks are in order, overlapping ones are one, and an empty one marks nothing."""
    first = Match(condition="words", spans=((6, 9), (2, 4), (5, 5)))
    second = Match(condition="like", spans=((3, 6), (9, 10)))
    decision = Decision(verdict=verdict(hit(matches=(first,)), hit("b", matches=(second,))))
    assert ((2, 6), (6, 9), (9, 10)) == marks_of(decision)


def test_outcome_is_the_step() -> None:
    """A step says it all, whatever else was decided."""
    decision = Decision(step=Step.MUTE, obligations=(duty(),), braked=("ad",))
    assert outcome_of(decision) == "mute"


def test_receipts() -> None:
    """What was done is one sentence; what was done otherwise, or not, has one each."""
    delivered = {
        "a0": receipt("a0", Result.DONE, "Delete"),
        "a1": receipt("a1", Result.DONE, "Say"),
        "a2": receipt("a2", Result.DONE, "Say"),
        "a3": receipt("a3", Result.DEGRADED),
        "a4": receipt("a4", Result.DEGRADED, "Tell"),
        "a5": receipt("a5", Result.UNKNOWN),
    }
    entry = Decided(event=posted("x"), decision=Decision(actions=ACTIONS))
    told = explain(entry, RULES, delivered).reasons
    assert [
        ("why_done", {"actions": ("action_delete", "action_say")}),
        ("why_cannot_mute", {"action": ("action_mute",), "did": ()}),
        ("why_instead", {"action": ("action_remove",), "did": ("action_tell",)}),
        ("why_unknown", {"action": ("action_ask",)}),
        ("why_open", {"action": ("action_unmute",)}),
    ] == [(one.key, one.terms) for one in told]
