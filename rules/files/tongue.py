"""In which language a rule file is told of its faults: that in which it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

from rules.files.chinese_words import KEYS, WORDS
from rules.files.switches.lines import decoded
from rules.phrases import ENGLISH, Tongue


def _lines_with(keys: Iterable[str]) -> re.Pattern[str]:
    """A line that begins with one of the keys."""
    return re.compile(rf"^[ \t-]*(?:{'|'.join(keys)})[ \t]*[:：]", re.MULTILINE)


_CHINESE: Final = _lines_with(spelling for spellings in KEYS.values() for spelling in spellings)
_ENGLISH: Final = _lines_with(KEYS)
_LOCALE: Final = re.compile(
    rf"^(?:locale|{'|'.join(KEYS['locale'])})[ \t]*[:：][ \t]*[\"']?(?:zh|中文)", re.MULTILINE
)


def tongue_of(source: bytes | str) -> Tongue:
    """What to say about a file in the full form: Chinese if most of its keys are, or if it says so
    itself. Keys are called as most of them are in the file.
    """
    text = (decoded(source) or ("", ""))[0]
    chinese = len(_CHINESE.findall(text))
    if chinese and chinese >= len(_ENGLISH.findall(text)):
        return tongue("zh")
    return Tongue(_sentences(), nouns=WORDS) if _LOCALE.search(text) is not None else ENGLISH


@cache
def tongue(language: str) -> Tongue:
    """The language of a file that is written in it, zh or en, keys and all."""
    return ENGLISH if language == "en" else Tongue(_sentences(), KEYS, WORDS, WORDS)


@cache
def _sentences() -> Mapping[str, str]:
    """The Chinese sentence for each English one."""
    file = resources.files("rules.files").joinpath("phrases.zh.toml")
    return tomllib.loads(file.read_text("utf-8"))
