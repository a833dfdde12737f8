"""What a kind of group answers, as the first file shows it."""

from __future__ import annotations

from msgspec import Struct

from rules.files.switches.choices import picked
from rules.files.switches.kinds import answers
from rules.files.switches.switch import EN
from rules.files.switches.table import BY_KEY


class Usual(Struct, frozen=True, kw_only=True):
    """An answer: the key of its choice ("" of a span of hours), and itself in both languages."""

    key: str
    zh: str
    en: str

    def written(self, language: str) -> str:
        """The answer as a clean file of the language has it."""
        return self.en if language == EN else self.zh


def usual(kind: str, switch: str) -> Usual:
    """What a kind of group answers to a switch."""
    answer = answers(kind)[switch]
    found = picked(answer, BY_KEY[switch].choices)
    if found is None:  # hours, which are written alike in both languages
        return Usual(key="", zh=answer, en=answer)
    zh, en = (found.choice.written(language, found.n) for language in ("zh", "en"))
    return Usual(key=found.choice.key, zh=zh, en=en)


def choice(switch: str, key: str, language: str) -> str:
    """A choice of a switch as a clean file has it."""
    return next(one.written(language) for one in BY_KEY[switch].choices if one.key == key)
