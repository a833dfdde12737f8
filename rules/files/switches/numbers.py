"""Numbers and times of day as people write them: 三, 十一, 晚上11点半, 11pm."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from rules.text import fold

_DIGITS: Final = {one: n for n, one in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMERAL: Final = re.compile("[零〇一二两三四五六七八九十]+")
_PARTS: Final = {
    "凌晨": 0,
    "早上": 0,
    "早晨": 0,
    "早": 0,
    "上午": 0,
    "am": 0,
    "中午": 12,
    "下午": 12,
    "傍晚": 12,
    "晚上": 12,
    "夜里": 12,
    "晚": 12,
    "pm": 12,
}
_TIME: Final = (
    "(?:第二天|次日|当天)?(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|早|晚)?([0-9]{1,2})"
    "(?:[:点时.](?:([0-9]{2})分?|(半))?)?(am|pm)?"
)
_SPAN: Final = re.compile(f"(?:从|每天)?{_TIME}(?:-+|~|到|至|to|until|till){_TIME}")


def in_digits(text: str) -> str:
    """The text with Chinese numerals up to 99 as digits."""
    return _NUMERAL.sub(lambda found: _number(found[0]), text)


def span(text: str) -> tuple[time, time] | None:
    """From when to when, as in `23:00-07:00`, `晚上11点到早上7点` or `11pm to 7am`."""
    found = _SPAN.fullmatch(in_digits(fold(text).text).replace(" ", ""))
    if found is None:
        return None
    parts = found.groups()
    start, end = _time(parts[:5]), _time(parts[5:])
    return None if start is None or end is None else (start, end)


def _time(parts: tuple[str | None, ...]) -> time | None:
    before, hour, minute, half, after = parts
    clock = int(hour or 0)
    shift = _PARTS[before or after or "am"]
    at_night = before in ("晚上", "夜里")
    if shift and clock < 12 and not (at_night and clock < 4):
        clock += shift
    elif clock == 24 or (clock == 12 and (at_night or after == "am")):
        clock = 0
    minutes = 30 if half else int(minute or 0)
    return time(clock, minutes) if clock < 24 and minutes < 60 else None


def _number(numeral: str) -> str:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[one]) for one in numeral)
    if len(tens) > 1 or len(ones) > 1:
        return numeral
    return str(10 * _DIGITS.get(tens, 1) + (_DIGITS[ones] if ones else 0))
