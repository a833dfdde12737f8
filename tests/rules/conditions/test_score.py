"""Scores: weights, caps, thresholds, and which rules may be passed over."""

from __future__ import annotations

import pytest

from rules.conditions import KindIs, Length, Score, Words
from rules.conditions.base import View
from rules.conditions.matchers import MatcherBuilder
from rules.conditions.score import Signal, asks_for_review, score_of
from rules.conditions.triggers import triggers_of
from rules.message import Kind
from tests.builders import message, view

BUILDER = MatcherBuilder()
OFFER = BUILDER.add_words(["日结", "兼职", "高薪"])
CONTACT = BUILDER.add_words(["加微信"])
MATCHERS = BUILDER.build()
OFFERS = Signal(name="offer", when=Words(number=OFFER, list="o"), weight=2, cap=4)
CONTACTS = Signal(name="contact", when=Words(number=CONTACT, list="c"), weight=3, cap=3)
LONG = Signal(name="long", when=Length(at_least=10), weight=1, cap=1)
SCORE = Score(signals=(OFFERS, CONTACTS, LONG), review=4, block=7)


def seen(text: str) -> View:
    """A message as the condition sees it."""
    return view(text, matchers=MATCHERS)


@pytest.mark.parametrize(
    ("text", "score", "outcome"),
    [
        ("你好", 0, ""),
        ("兼职", 2, ""),
        ("加微信", 3, ""),
        ("兼职日结", 4, "review"),
        ("兼职日结高薪", 4, "review"),
        ("兼职加微信", 5, "review"),
        ("兼职日结加微信", 7, "block"),
        ("兼职日结高薪，快来加微信吧", 8, "block"),
    ],
)
def test_weights_add_up_to_their_caps(text: str, score: int, outcome: str) -> None:
    """Each place counts, up to the cap; between review and block an admin is asked."""
    evidence = SCORE.ask(seen(text))
    if not outcome:
        assert evidence is None
        return
    assert evidence is not None
    found = score_of(evidence)
    assert found is not None
    assert (str(score), outcome) == (found.values["score"], found.values["outcome"])
    assert (outcome == "review") is asks_for_review(evidence)


def test_the_evidence_lists_what_counted() -> None:
    """Every signal with its points, its own evidence behind it, and none that did not count."""
    evidence = SCORE.ask(seen("兼职日结加微信"))
    assert evidence is not None
    assert "offer +4、contact +3" == evidence[0].values["signals"]
    assert ["score", "words", "words"] == [match.condition for match in evidence]
    assert "7" == evidence[0].values["at_least"]
    assert None is score_of(evidence[1:])
    assert not asks_for_review(evidence[1:])


def test_a_signal_without_a_place_counts_once() -> None:
    """A kind marks nothing in the text, and is worth its weight."""
    card = Signal(name="card", when=KindIs(kinds=(Kind.CONTACT_CARD,)), weight=3, cap=9)
    alone = Score(signals=(card,), block=3)
    said = view(message("", Kind.CONTACT_CARD))
    evidence = alone.ask(said)
    assert evidence is not None
    assert "3" == evidence[0].values["score"]
    assert 3 == alone.least


def test_a_score_ends_at_a_hundred() -> None:
    """However much comes together."""
    signals = tuple(
        Signal(name=str(n), when=Length(at_least=1), weight=40, cap=40) for n in range(3)
    )
    evidence = Score(signals=signals, block=50).ask(seen("a"))
    assert evidence is not None
    assert "100" == evidence[0].values["score"]


def test_a_score_is_passed_over_where_it_cannot_be_reached() -> None:
    """Signals that need no word reach 1 of 4: some word must be there. With review at 1 none."""
    assert frozenset({OFFER, CONTACT}) == triggers_of(SCORE)
    low = Score(signals=(OFFERS, LONG), review=1, block=4)
    assert None is triggers_of(low)
