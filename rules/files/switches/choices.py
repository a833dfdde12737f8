"""Answers in whatever form they are written, and the nearest answer to what is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.fuzz import ratio

from rules.files.switches.numbers import in_digits
from rules.files.switches.switch import EN, ZH, Choice
from rules.files.switches.values import Picked
from rules.text import fold

_NEAR: Final = 45  # percent of letters in common: 三分钟发红包 is still 3分钟内补红包


def picked(text: str, choices: Sequence[Choice]) -> Picked | None:
    """The answer that a text is, in whatever form it is written; None if it is none."""
    for letters in dict.fromkeys((fold(text).letters, fold(in_digits(text)).letters)):
        for one in choices:
            for found in (pattern.fullmatch(letters) for pattern in one.patterns()):
                if found is not None:
                    n = int(found[1]) if found.groups() else None
                    return Picked(choice=one, n=n, language=_language_of(text))
    return None


def nearest(text: str, choices: Sequence[Choice], language: str) -> str:
    """The answer that was perhaps meant; "" if none is near."""
    letters = fold(in_digits(text)).letters
    number = re.search("[0-9]+", letters)
    n = min(int(number[0]), 60) if number is not None else None
    written = [one.written(language, n) for one in choices]
    scored = [(ratio(letters, fold(one).letters), -i) for i, one in enumerate(written)]
    best, at = max(scored, default=(0.0, 0))
    return written[-at] if best >= _NEAR else ""


def _language_of(text: str) -> str:
    return EN if text.isascii() else ZH
