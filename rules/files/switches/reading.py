"""What is written behind a switch, to a value; what was read by grace, and what cannot be read.

Which rules a value changes is for `expand` to say, and how it is written cleanly for `write`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from rules.files.switches.blocks import BULLET, Block, Keyed
from rules.files.switches.calendar import Appointment, appointment
from rules.files.switches.choices import nearest, picked
from rules.files.switches.lines import Line
from rules.files.switches.numbers import in_digits, span
from rules.files.switches.switch import Choice, Form
from rules.files.switches.values import (
    Calendar,
    Item,
    Items,
    Level,
    Picked,
    Remark,
    Remarks,
    Setting,
    Span,
    Steps,
    StepValue,
    Text,
    Value,
)
from rules.text import fold

LONGEST_NIGHT: Final = timedelta(hours=14)

_SPLIT: Final = re.compile(r"[、，,;；]")
_STEP_SPLIT: Final = re.compile(r"[、，,;；]|-+>|→|➡")
_CJK_SPACE: Final = re.compile("(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_BRACKETS: Final = {"[": "]", "［": "］", "【": "】", "(": ")", "（": "）", "{": "}", "《": "》"}
_QUOTES: Final = {"“": "”", "‘": "’", "「": "」", "『": "』", "”": "“", "＂": "＂"}
_ESCAPE: Final = re.compile(r"\\(.)")
_NOT_WRITTEN: Final = ("-", "－", "—", "——", "--", "无", "?", "？", "...", "…")
_SPACED_ONES: Final = ("ours", "allow", "forbidden", "admins", "helpers", "says", "also")
_PEOPLE: Final = ("owner", "admin_chat")
_STEP: Final = re.compile(
    "(提醒|警告|remind|warn)|(歇|禁言|mute)(?:息)?(?:一歇)?(?:for)?([0-9]{1,3})?(天|小时|分钟|日|d|days?|h|hours?|m|minutes?)?|(请出|移出|踢出|remove)"
)
_UNITS: Final = {"天": "d", "日": "d", "d": "d", "小时": "h", "h": "h", "分钟": "m", "m": "m"}


def setting(block: Block, remarks: Remarks) -> Setting | None:
    """The switch and its value; None if it cannot be read or says nothing. `remarks` grow."""
    keyed = block.keyed
    if keyed is None:
        return None
    at = _At(keyed, block.line, remarks)
    for grace in keyed.graces:
        at.say("note", grace.key, **grace.values)
    if _is_nothing(block, keyed):
        at.say("warning", "dash_only" if keyed.value else "nothing", value=keyed.value)
        return None
    value = _READERS[keyed.switch.form](block, keyed, at)
    return Setting(keyed=keyed, line=block.line.number, value=value) if value is not None else None


class _At:
    """Where remarks go: the switch and the line that they are about."""

    def __init__(self, keyed: Keyed, line: Line, remarks: Remarks) -> None:
        self.key = keyed.typed
        self.language = keyed.language
        self._place = (line.number, keyed.column)
        self._remarks = remarks

    def say(self, level: Level, sentence: str, **values: object) -> None:
        filled = {"key": self.key, **values}
        self._remarks.append(Remark(level, sentence, *self._place, filled))

    def refuse(self, value: str, choices: Sequence[Choice]) -> None:
        listed = " / ".join(one.written(self.language) for one in choices)
        meant = nearest(value, choices, self.language)
        self.say("error", "choice", value=value, choices=listed, meant=meant)


def _is_nothing(block: Block, keyed: Keyed) -> bool:
    lines = [line for line in block.rest if not line.is_blank]
    return not lines and (not keyed.value or keyed.value in _NOT_WRITTEN)


def _whole(block: Block, keyed: Keyed) -> str:
    """The value with the lines that go on with it."""
    return " ".join([keyed.value, *(line.says for line in block.rest if line.says)]).strip()


def _choice(block: Block, keyed: Keyed, at: _At) -> Picked | None:
    return _one_of(_whole(block, keyed), keyed.switch.choices, at)


def _one_of(typed: str, choices: Sequence[Choice], at: _At) -> Picked | None:
    text = _without_quotes(typed, at)
    found = picked(text, choices)
    before = re.split("[#＃]", text)[0]
    if found is None and before != text and picked(before, choices) is not None:
        at.say("note", "comment_space")
        return _one_of(before, choices, at)
    if found is None:
        at.refuse(text, choices)
        return None
    if found.n is not None and not found.choice.least <= found.n <= found.choice.most:
        limits = {"least": found.choice.least, "most": found.choice.most}
        at.say("error", "number", value=text, **limits)
        return None
    clean = found.choice.written(found.language, found.n)
    if text.strip() != clean:
        at.say("note", "spelled", typed=text.strip(), meant=clean)
    return found


def _text(block: Block, keyed: Keyed, at: _At) -> Text | None:
    if block.is_literal:
        return Text(text=_literal(block.rest))
    first = _without_quotes(keyed.value, at) if not block.rest else keyed.value
    more = [line.says for line in block.rest if line.says]
    text = "\n".join([*([first] if first else []), *more])
    if "｛" in text:
        at.say("note", "braces", typed="｛｝", meant="{}")
        text = text.replace("｛", "{").replace("｝", "}")
    return Text(text=text.lstrip("@＠") if keyed.switch.key in _PEOPLE else text)


def _literal(rest: Sequence[Line]) -> str:
    """The text of a `|` block: its lines, less the indentation that all of them have."""
    raw = [line.raw.rstrip() for line in rest]
    margin = min((len(one) - len(one.lstrip()) for one in raw if one), default=0)
    return "\n".join(one[margin:] for one in raw).strip("\n")


def _items(block: Block, keyed: Keyed, at: _At) -> Items | None:
    found = [
        item
        for piece in _pieces(block, keyed, at)
        for item in _split(piece, keyed.switch.key in _SPACED_ONES, at)
    ]
    return Items(items=tuple(found), in_line=not block.rest) if found else None


def _lines(block: Block, keyed: Keyed, at: _At) -> Items | None:
    """One item a line, whatever it holds."""
    found = [Item(_plain(one.text), one.line, one.column) for one in _pieces(block, keyed, at)]
    return Items(items=tuple(found), in_line=not block.rest) if found else None


def _pieces(block: Block, keyed: Keyed, at: _At) -> Iterator[Item]:
    """The value and the lines below it, without their dashes."""
    if keyed.value:
        yield Item(keyed.value, block.line.number, keyed.column)
    for line in block.rest:
        bullet = BULLET.match(line.says)
        start = bullet.end() if bullet is not None else 0
        if line.says[start:].strip("-－—"):
            yield Item(line.says[start:], line.number, line.column + start)


def _split(piece: Item, by_spaces: bool, at: _At) -> Iterator[Item]:
    text = _unwrapped(_without_quotes(piece.text, at), at)
    for part in _SPLIT.split(text):
        spaced = _CJK_SPACE.split(part.strip()) if by_spaces else [part]
        if len(spaced) > 1:
            at.say("note", "spaces", items="、".join(spaced))
        for one in spaced:
            clean = _plain(one).lstrip("@＠").rstrip("。").strip()
            if clean:
                yield Item(clean, piece.line, piece.column)


def _unwrapped(text: str, at: _At) -> str:
    closer = _BRACKETS.get(text[:1])
    if closer is None or text[-1:] != closer or closer in text[1:-1]:
        return text
    at.say("note", "brackets")
    return text[1:-1]


def _without_quotes(text: str, at: _At) -> str:
    """The text without a pair of quotes around the whole; straight ones are as good as none."""
    text = text.strip()
    closer = _QUOTES.get(text[:1])
    if closer and len(text) > 1 and text[-1] == closer and closer not in text[1:-1]:
        at.say("note", "quotes")
        return text[1:-1].strip()
    return _plain(text)


def _plain(text: str) -> str:
    """The text of a scalar in straight quotes, or as it is."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'" and "'" not in text[1:-1].replace("''", ""):
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in _ESCAPE.sub("", text[1:-1]):
        return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text[1:-1])
    return text


