"""Conditions of rule files to conditions that can be asked, with the lists that they need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from rules.conditions.addresses import LinkIs
from rules.conditions.base import Condition
from rules.conditions.clock import TimeOfDay
from rules.conditions.likeness import Like
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.conditions.media import KindIs, Length
from rules.conditions.names import Nickname
from rules.conditions.pace import Rate, Repeat
from rules.conditions.patterns import On, Regex
from rules.conditions.score import Score, Signal
from rules.conditions.who import Who
from rules.conditions.words import Words
from rules.files.schema_when import (
    LengthWhen,
    LikeWhen,
    LinkWhen,
    NicknameWhen,
    RateWhen,
    RegexWhen,
    RepeatWhen,
    ScoreWhen,
    TimeWhen,
    When,
    WhoWhen,
    WordsWhen,
)
from rules.message import Kind
from rules.ruleset import Searched

T = TypeVar("T")

HERE: Final = ""
"""The name, in the evidence, of a list whose words stand in the rule itself."""


class Compiler:
    """Compiles the conditions of one file; what they search for is collected on the way.

    No sign may lead back to itself: `rules.files.lint` sees to that.
    """

    def __init__(
        self,
        lists: Mapping[str, tuple[str, ...]],
        signs: Mapping[str, When] | None = None,
        known: Searched = Searched(),
    ) -> None:
        self.lists = lists
        self.signs = signs or {}
        self._words = list(known.words)
        self._patterns = list(known.patterns)
        self._templates = list(known.templates)

    def condition(self, when: When) -> Condition:
        """What `when` describes. It has exactly one key: `rules.files.lint` sees to that."""
        key = next(key for key in _MAKERS if getattr(when, key) is not None)
        return _MAKERS[key](self, getattr(when, key))

    def words(self, words: tuple[str, ...]) -> int:
        """The number of a word list."""
        return _number(self._words, words)

    def templates(self, templates: tuple[str, ...]) -> int:
        """The number of a list of whole texts."""
        return _number(self._templates, templates)

    def pattern(self, pattern: str, on: On) -> int:
        """The number of a regular expression."""
        return _number(self._patterns, (pattern, on))

    def searched(self) -> Searched:
        """Every list and pattern, in the order of their numbers."""
        return Searched(
            words=tuple(self._words),
            patterns=tuple(self._patterns),
            templates=tuple(self._templates),
        )


def _number(known: list[T], one: T) -> int:
    if one not in known:
        known.append(one)
    return known.index(one)


def _any(compiler: Compiler, parts: tuple[When, ...]) -> Condition:
    return AnyOf(conditions=tuple(map(compiler.condition, parts)))


def _all(compiler: Compiler, parts: tuple[When, ...]) -> Condition:
    return AllOf(conditions=tuple(map(compiler.condition, parts)))


def _not(compiler: Compiler, part: When) -> Condition:
    return Not(condition=compiler.condition(part))


def _sign(compiler: Compiler, name: str) -> Condition:
    return compiler.condition(compiler.signs[name])


def _words(compiler: Compiler, when: WordsWhen) -> Condition:
    words = compiler.lists[when.list_] if when.list_ is not None else when.words or ()
    number = compiler.words(words)
    return Words(number=number, list=when.list_ or HERE, at_least=when.at_least)


def _regex(compiler: Compiler, when: RegexWhen) -> Condition:
    return Regex(number=compiler.pattern(when.pattern, when.on), on=when.on)


def _like(compiler: Compiler, when: LikeWhen) -> Condition:
    number = compiler.templates(compiler.lists[when.list_])
    return Like(number=number, list=when.list_, at_least=when.at_least)


def _link(compiler: Compiler, when: LinkWhen) -> Condition:
    among = compiler.lists[when.in_] if when.in_ is not None else None
    allowed = compiler.lists[when.not_in] if when.not_in is not None else None
    return LinkIs(allowed=allowed, among=among)


def _kind(_: Compiler, kinds: tuple[Kind, ...]) -> Condition:
    return KindIs(kinds=kinds)


def _rate(_: Compiler, when: RateWhen) -> Condition:
    return Rate(messages=when.messages, within=when.within, per=when.per, kinds=when.kind)


def _repeat(_: Compiler, when: RepeatWhen) -> Condition:
    return Repeat(
        times=when.times,
        within=when.within,
        similar=when.similar,
        per=when.per,
        min_length=when.min_length,
    )


def _who(_: Compiler, when: WhoWhen) -> Condition:
    return Who(
        is_a=when.is_,
        joined_less_than=when.joined_less_than,
        messages_fewer_than=when.messages_fewer_than,
    )


def _time(_: Compiler, when: TimeWhen) -> Condition:
    begins, ends = when.between
    return TimeOfDay(between=(begins.time, ends.time), days=when.days)


def _length(_: Compiler, when: LengthWhen) -> Condition:
    return Length(at_least=when.at_least, at_most=when.at_most)


def _nickname(_: Compiler, when: NicknameWhen) -> Condition:
    return Nickname(format=when.format)


def _score(compiler: Compiler, when: ScoreWhen) -> Condition:
    signals = tuple(
        Signal(
            name=one.name,
            when=compiler.condition(one.when),
            weight=one.weight,
            cap=one.cap or one.weight,
        )
        for one in when.signals
    )
    return Score(signals=signals, block=when.block, review=when.review)


_MAKERS: Final[dict[str, Callable[[Compiler, Any], Condition]]] = {
    "any_": _any,
    "all_": _all,
    "not_": _not,
    "sign": _sign,
    "words": _words,
    "regex": _regex,
    "like": _like,
    "link": _link,
    "kind": _kind,
    "rate": _rate,
    "repeat": _repeat,
    "who": _who,
    "time": _time,
    "length": _length,
    "nickname": _nickname,
    "score": _score,
}
