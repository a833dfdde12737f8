"""Writing so as not to be found: what is taken for it, and what people simply type."""

from __future__ import annotations

import pytest

from rules.conditions import Length, Regex, Words
from rules.conditions.evasion import is_evasive
from rules.conditions.matchers import MatcherBuilder
from tests.builders import view


def evades(text: str) -> bool:
    """Whether a text evades a list of two words, which it must hold."""
    builder = MatcherBuilder()
    number = builder.add_words(["加微信", "free money"])
    seen = view(text, matchers=builder.build())
    evidence = Words(number=number, list="ads").ask(seen)
    assert evidence is not None, text
    return is_evasive(seen, evidence)


@pytest.mark.parametrize(
    "text",
    [
        "加微信",
        "想要的加微信，快",
        "加微信\u200b 快",
        "FREE MONEY",
        "ｆｒｅｅ ｍｏｎｅｙ",
        "請加微信",
    ],
)
def test_what_people_type_is_no_evasion(text: str) -> None:
    """Width, case and what stands beside the word are no evasion."""
    assert not evades(text)


@pytest.mark.parametrize(
    "text",
    [
        "加 微 信",
        "加-微-信",
        "加\u200b微信",
        "加。微信",
        "fr\u0435e money",
        "𝐟𝐫𝐞𝐞 money",
        "ⓕree money",
        "fr\u00adee money",
    ],
)
def test_what_hides_a_word_is_evasion(text: str) -> None:
    """Separators, invisible characters, look-alikes and dressed-up letters."""
    assert evades(text)


def test_patterns_are_looked_at_for_disguise_only() -> None:
    """A pattern may ask for separators itself; a number it matches may still be dressed up."""
    builder = MatcherBuilder()
    number = builder.add_pattern(r"v\W*x\W*\d+")
    matchers = builder.build()
    for text, expected in (("v x 123", False), ("v x ①23", True)):
        seen = view(text, matchers=matchers)
        evidence = Regex(number=number).ask(seen)
        assert evidence is not None
        assert expected is is_evasive(seen, evidence)


def test_what_is_no_finding_in_the_text_is_no_evasion() -> None:
    """A length marks the whole text, and says nothing about how it is written."""
    seen = view("a\u200bb")
    evidence = Length(at_least=1).ask(seen)
    assert evidence is not None
    assert not is_evasive(seen, evidence)
