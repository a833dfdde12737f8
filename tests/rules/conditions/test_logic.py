"""Tables for `any`, `all` and `not`, and for the table of families."""

from __future__ import annotations

import pytest

from rules.conditions import FAMILIES
from rules.conditions.base import Condition
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.conditions.media import KindIs, Length
from rules.message import Kind
from tests.builders import view

TEXT = KindIs(kinds=(Kind.TEXT,))
SHORT = Length(at_most=3)
LONG = Length(at_least=9)

ROWS: list[tuple[Condition, list[str] | None]] = [
    (AnyOf(conditions=(TEXT, LONG, SHORT)), ["kind", "length"]),
    (AnyOf(conditions=(LONG,)), None),
    (AnyOf(conditions=(LONG, Not(condition=LONG))), []),
    (AnyOf(conditions=()), None),
    (AllOf(conditions=(SHORT, TEXT)), ["length", "kind"]),
    (AllOf(conditions=(TEXT, LONG, SHORT)), None),
    (AllOf(conditions=()), None),
    (AllOf(conditions=(TEXT, Not(condition=LONG))), ["kind"]),
    (Not(condition=LONG), []),
    (Not(condition=TEXT), None),
    (Not(condition=Not(condition=TEXT)), []),
    (AnyOf(conditions=(AllOf(conditions=(TEXT, SHORT)), TEXT)), ["kind", "length", "kind"]),
]


@pytest.mark.parametrize(("condition", "expected"), ROWS)
def test_logic_keeps_the_evidence(condition: Condition, expected: list[str] | None) -> None:
    """All evidence is kept in the file's order; a `not` has none, an empty list no match."""
    answer = condition.ask(view("好的"))
    assert expected == (None if answer is None else [match.condition for match in answer])


def test_every_family_can_be_asked() -> None:
    """The table names each condition once, and each of them answers."""
    assert len(FAMILIES) == len(set(FAMILIES.values())) > 10
    assert all(callable(getattr(family, "ask", None)) for family in FAMILIES.values())
