"""Values that rule files write in their own way: `10s`, `5%`, `>=50`, `23:00`, `1/30m`, `d2 11:00`.

Each reader takes the text of one value and raises `ValueRefused`, in a sentence for operators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from rules.conditions.names import parts_of
from rules.conditions.values import as_written
from rules.files.chinese import chinese_words, english_word
from rules.files.faults import did_you_mean, one_of, quoted, words_of
from rules.files.refusals import ValueRefused, expected, unlike
from rules.phrases import NOTHING, Phrase, phrase
from rules.text import fold

LONGEST: Final = timedelta(days=3650)  # ten years: what a file says is meant to happen
OFF: Final = "off"

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LENGTH: Final = re.compile(r"([0-9]{1,9})([smhd])")
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_DAY: Final = re.compile(r"d([0-9]{1,4}) +(.+)")
_PLAINLY_A_WORD: Final = re.compile("[0-9A-Za-z\u4e00-\u9fff]")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONEY: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_SHA256: Final = re.compile(r"[0-9A-Fa-f]{64}")
_BOOLS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Clock(NamedTuple):
    """A time of day as written: `exact` if its seconds were written too."""

    time: time
    exact: bool


class Moment(NamedTuple):
    """A time in a timeline test: the day, from 1, and the time of day."""

    day: int
    time: time
    exact: bool


class Pace(NamedTuple):
    """So many times within a length of time."""

    times: int
    within: timedelta


class Start(NamedTuple):
    """A step of the ladder, by its number from 1 or by what it does and how long."""

    number: int = 0
    do: str = ""
    length: timedelta | None = None


def is_off(text: str) -> bool:
    """Whether a text is `off`, in either language."""
    return english_word(text, (OFF,)) == OFF


def length(text: str) -> timedelta:
    """`10s`, `5m`, `2h` or `7d`: more than nothing, at most ten years."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        hint = phrase("a length of time is never negative") if text.startswith("-") else NOTHING
        raise unlike(phrase("a length of time like 10s, 5m, 2h or 7d"), text, hint)
    count, unit = int(found[1]), found[2]
    if count == 0:
        raise unlike(phrase("a length of time above zero"), text)
    if count > LONGEST // timedelta(**{_UNITS[unit]: 1}):
        raise unlike(phrase("a length of time of at most 3650d"), text)
    return timedelta(**{_UNITS[unit]: count})


def at_most(limit: timedelta, why: Phrase) -> Callable[[timedelta], timedelta]:
    """A check that a length of time is within what can be known."""

    def check(value: timedelta) -> timedelta:
        if value > limit:
            most = phrase("at most {limit}", limit=as_written(limit))
            raise expected(most, phrase("{text}", text=as_written(value)), why)
        return value

    return check


