"""A group's own rules, pasted as they are: which of them the bot can keep, and by what switch.

Sentences are looked up in a table; one that no line of it knows is left alone, never guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec
from msgspec import Struct

from bot.interview.usual import choice
from rules.text import fold

Language = Literal["zh", "en"]

MOST = 20_000  # characters that are read: no group's rules are longer
SHOWN = 24  # characters of a sentence that is quoted back
NICKNAME = "nickname"

SIGNS: Final = {"done": "✔", "partly": "◐", "left": "✋"}


class Mark(StrEnum):
    """How far the bot can do what a sentence asks for."""

    DONE = "done"
    PARTLY = "partly"
    LEFT = "left"


class Topic(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of sentence that groups write, what the bot answers, and the switch that it writes.

    `switch` and `choice` are keys of `rules.files.switches.table`; none where no line is written.
    """

    name: str
    pattern: str
    mark: Mark
    answer: str
    switch: str = ""
    choice: str = ""


class Finding(Struct, frozen=True, kw_only=True):
    """What became of a pasted sentence. `switch` is a key, `value` as a file has it, or both ""."""

    mark: Mark
    what: str
    answer: str
    switch: str = ""
    value: str = ""

    @property
    def line(self) -> str:
        """The finding as it is told."""
        return f"{SIGNS[self.mark]} {self.what}    {self.answer}"


def findings(text: str, language: Language) -> list[Finding]:
    """What can be kept of pasted rules, in their order; each subject once."""
    found: dict[str, Finding] = {}
    for sentence in _sentences(text[:MOST]):
        for one in _of(sentence, language):
            found.setdefault(one.switch or one.what, one)
    return list(found.values())


def blocklist(text: str) -> tuple[tuple[str, ...], str]:
    """The words of a block list that Rose or GroupHelp printed or was given, and the other text.

    Known forms: `/addblocklist "some words" reason`, and items below a line that says "blocklist"
    or "banned words". Words with a comma are left out: a list in a rule file is split there.
    """
    words: list[str] = []
    others: list[str] = []
    is_list = False
    for line in text[:MOST].splitlines():
        added, item = _ADDED.match(line), _ITEM.match(line)
        is_list = bool(_LIST_HEAD.search(line)) or (is_list and item is not None)
        if added is not None:
            words.append(added[1] or added[2])
        elif is_list and item is not None:
            words.append(item[1].strip('`"'))
        elif not is_list:
            others.append(line)
    kept = [word for word in words if word and not re.search("[,，、]", word)]
    return tuple(dict.fromkeys(kept)), "\n".join(others)


def lines(found: Sequence[Finding]) -> dict[str, str]:
    """What the pasted rules write: values by the keys of their switches."""
    return {one.switch: one.value for one in found if one.switch}


@cache
def topics(language: Language) -> tuple[Topic, ...]:
    """The table of a language."""
    source = resources.files("bot.interview").joinpath(f"pasted.{language}.toml")
    return tuple(msgspec.convert(tomllib.loads(source.read_text("utf-8"))["topic"], list[Topic]))


def _sentences(text: str) -> Iterator[str]:
    for line in _ENDS.split(text):
        sentence = _NUMBER.sub("", line).strip(_EDGES)
        if len(sentence) > 1:
            yield sentence


def _of(sentence: str, language: Language) -> Iterator[Finding]:
    folded = fold(sentence).text
    fitting = [one for one in topics(language) if re.search(one.pattern, folded)]
    first = {one.switch or one.name: one for one in reversed(fitting)}
    for topic in (one for one in fitting if first[one.switch or one.name] is one):
        yield _finding(topic, sentence, language)
    if not fitting:
        yield Finding(mark=Mark.LEFT, what=_short(sentence), answer=_UNKNOWN[language])


def _finding(topic: Topic, sentence: str, language: Language) -> Finding:
    value = _value(topic, sentence, language)
    what = f"{topic.name} {value}" if topic.switch == NICKNAME else topic.name
    return Finding(
        mark=topic.mark, what=what, answer=topic.answer, switch=topic.switch, value=value
    )


def _value(topic: Topic, sentence: str, language: Language) -> str:
    if topic.switch == NICKNAME:
        return _format_in(sentence)
    return choice(topic.switch, topic.choice, language) if topic.switch else ""


def _format_in(sentence: str) -> str:
    """The parts of a nickname as a group writes them: `名称+地区+职业` → `名称-地区-职业`."""
    found = _FORMAT.search(sentence)
    return "-".join(re.split(_JOINS, found[0])) if found is not None else ""


def _short(sentence: str) -> str:
    return f"“{sentence[:SHOWN]}…”" if len(sentence) > SHOWN else f"“{sentence}”"


_ADDED: Final = re.compile(
    r"\s*[/!](?:addblocklist|addblacklist|banword)\s+(?:[\"“](.+?)[\"”]|(\S+))"
)
_ITEM: Final = re.compile(r"\s*[-•*]\s+(.+?)\s*$")
_LIST_HEAD: Final = re.compile(r"(?i)block-?list|black-?list|banned words|违禁词|黑名单")
_EDGES: Final = " \t\u3000。；;!！·-—*•"
_ENDS: Final = re.compile(r"[\n\r。；;！!]+")
_NUMBER: Final = re.compile(
    r"^\s*(?:第?[0-9０-９一二三四五六七八九十]{1,3}\s*[、.．)）:：条]|[①-⑳]"
    r"|[(（][0-9一二三四五六七八九十]+[)）]|[-*•·])\s*"
)
_PART: Final = r"[\w\u4e00-\u9fff]{1,8}"
_JOINS: Final = r"\s*[+＋\-—－_/|｜·]\s*"
_FORMAT: Final = re.compile(rf"{_PART}(?:{_JOINS}{_PART}){{1,4}}")
_UNKNOWN: Final = {
    "zh": "这条我看不懂，先不管；要管可以写成自己的规矩",
    "en": "I don't know how to keep this one, so I leave it; it can become a rule of your own",
}
