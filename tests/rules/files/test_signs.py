"""Conditions by name: what a sign stands for, whose signs count, and signs that lead nowhere."""

from __future__ import annotations

import pytest

from rules.files import Loaded, load
from tests.library import Shelf

HEAD = "pack: test\n"
RULES = """\
rules:
  - { id: plain, title: A, when: { sign: contact }, then: {} }
  - { id: both, title: B, when: { all: [ sign: contact, sign: offer ] }, then: {} }
"""
BASE = """\
pack: base
signs:
  contact: { any: [ words: [加微信], sign: link ] }
  link: { link: any }
"""


def loaded(text: str) -> Loaded:
    """The file as it is loaded."""
    return load(HEAD + text, file="f", library=Shelf({"base": BASE}))


def faults(text: str) -> list[str]:
    """The faults as people see them."""
    return [fault.render("f") for fault in loaded(text).faults]


def test_a_sign_is_the_condition_it_stands_for() -> None:
    """A rule that names signs is compiled as if their conditions were written in it."""
    signs = "signs:\n  contact: { words: [加微信] }\n  offer: { not: { link: any } }\n"
    written = RULES.replace("sign: contact", "words: [加微信]")
    written = written.replace("sign: offer", "not: { link: any }")
    with_signs, without = loaded(signs + RULES).ruleset, loaded(written).ruleset
    assert with_signs is not None
    assert without is not None
    assert [one.when for one in without.rules] == [one.when for one in with_signs.rules]
    assert without.searched == with_signs.searched


def test_signs_of_a_pack_are_taken_over_and_replaced() -> None:
    """A file's sign takes the place of its pack's, also inside the pack's other signs."""
    own = "extends: [base]\nsigns:\n  offer: { words: [特价] }\n"
    replaced = own + "  link: { words: [网址] }\n"
    taken, mine = loaded(own + RULES).ruleset, loaded(replaced + RULES).ruleset
    assert taken is not None
    assert mine is not None
    assert (("加微信",), ("特价",)) == taken.searched.words
    assert (("加微信",), ("网址",), ("特价",)) == mine.searched.words


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "signs: { contact: { link: any }, offer: { link: any }, a: { sign: ofer } }\n",
            'f:2:67: there is no sign "ofer" (did you mean "offer"?)',
        ),
        (
            "signs: { contact: {link: any}, offer: {all: [not: {sign: a}]}, a: {sign: offer} }\n",
            'f:2:58: the sign "offer" leads back to itself (write out what it stands for)',
        ),
        (
            "signs: { contact: { link: { in: nowhere } }, offer: { link: any } }\n",
            'f:2:33: there is no list "nowhere" (lists: is where lists are written)',
        ),
        (
            "signs: { contact: { sign: [] }, offer: { link: any } }\n",
            "f:2:27: expected a text, found a list",
        ),
    ],
)
def test_a_sign_that_leads_nowhere_is_a_fault(text: str, fault: str) -> None:
    """Unknown signs, rings of signs, and what is wrong inside a sign are told at their place."""
    assert fault == faults(text + RULES)[0]


def test_a_rule_that_names_no_sign_is_told_where_they_are_written() -> None:
    """Where there are no signs at all, the section is named."""
    fault = 'f:3:42: there is no sign "contact" (signs: is where they are written)'
    assert fault == faults(RULES)[0]
