"""The types of values in rule files for pydantic: each a reader of `rules.files.values`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from rules.decision import Mode
from rules.files import calendars, sentences, values
from rules.files.chinese import spellings_of
from rules.files.refusals import ValueRefused
from rules.message import Kind, Role
from rules.phrases import phrase
from rules.recent import KEPT_FOR

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Model(BaseModel):
    """A mapping of a rule file: its keys are known, its values checked, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Read:
    """Lets pydantic read a value with `read`. `shown` says in the reference how it is written;
    `words` are all that it can be, if it is one word out of a few.
    """

    def __init__(
        self, read: Callable[[str], object], shown: str, words: tuple[str, ...] = ()
    ) -> None:
        self.read = read
        self.shown = shown
        self.words = words

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read a text; what is no text is a fault of its own."""
        return core_schema.no_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What editors may check: the words there are, or how it is written; what YAML takes for
        a number, a switch or a list of them is fine.
        """
        if self.words:
            return {"enum": [one for word in self.words for one in spellings_of(word)]}
        return {"type": ["string", "number", "boolean"], "description": self.shown}

    def _checked(self, value: object) -> object:
        if not isinstance(value, str):
            raise PydanticKnownError("string_type")
        return self.read(value)


def choice(*words: str) -> Read:
    """One word out of a few."""
    return Read(values.one_of_words(words), " \\| ".join(words), words)


def whole(low: int, high: int) -> Read:
    """A whole number within limits, both included."""
    return Read(values.number(low, high), f"{low} to {high}")


def words_of(kind: type[E], *, but: tuple[E, ...] = ()) -> Read:
    """One word of an enumeration."""
    words = tuple(one.value for one in kind if one not in but)
    check = values.one_of_words(words)
    return Read(lambda text: kind(check(text)), " \\| ".join(words), words)


def sentence(*placeholders: str) -> Read:
    """A sentence that members will see, with what may be filled in."""
    filled = " ".join(f"{{{one}}}" for one in placeholders)
    return Read(sentences.say(*placeholders), f"text, may hold {filled}" if filled else "text")


def one_as_many(value: object) -> object:
    """A single value where a list is expected stands for a list of one."""
    return [value] if isinstance(value, str) else value


def some(value: object) -> object:
    """A list that must not be empty. (A limit of pydantic counts only the items without faults.)"""
    if value == []:
        raise ValueRefused(phrase("expected at least one, found an empty list"))
    return value


def _or_off(read: Callable[[str], T]) -> Callable[[str], T | None]:
    return lambda text: None if values.is_off(text) else read(text)


_remembered = values.at_most(KEPT_FOR, phrase("a group is remembered for one hour"))

Id = Annotated[str, Read(values.name, "a-z 0-9 - _")]
Text = Annotated[str, Read(values.text, "text")]
Word = Annotated[str, Read(values.word, "text")]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(one_as_many, json_schema_input_type=Text | tuple[Text, ...]),
]
Length = Annotated[timedelta, Read(values.length, "`10s` `5m` `2h` `7d`")]
Window = Annotated[timedelta, Read(lambda text: _remembered(values.length(text)), "`10s` to `1h`")]
Switch = Annotated[bool, Read(values.switch, "true \\| false")]
Zone = Annotated[ZoneInfo, Read(calendars.zone, "`Asia/Shanghai`")]
Cron = Annotated[str, Read(calendars.cron, '`"30 8 * * *"`')]
Day = Annotated[date, Read(values.day, "`2026-03-01`")]
NameFormat = Annotated[str, Read(values.name_format, "`名称-地区-职业`")]
Rung = Annotated[values.Start, Read(values.start, "`2` \\| warn \\| `mute 1d` \\| remove")]
Pace = Annotated[values.Pace, Read(values.pace, "`1/30m`")]
Clock = Annotated[values.Clock, Read(values.clock, "`23:00`")]
Moment = Annotated[values.Moment, Read(values.moment, "`10:00` `10:00:20` `d2 11:00`")]
Cents = Annotated[int, Read(values.cents, "yuan: `50` `6.66`")]
LeastCents = Annotated[
    int, Read(lambda text: values.cents(values.at_least(text)), 'yuan: `">=50"`')
]
LeastCount = Annotated[
    int, Read(lambda text: values.number(1, 10_000)(values.at_least(text)), '`">=20"`')
]
CountOrOff = Annotated[int | None, Read(_or_off(values.number(1, 10_000)), "1 to 10000 \\| off")]
ShareOrOff = Annotated[int | None, Read(_or_off(values.percent), "`1%` to `100%` \\| off")]
ModeWord = Annotated[Mode, words_of(Mode)]
KindWord = Annotated[Kind, words_of(Kind)]
Kinds = Annotated[
    tuple[KindWord, ...],
    BeforeValidator(one_as_many, json_schema_input_type=KindWord | tuple[KindWord, ...]),
]
RoleWord = Annotated[Role, words_of(Role)]
StaffWord = Annotated[Role, words_of(Role, but=(Role.MEMBER,))]
