"""Texts as they come from platforms, made fit to be stored."""

from __future__ import annotations

import pytest

from rules.message import readable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("加微信🌱", "加微信🌱"),
        ("half \ud83c of one", "half \ufffd of one"),
        ("two halves \ud83c\udf31", "two halves 🌱"),
        ("a\0b", "ab"),
        ("加\0微信", "加微信"),
    ],
)
def test_what_cannot_be_stored_is_mended(text: str, expected: str) -> None:
    """Half characters and NUL never reach the journal; everything else stays as it was."""
    assert expected == readable(text)
