"""Where a word ends, by static tables: Latin-like words stand whole, CJK ones anywhere."""

from __future__ import annotations

import re
from typing import Final

from rules.text.tables import KINDS, MARK, NEAR, WORD

# Han with radicals and number signs, kana, bopomofo, Hangul and Yi, in every plane.
_CJK: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u30ff"
    "\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c"
    "\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)


def has_cjk(text: str) -> bool:
    """Tell whether a text holds a Chinese, Japanese, Korean or Yi character."""
    return _CJK.search(text) is not None


def is_word_char(char: str) -> bool:
    """Tell whether one character joins the Latin-like word beside it.

    True for letters and digits of the scripts that put spaces between words (Latin, Greek,
    Cyrillic, Arabic, Devanagari, …), their vowel signs, and the underscore; False for CJK, Thai
    and the like, where a word is looked for anywhere.
    """
    point = ord(char)
    return point < NEAR and KINDS[point] in (WORD, MARK)


def at_word_boundary(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` is cut out of no Latin-like word, at neither of its ends."""
    if start >= end:
        return True
    if start > 0 and is_word_char(text[start]) and is_word_char(text[start - 1]):
        return False
    return not (end < len(text) and is_word_char(text[end]) and is_word_char(text[end - 1]))
