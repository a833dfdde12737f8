"""Nodes to plain data, and pydantic's locs to places in the file."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rules.files.data import path_of, place_of, plain
from rules.files.faults import Place
from rules.files.nodes import Node, read


def root_of(text: str) -> Node:
    """The root of a text without a fault."""
    root, faults = read(text)
    assert [] == faults
    assert root is not None
    return root


def test_plain_data_is_what_was_typed() -> None:
    """Texts stay texts, nothing is None, and of equal keys the first counts."""
    root, faults = read("a: 1\nb:\nc: ''\nd: [x, {e: no}, ~]\na: 2\n")
    assert 1 == len(faults)
    assert root is not None
    expected = {"a": "1", "b": None, "c": "", "d": ["x", {"e": "no"}, "~"]}
    assert expected == plain(root)


TREE = "when:\n  words: {list: a, any: b}\n  any: [x, {y: z}]\nlast: 1\n"


@pytest.mark.parametrize(
    ("loc", "key", "expected"),
    [
        ((), False, (1, 1)),
        ((), True, (1, 1)),
        (("when",), False, (2, 3)),
        (("when",), True, (1, 1)),
        (("when", "words", "list"), False, (2, 17)),
        (("when", "words", "list"), True, (2, 11)),
        (("when", "words", "words", "list"), False, (2, 17)),
        (("when", "words", "last"), False, (2, 10)),
        (("when", "AnyOf", "any", 1, "y"), False, (3, 16)),
        (("when", "any", 0), True, (3, 9)),
        (("when", "any", 7), False, (3, 8)),
        (("when", "words", 0), False, (2, 10)),
        (("nowhere", "last", "[key]"), True, (4, 1)),
        (("nowhere",), True, (1, 1)),
    ],
)
def test_a_loc_leads_as_far_as_the_file_goes(
    loc: Sequence[str | int], key: bool, expected: tuple[int, int]
) -> None:
    """Segments that are not in the file are passed over; what remains is the nearest place."""
    line, column = expected
    assert Place(line=line, column=column) == place_of(root_of(TREE), loc, key=key)


def test_a_label_that_is_also_a_key_is_seen_through() -> None:
    """A union's label that equals a key leads to the mapping, once the next segment shows it."""
    root = root_of("words: {list: a}\nwrods: 1\n")
    assert Place(line=2, column=1) == place_of(root, ("words", "wrods"), key=True)


@pytest.mark.parametrize(
    ("loc", "expected"),
    [((), ""), (("rules", 0, "then", "say"), "rules[0].then.say"), ((3, "a"), "[3].a")],
)
def test_a_path_is_written_with_dots(loc: Sequence[str | int], expected: str) -> None:
    """Keys are joined by dots, numbers stand in brackets."""
    assert expected == path_of(loc)
