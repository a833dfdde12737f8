"""Tables for `kind` and `length`."""

from __future__ import annotations

import pytest

from rules.conditions.media import KindIs, Length
from rules.message import Kind, Message
from tests.builders import message, view

CARDS = (Kind.CONTACT_CARD, Kind.MINI_PROGRAM)

KINDS = [
    (CARDS, message("", Kind.CONTACT_CARD), "contact_card"),
    (CARDS, message("看", Kind.IMAGE, Kind.MINI_PROGRAM), "mini_program"),
    (CARDS, message("", Kind.MINI_PROGRAM, Kind.CONTACT_CARD), "mini_program、contact_card"),
    (CARDS, message("名片"), None),
    (CARDS, message("", Kind.UNKNOWN), None),
    ((Kind.UNKNOWN,), message("", Kind.UNKNOWN), "unknown"),
    ((Kind.TEXT,), message("好"), "text"),
    ((Kind.TEXT,), message("好", Kind.IMAGE), None),
    ((), message("好"), None),
]

LENGTHS = [
    (Length(at_least=600), "好" * 600, True),
    (Length(at_least=600), "好" * 599, False),
    (Length(at_most=2), "好的", True),
    (Length(at_most=2), "好的呢", False),
    (Length(at_most=2), "", False),
    (Length(at_least=2, at_most=3), "好", False),
    (Length(at_least=2, at_most=3), "好的呢", True),
    (Length(), "好", True),
]


@pytest.mark.parametrize(("kinds", "said", "found"), KINDS)
def test_any_part_may_be_of_the_kind(
    kinds: tuple[Kind, ...], said: Message, found: str | None
) -> None:
    """Each part that is not text is looked at; text is a kind only where there is nothing else."""
    answer = KindIs(kinds=kinds).ask(view(said))
    assert found == (answer and answer[0].values["kinds"])


@pytest.mark.parametrize(("condition", "text", "expected"), LENGTHS)
def test_length_includes_its_limits(condition: Length, text: str, expected: bool) -> None:
    """Limits are inclusive, and a picture without words is neither long nor short."""
    assert expected is (condition.ask(view(text)) is not None)


def test_the_evidence_of_length_is_the_whole_text() -> None:
    """Evidence has the limits of the rule and covers the text."""
    answer = Length(at_least=2).ask(view("好的呢"))
    assert answer is not None
    assert ({"at_least": "2"}, ((0, 3),)) == (answer[0].values, answer[0].spans)
