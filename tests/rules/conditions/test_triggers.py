"""What a condition cannot hold without."""

from __future__ import annotations

import pytest

from rules.conditions import AllOf, AnyOf, KindIs, Not, Regex, Words
from rules.conditions.base import Condition
from rules.conditions.triggers import triggers_of
from rules.message import Kind

ADS = Words(number=3, list="ads")
OFFERS = Words(number=4, list="offers")
CONTACT = Regex(number=0)
CARD = KindIs(kinds=(Kind.CONTACT_CARD,))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (ADS, {3}),
        (CONTACT, {-1}),
        (CARD, None),
        (Not(condition=ADS), None),
        (AnyOf(conditions=(ADS, CONTACT)), {3, -1}),
        (AnyOf(conditions=(ADS, CARD)), None),
        (AnyOf(conditions=()), set()),
        (AllOf(conditions=(CARD, ADS)), {3}),
        (AllOf(conditions=(AnyOf(conditions=(ADS, CONTACT)), OFFERS)), {4}),
        (AllOf(conditions=(CARD, Not(condition=ADS))), None),
    ],
)
def test_a_condition_names_what_it_needs(condition: Condition, expected: set[int] | None) -> None:
    """A rule is skipped only where none of its triggers is in the message."""
    found = triggers_of(condition)

    assert (None if found is None else set(found)) == expected
