"""Where words end: which characters make words, and which stand alone."""

from __future__ import annotations

import pytest

from rules.text import at_word_boundary, has_cjk, is_word_char


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("hello, мир ά ∑ 😀", False),
        ("abc中", True),
        ("〇", True),
        ("カ", True),
        ("한", True),
        ("\U00020000", True),
        ("\U000f0000", False),
        ("，。「", False),
        ("สวัสดี", False),
    ],
)
def test_has_cjk(text: str, expected: bool) -> None:
    """Words with a CJK character are told from words that stand whole."""
    assert expected is has_cjk(text)


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("azAZ09_éøωßйЖאठी", True),
        (" -.,'@#+%$/中カ한一〇สㅋ😀\U00020000\U0010ffff\ud800™", False),
    ],
)
def test_word_chars(chars: str, expected: bool) -> None:
    """Letters and digits of spaced scripts make words; ideographs and signs do not."""
    assert [expected] * len(chars) == [is_word_char(char) for char in chars]


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("vx", 0, 2, True),
        ("加vx吧", 1, 3, True),
        ("a vx b", 2, 4, True),
        ("avx", 1, 3, False),
        ("vxb", 0, 2, False),
        ("vx1", 0, 2, False),
        ("vx_", 0, 2, False),
        ("vx-1", 0, 2, True),
        ("a+v", 1, 3, True),
        ("v+a", 0, 2, True),
        ("a+vb", 1, 3, False),
        ("a中b", 1, 2, True),
        ("приvет", 3, 4, False),
        ("abc", 1, 1, True),
        ("abc", 3, 3, True),
    ],
)
def test_word_boundaries(text: str, start: int, end: int, expected: bool) -> None:
    """A Latin word matches only where it stands whole; CJK beside it is no part of it."""
    assert expected is at_word_boundary(text, start, end)
