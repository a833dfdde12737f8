"""What is written behind a switch, as values. Reading them is `reading`, writing them `write`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from rules.files.switches.blocks import Keyed
from rules.files.switches.calendar import Appointment
from rules.files.switches.switch import ZH, Choice

Level = Literal["error", "warning", "note"]


class Remark(NamedTuple):
    """Something to be told of a line: the key of its sentence, and what is filled in."""

    level: Level
    key: str
    line: int
    column: int
    values: Mapping[str, object]


class Item(NamedTuple):
    """One of a list, and the line in which it stands."""

    text: str
    line: int
    column: int


class Picked(Struct, frozen=True, kw_only=True):
    """An answer, with its number if it has one, in the language in which it is written."""

    choice: Choice
    n: int | None = None
    language: str = ZH


class Text(Struct, frozen=True, kw_only=True):
    """A text, perhaps of several lines."""

    text: str


class Items(Struct, frozen=True, kw_only=True):
    """A list. `in_line`: it was written in one line."""

    items: tuple[Item, ...]
    in_line: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        """The items without their lines."""
        return tuple(one.text for one in self.items)


class Span(Struct, frozen=True, kw_only=True):
    """From when to when, on the file's clock."""

    start: time
    end: time


class StepValue(NamedTuple):
    """One step: warn, mute with its length, or remove."""

    do: str
    number: int = 0
    unit: str = ""


class Steps(Struct, frozen=True, kw_only=True):
    """What follows at each level."""

    steps: tuple[StepValue, ...]


class Calendar(Struct, frozen=True, kw_only=True):
    """What is said on schedule."""

    appointments: tuple[Appointment, ...]


Value: TypeAlias = Picked | Text | Items | Span | Steps | Calendar
Remarks: TypeAlias = list[Remark]


class Setting(Struct, frozen=True, kw_only=True):
    """A switch as a file sets it."""

    keyed: Keyed
    line: int
    value: Value

    @property
    def key(self) -> str:
        """The switch."""
        return self.keyed.switch.key


def choice_of(one: Setting | None) -> str:
    """The key of the answer; "" if there is none."""
    return one.value.choice.key if one is not None and isinstance(one.value, Picked) else ""


def texts_of(one: Setting | None) -> tuple[str, ...]:
    """The items of a list; () if there is none."""
    return one.value.texts if one is not None and isinstance(one.value, Items) else ()
