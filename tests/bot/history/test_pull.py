"""JSON in pieces: the same values whatever the pieces are, and broken text found where it is."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.history import pull as pull_module
from bot.history.pull import BrokenJsonError, EndOfJsonError, Pull

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def pieces(text: str, size: int) -> list[bytes]:
    """The bytes of a text in pieces, cutting characters too."""
    whole = text.encode("utf-8", "surrogatepass")
    return [whole[at : at + size] for at in range(0, len(whole), size)]


def all_of(pull: Pull) -> dict[str, object]:
    """Every member of the object that begins here."""
    return {key: pull.value() for key in pull.members()}


@given(value=st.dictionaries(st.text(), VALUES), size=st.integers(1, 40), indent=st.booleans())
def test_values_do_not_depend_on_the_pieces(
    value: dict[str, object], size: int, indent: bool
) -> None:
    """Every value of an object comes out as it went in, wherever the text was cut."""
    text = json.dumps(value, ensure_ascii=True, indent=1 if indent else None)
    pull = Pull(pieces(text, size))
    assert value == all_of(pull)
    assert "" == pull.peek()


@given(value=VALUES, size=st.integers(1, 40))
def test_skipping_goes_exactly_over_one_value(value: object, size: int) -> None:
    """Whatever is skipped, reading goes on right behind it."""
    pull = Pull(pieces(json.dumps([value, 42]), size))
    seen = []
    for place in pull.places():
        pull.skip() if place == 1 else seen.append(pull.value())
    assert [42] == seen


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EndOfJsonError),
        ("{", EndOfJsonError),
        ('{"a": 1', EndOfJsonError),
        ('{"a": "never ends', EndOfJsonError),
        ('{"a" 1}', BrokenJsonError),
        ("{1: 2}", BrokenJsonError),
        ('{"a": 1 "b": 2}', BrokenJsonError),
        ('{"a": nothing at all here}' + " " * 50, BrokenJsonError),
        ("[1]", BrokenJsonError),
        ('{"a": ' + "[" * 200_000 + "}", BrokenJsonError),
    ],
)
def test_broken_text_is_found(text: str, error: type[Exception]) -> None:
    """A text that is no JSON raises, and one that only ends too early says so."""
    pull = Pull(pieces(text, 1000))
    with pytest.raises(error):
        all_of(pull)


def test_skipping_to_the_end_of_a_cut_text_is_found() -> None:
    """A value that never closes cannot be skipped."""
    with pytest.raises(EndOfJsonError):
        Pull([b'{"a": [1, 2']).skip()


def test_a_value_too_large_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """One value may not fill the memory."""
    monkeypatch.setattr(pull_module, "LARGEST", 1000)
    with pytest.raises(BrokenJsonError):
        Pull(pieces('"' + "x" * 100_000, 100)).value()


def test_finding_goes_on_over_pieces() -> None:
    """A pattern is found though it is cut in two, and reading goes on there."""
    pull = Pull(pieces("?" + "garbage " * 1000 + '{"id": 7}', 10))
    assert pull.find(re.compile(r'\{"id"'))
    assert {"id": 7} == pull.value()
    assert not pull.find(re.compile("nothing"))


def test_what_was_read_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory holds what is being read, not what is done."""
    monkeypatch.setattr(pull_module, "_CUT_AFTER", 100)
    text = json.dumps(["x" * 50] * 1000)
    pull = Pull(pieces(text, 64))
    longest = 0
    for _ in pull.places():
        pull.value()
        longest = max(longest, len(pull._text))
    assert longest < 1000 < len(text)
