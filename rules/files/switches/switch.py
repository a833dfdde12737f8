"""A switch and its answers as values. The table of all of them is `table`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Final

from msgspec import Struct

ZH, EN = "zh", "en"
LANGUAGES: Final = (ZH, EN)


class Form(StrEnum):
    """How the value of a switch is written."""

    CHOICE = "choice"
    TEXT = "text"
    LIST = "list"
    LINES = "lines"
    SPAN = "span"
    STEPS = "steps"
    CALENDAR = "calendar"
    EXCEPTIONS = "exceptions"
    RULES = "rules"


class Choice(Struct, frozen=True, kw_only=True):
    """One answer: its clean form in both languages, and other ways in which people say it.

    `{n}` in a form is a whole number from `least` to `most`; `one` is the Chinese form for 1.
    """

    key: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    least: int = 1
    most: int = 60
    one: str = ""

    def form(self, language: str) -> str:
        """The clean form in a language, with its `{n}`."""
        return self.zh if language == ZH else self.en

    def written(self, language: str, n: int | None = None) -> str:
        """The answer as a clean file has it; without a number, as an example."""
        number = n or (3 if self.key == "packet" else 1)
        form = self.one if number == 1 and language == ZH and self.one else self.form(language)
        return form.replace("{n}", str(number))

    def patterns(self) -> Iterator[re.Pattern[str]]:
        """What its forms look like when only letters and digits are left."""
        for form in (self.zh, self.en, *self.also):
            yield _compiled(form)


class Switch(Struct, frozen=True, kw_only=True):
    """One line of a rule file. The first name in a language is the clean one."""

    key: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    form: Form
    choices: tuple[Choice, ...] = ()
    can_differ: bool = True
    in_use: bool = True

    def names(self, language: str) -> tuple[str, ...]:
        """What it is called in a language."""
        return self.zh if language == ZH else self.en


def letters_of(text: str) -> str:
    """A name or an answer as it is compared: letters and digits only, in lower case."""
    return "".join(one for one in text.lower() if one.isalnum())


@cache
def _compiled(form: str) -> re.Pattern[str]:
    before, number, behind = form.partition("{n}")
    count = "([0-9]{1,4})" if number else ""
    return re.compile(letters_of(before) + count + letters_of(behind))
