"""Whether a text was written so as not to be found: what folding undoes that nobody types so."""

from __future__ import annotations

import re
from typing import Final

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.text import fold

_FOUND_IN_TEXT: Final = ("words", "regex", "like")
# Marks without a width or a shape, written as what they are: the running Python is not asked.
_HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0]"
)
# Letters and digits in circles, squares and brackets, raised and lowered, of mathematics.
_DRESSED: Final = re.compile(
    "[\u00b2\u00b3\u00b9\u1d00-\u1dbf\u2070-\u209f\u2100-\u214f\u2460-\u24ff\u2776-\u2793"
    "\u3200-\u33ff\U0001d400-\U0001d7ff\U0001f100-\U0001f18f]"
)
# Latin beside Greek or Cyrillic within one word.
_MIXED: Final = re.compile("[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")


def is_evasive(view: View, evidence: Evidence) -> bool:
    """Whether something was found that width, case and traditional characters do not explain.

    Looked at are only the places that were found: for words separators that the list's word does
    not have, for words, patterns and likeness invisible, dressed-up and look-alike characters.
    """
    raw = view.folded.raw
    return any(
        _is_disguised(raw[start:end]) or _is_parted(raw[start:end], match)
        for match in evidence
        if match.condition in _FOUND_IN_TEXT
        for start, end in match.spans
    )


def _is_disguised(part: str) -> bool:
    return bool(_HIDDEN.search(part) or _DRESSED.search(part) or _MIXED.search(part))


def _is_parted(part: str, match: Match) -> bool:
    if match.condition != "words":
        return False
    return fold(part).text not in {fold(word).text for word in match.values["words"].split("、")}
