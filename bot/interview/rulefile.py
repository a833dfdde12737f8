"""The first rule file: at most fifteen plain lines from the answers, more if rules were pasted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.interview.pasted import Language
from bot.interview.questions import Answers, words
from bot.interview.usual import choice, usual
from rules.files.switches.table import BY_KEY, SWITCHES
from rules.files.switches.write import scalar

FROM_KIND = ("newcomer_links", "flood", "scams", "insults", "night")
"""Switches that a first file shows as the kind of group sets them."""

FROM_PASTED = ("links", "cards", "begging", "private", "nickname", "forbidden")
"""Switches that stand in a first file only if the group's own rules speak of them."""

EXPLAINED = ("mode", "ads", "flood")
"""Switches whose other answers stand behind them, so that people see what they may write."""

_NEXT = re.compile("[,，、;；]")
_COMMENT = re.compile(r"\s+#(?=\s|$)")  # NFKC has made a # of ＃

COMMENTS_FROM = 25  # columns; the longest usual answer has 20


def first_file(answers: Answers, pasted: Mapping[str, str], language: Language) -> str:
    """The text of the file. `pasted` holds values by the keys of their switches."""
    spoken = words(language)
    lines = dict(_lines(answers, pasted, language))
    head = spoken.head.format(name=answers.name.rstrip("*") or spoken.name)
    written = [
        _line(f"{switch.names(language)[0]}: {lines[switch.key]}", switch.key, language)
        for switch in SWITCHES  # in the order of a clean file
        if lines.get(switch.key)
    ]
    return "\n".join([head, *written]) + "\n"


def _lines(
    answers: Answers, pasted: Mapping[str, str], language: Language
) -> Iterator[tuple[str, str]]:
    """The values by switch, each as a clean file has it."""
    spoken = words(language)
    yield "groups", _pattern(answers.name)
    yield "kind", choice("kind", answers.kind, language)
    yield "owner", _written(answers.owner) or spoken.owner
    yield "admin_chat", _written(answers.admin_chat)
    yield "mode", choice("mode", "shadow", language)
    yield "ads", pasted.get("ads") or choice("ads", answers.ads, language)
    for key in FROM_KIND:
        yield key, pasted.get(key) or usual(answers.kind, key).written(language)
    for key in FROM_PASTED:
        yield key, pasted.get(key, "")
    yield "welcome", spoken.welcome


def _pattern(name: str) -> str:
    """What the groups' titles begin with: the name, up to where a list of names would go on."""
    begins = _NEXT.split(name.lstrip("@"))[0].strip().rstrip("*")
    return _written(f"{begins}*") if begins else '"*"'


def _written(name: str) -> str:
    """A name as the file has it: no @ before it, no sign of a comment, quotes if needed."""
    said = _COMMENT.sub("#", name.lstrip("@"))
    return scalar(said) if said else ""


def _line(line: str, key: str, language: Language) -> str:
    if key not in EXPLAINED:
        return line
    answers = " / ".join(one.written(language) for one in BY_KEY[key].choices)
    return f"{line}{' ' * max(2, COMMENTS_FROM - _width(line))}# {answers}"


def _width(text: str) -> int:
    """How many columns a terminal gives to a text: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