def number(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from `low` to `high`, both included."""

    def read(text: str) -> int:
        if _NUMBER.fullmatch(text) is None or not low <= int(text) <= high:
            what = phrase("a whole number from {low} to {high}", low=low, high=high)
            raise unlike(what, text)
        return int(text)

    return read


def percent(text: str) -> int:
    """`1%` to `100%`."""
    digits = text.removesuffix("%")
    if digits == text or _NUMBER.fullmatch(digits) is None or not 1 <= int(digits) <= 100:
        is_number = digits == text and _NUMBER.fullmatch(text) is not None
        hint = phrase("did you mean {digits}%?", digits=digits) if is_number else NOTHING
        raise unlike(phrase("a share from 1% to 100%"), text, hint)
    return int(digits)


def switch(text: str) -> bool:
    """`true` or `false`, also `yes`, `no`, `on`, `off`, and in Chinese."""
    word = english_word(text, _BOOLS)
    if word not in _BOOLS:
        raise unlike(phrase("true or false"), text, did_you_mean(text, _BOOLS))
    return _BOOLS[word]


def at_least(text: str) -> str:
    """The number in `>=50`."""
    if not text.startswith(">="):
        hint = phrase('did you mean ">={text}"?', text=text) if _MONEY.fullmatch(text) else NOTHING
        raise unlike(phrase('a lower limit like ">=50"'), text, hint)
    return text[2:].strip()


def cents(text: str) -> int:
    """An amount in yuan with up to two decimals, in cents."""
    if _MONEY.fullmatch(text) is None:
        raise unlike(phrase("an amount in yuan like 50 or 6.66"), text)
    return int(Decimal(text) * 100)


def clock(text: str) -> Clock:
    """`23:00` or `23:00:30`."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise unlike(phrase("a time of day like 23:00"), text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:
        hint = phrase("midnight is 00:00") if hour == 24 else NOTHING
        message = phrase("there is no time {text}: the last of a day is 23:59", text=quoted(text))
        raise ValueRefused(message, hint)
    return Clock(time(hour, minute, second), exact=found[3] is not None)


def moment(text: str) -> Moment:
    """`10:00`, `10:00:20` or `d2 11:00`; without a day it is the first."""
    found = _DAY.fullmatch(text)
    day = int(found[1]) if found else 1
    if day < 1:
        raise unlike(phrase("a day from d1 on"), text)
    at = clock(found[2] if found else text)
    return Moment(day, at.time, at.exact)


def pace(text: str) -> Pace:
    """`1/30m`: once in thirty minutes; at most 32 times."""
    times, slash, within = text.partition("/")
    if not slash:
        raise unlike(phrase("how often in how long, like 1/30m"), text)
    return Pace(number(1, 32)(times), length(within))


def day(text: str) -> date:
    """`2026-03-01`."""
    if _DATE.fullmatch(text) is not None:
        with suppress(ValueError):  # there is no 31 June
            return date.fromisoformat(text)
    raise unlike(phrase("a day like 2026-03-01"), text)


def start(text: str) -> Start:
    """A step of the ladder: `2`, `warn`, `mute 1d` or `remove`."""
    do, _, span = text.partition(" ")
    if _NUMBER.fullmatch(text) is not None:
        return Start(number=number(1, 100)(text))
    if text in {"warn", "remove"} or (do == "mute" and span):
        return Start(do=do, length=length(span.strip()) if span else None)
    raise unlike(phrase("a step of the ladder like 2, warn, mute 1d or remove"), text)


def name_format(text: str) -> str:
    """`名称-地区-职业`: at least two parts with something between them."""
    if len(parts_of(text)) < 2:
        hint = phrase("put -, _, /, |, ·, + or a space between the parts")
        raise unlike(phrase("a name of at least two parts"), text, hint)
    return text


def name(text: str) -> str:
    """An id: letters a-z, digits, `-`, `_` and `.`, up to 64."""
    if _NAME.fullmatch(text) is None:
        hint = phrase("an id is made of a-z, 0-9, - and _; the title is free")
        raise unlike(phrase("an id like ad-needs-red-packet"), text, hint)
    return text


def text(value: str) -> str:
    """Any text but none."""
    if not value.strip():
        raise expected(phrase("some text"), phrase("nothing"))
    return value


def word(text: str) -> str:
    """A word, text or host of a list: something of it is left when it is folded."""
    if _PLAINLY_A_WORD.search(text) is None and not fold(text).text.strip():
        message = phrase(
            "nothing of {text} can be looked for: it has no visible character", text=quoted(text)
        )
        raise ValueRefused(message, phrase("write a word, or leave it out"))
    return text


def below(text: str) -> str:
    """The name of a file in the folder of the rule file, or below it."""
    if "\\" in text or any(part in ("", ".", "..") for part in text.split("/")):
        hint = phrase("a list lies in the folder of the rule file or below it, parted by /")
        raise unlike(phrase("a file like lists/ads.txt"), text, hint)
    return text


def sha256(text: str) -> str:
    """64 hex digits, in lower case."""
    if _SHA256.fullmatch(text) is None:
        raise unlike(phrase("a sha256 of 64 hex digits"), text)
    return text.lower()


def one_of_words(words: Iterable[str], otherwise: Phrase = NOTHING) -> Callable[[str], str]:
    """A reader that takes one of these words, also in Chinese; `otherwise` is said where none is
    near.
    """
    choices = tuple(words)
    spelled = [*choices, *chinese_words(choices)]

    def read(text: str) -> str:
        word = english_word(text, choices)
        if word not in choices:
            hint = did_you_mean(text, spelled) or otherwise
            raise unlike(one_of(words_of(choices)), text, hint)
        return word

    return read