def _span(block: Block, keyed: Keyed, at: _At) -> Span | Picked | None:
    text = _without_quotes(_whole(block, keyed), at)
    off = picked(text, keyed.switch.choices)
    if off is not None:
        return off
    found = span(text)
    if found is None:
        at.say("error", "span", value=text)
        return None
    hours = (found[1].hour * 60 + found[1].minute - found[0].hour * 60 - found[0].minute) % 1440
    if not 0 < hours <= LONGEST_NIGHT.seconds // 60:
        at.say("error", "long_span", value=text, hours=round(hours / 60) or 24)
        return None
    night = Span(start=found[0], end=found[1])
    if text != span_written(night):
        at.say("note", "spelled", typed=text, meant=span_written(night))
    return night


def span_written(value: Span) -> str:
    """`23:00-07:00`."""
    return f"{value.start:%H:%M}-{value.end:%H:%M}"


def _steps(block: Block, keyed: Keyed, at: _At) -> Steps | None:
    parts = [part.strip() for part in _STEP_SPLIT.split(_whole(block, keyed)) if part.strip()]
    steps = [step for part in parts if (step := _step(part, at)) is not None]
    return Steps(steps=tuple(steps)) if len(steps) == len(parts) else None


def _step(part: str, at: _At) -> StepValue | None:
    letters = fold(in_digits(part)).letters
    found = _STEP.fullmatch(letters)
    if found is None:
        at.say("error", "step", value=part)
        return None
    warn, mute, count, unit, _ = found.groups()
    if not mute:
        return StepValue("warn" if warn else "remove")
    if not unit or not count or int(count) == 0:
        at.say("error", "step_unit", value=part, n=count or 1)
        return None
    return StepValue("mute", int(count), _UNITS.get(unit) or unit[0])


def _calendar(block: Block, keyed: Keyed, at: _At) -> Calendar | None:
    found: list[Appointment] = []
    pieces = list(_pieces(block, keyed, at))
    for piece in pieces:
        one = appointment(piece.text, piece.line, piece.column)
        if one is None:
            at.say("error", "appointment", value=piece.text)
        else:
            found.append(replace(one, say=_plain(one.say)))
    return Calendar(appointments=tuple(found)) if found and len(found) == len(pieces) else None


def _nothing(block: Block, keyed: Keyed, at: _At) -> None:
    """Exceptions and own rules are read by `nested`."""


_READERS: Final[Mapping[Form, Callable[[Block, Keyed, _At], Value | None]]] = {
    Form.CHOICE: _choice,
    Form.TEXT: _text,
    Form.LIST: _items,
    Form.LINES: _lines,
    Form.SPAN: _span,
    Form.STEPS: _steps,
    Form.CALENDAR: _calendar,
    Form.EXCEPTIONS: _nothing,
    Form.RULES: _nothing,
}
