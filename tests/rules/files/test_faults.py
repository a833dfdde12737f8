"""Faults as values: their order, their line, and what was perhaps meant."""

from __future__ import annotations

import pytest

from rules.files.faults import Fault, Place, did_you_mean, in_order, nearest, one_of, quoted

KEYS = ["within", "strikes", "say", "do", "followed_by", "when_not_possible", "警告", "禁言"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("wihtin", "within"),
        ("strike", "strikes"),
        ("Within", "within"),
        ("folowd_by", "followed_by"),
        ("when-not-possible", "when_not_possible"),
        ("警搞", "警告"),
        ("dp", "do"),
        ("sya", "say"),
        ("", None),
        ("x", None),
        ("words", None),
        ("移出", None),
        ("saying", None),
    ],
)
def test_the_nearest_word_is_the_one_meant(word: str, expected: str | None) -> None:
    """A slip of a few letters names the word that was meant, another word names none."""
    assert expected == nearest(word, KEYS)


def test_order_of_choices_has_no_say() -> None:
    """Of words equally near the first in the alphabet is proposed, whatever their order."""
    assert "mate" == nearest("mute", ["muse", "mate"]) == nearest("mute", ["mate", "muse"])


def test_one_letter_is_never_taken_for_another() -> None:
    """A choice of a single letter is not near to everything of two."""
    assert None is nearest("ab", ["a"])


def test_hint_names_the_choice_or_says_nothing() -> None:
    """The hint is a question, and empty when nothing is near."""
    assert 'did you mean "say"?' == did_you_mean("sayy", KEYS)
    assert "" == did_you_mean("banana", KEYS)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(place=Place(line=3, column=7), message="odd"), "a.yaml:3:7: odd"),
        (
            Fault(place=Place(line=3, column=7), message="odd", hint="do", path="x.y"),
            "a.yaml:3:7: odd (do)",
        ),
        (
            Fault(place=Place(line=1, column=1), message="odd", level="warning"),
            "a.yaml:1:1: warning: odd",
        ),
    ],
)
def test_line_that_editors_jump_from(fault: Fault, expected: str) -> None:
    """A fault is rendered as `file:line:column: message (hint)`."""
    assert expected == fault.render("a.yaml")


def test_faults_stand_in_the_order_of_the_file() -> None:
    """Line 10 comes after line 9, and column 10 after column 9."""
    places = [(10, 1), (9, 10), (9, 9)]
    faults = [Fault(place=Place(line=a, column=b), message="x") for a, b in places]
    assert faults[::-1] == in_order(faults)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("群规", '"群规"'),
        ("say\u200b", '"say\\u200b"'),
        ("a\tb", '"a\\u0009b"'),
        ("字" * 41, '"' + "字" * 40 + '…"'),
    ],
)
def test_quoted_text_fits_a_line(text: str, expected: str) -> None:
    """What cannot be seen is written out, and what is long is cut."""
    assert expected == quoted(text)


def test_choices_are_listed_and_the_rest_counted() -> None:
    """Two choices have an "or", many are cut with a count."""
    assert '"a"' == one_of(["a"])
    assert '"a" or "b"' == one_of(["a", "b"])
    assert '"a", "b" or 2 others' == one_of(list("abcd"), at_most=2)
