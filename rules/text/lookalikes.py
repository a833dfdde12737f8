"""Letters that borrow their shape from another alphabet, inside words that mix alphabets.

A word of one alphabet is never touched, so Russian and Greek stay what they are.
"""

from __future__ import annotations

import re
from typing import Final

# Shapes of either case count, since text arrives here in lower case: `В` looks like `B`.
_TO_LATIN: Final = str.maketrans(
    "авекмнорстухіїјѕһԁԛԝ" + "αβεζηικνορτυχ",
    "abekmhopctyxiijshdqw" + "abezhikvoptyx",
)
_TO_CYRILLIC: Final = str.maketrans("abcehikmoptxy", "авсенікмортху")

_LATIN_LETTER: Final = re.compile("[a-z]")
_MIXED: Final = re.compile("[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]")
_WORD: Final = re.compile("[a-z\u0370-\u052f]+")
_FOREIGN: Final = re.compile("[\u0370-\u052f]")


def _one_alphabet(match: re.Match[str]) -> str:
    """Give a mixed word in Latin if all of it can be read so, else in Cyrillic, else as it is."""
    word = match[0]
    if not _MIXED.search(word):
        return word
    latin = word.translate(_TO_LATIN)
    if not _FOREIGN.search(latin):
        return latin
    cyrillic = word.translate(_TO_CYRILLIC)
    return word if _LATIN_LETTER.search(cyrillic) else cyrillic


def unmix(text: str) -> str:
    """Give a folded text, as long as it was, with each word of mixed alphabets in one of them."""
    if not _LATIN_LETTER.search(text) or not _MIXED.search(text):
        return text
    return _WORD.sub(_one_alphabet, text)
