"""A mistake in a rule file as a value: where it stands, what it is, and what was perhaps meant.

Finding the mistakes is left to the readers beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from rules.phrases import NOTHING, Phrase, Tongue, Word, either, phrase


class Place(Struct, frozen=True, kw_only=True, order=True, gc=False):
    """A place in a text: line and column, both from 1; a column counts code points.

    `file` names the text where it is another than the one that was asked about: a file that it
    extends.
    """

    file: str = ""
    line: int
    column: int


Level = Literal["error", "warning", "note"]
"""How much a fault weighs, from hard to soft."""

START = Place(line=1, column=1)


class Fault(Struct, frozen=True):
    """One mistake of an operator in a rule file.

    `path` is the way to the value (`rules[0].then.say`), empty where the text could not be read
    that far; `hint` is what to do or what was perhaps meant, empty when there is nothing to say.
    An error keeps the file from being used. A warning does not; a note says only what is good to
    know, and asks for no change.
    """

    place: Place
    message: Phrase
    hint: Phrase = NOTHING
    path: str = ""
    level: Level = "error"

    def render(self, file: str) -> str:
        """The line that editors and terminals jump from: `file:line:column: message (hint)`."""
        word = "" if self.level == "error" else f"{self.level}: "
        hint = f" ({self.hint})" if self.hint else ""
        at = f"{self.place.file or file}:{self.place.line}:{self.place.column}"
        return f"{at}: {word}{self.message}{hint}"

    def said(self, tongue: Tongue) -> Fault:
        """The fault in a language."""
        return replace(self, message=self.message.said(tongue), hint=self.hint.said(tongue))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """The faults as they stand in the file; those at one place by their words."""
    return sorted(faults, key=lambda fault: (fault.place, fault.message))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is most probably a slip of, or None when none is near.

    Near is at most one edit (a letter too many, missing, wrong, or two swapped) up to five
    letters, two up to eight, three beyond; upper and lower case are the same. Of choices equally
    near, the first in the alphabet is taken, so that the order of `choices` has no say.
    """
    at_most = _slips_allowed(len(word))
    meant = word.lower()
    scored = ((OSA.distance(meant, choice.lower()), choice) for choice in choices)
    near = [(edits, choice) for edits, choice in scored if edits <= min(at_most, len(choice) - 1)]
    return min(near)[1] if near else None


def did_you_mean(word: str, choices: Iterable[str]) -> Phrase:
    """The hint that names the nearest choice; empty when none is near."""
    choice = nearest(word, choices)
    return phrase('did you mean "{choice}"?', choice=choice) if choice is not None else NOTHING


def quoted(text: str, *, at_most: int = 40) -> Phrase:
    """The text in quotes, fit for one line of a message: double ones, if it holds none itself.

    Characters that cannot be seen are written out, and a text longer than `at_most` code points
    is cut. A phrase stays as it is.
    """
    if isinstance(text, Phrase):
        return phrase('"{text}"', text=text)
    shown = text if len(text) <= at_most else text[:at_most] + "…"
    visible = "".join(_visible(character) for character in shown)
    return phrase("'{text}'", text=visible) if '"' in shown else phrase('"{text}"', text=visible)


def one_of(choices: Sequence[str], *, at_most: int = 12) -> Phrase:
    """The choices in quotes with "or" before the last; beyond `at_most` the rest is counted."""
    shown = [quoted(choice) for choice in choices[:at_most]]
    if len(choices) > at_most:
        shown.append(phrase("{count} others", count=len(choices) - at_most))
    return either(shown)


def words_of(choices: Iterable[str]) -> list[Phrase]:
    """Words of a choice, to be said as the file spells them."""
    return [Word(choice) for choice in choices]


def _slips_allowed(length: int) -> int:
    if length < 2:
        return 0
    return 1 if length <= 5 else 2 if length <= 8 else 3


def _visible(character: str) -> str:
    if " " <= character <= "~" or not _is_hidden(ord(character)):
        return character
    return f"\\u{ord(character):04x}"


# Spaces that look like others, marks without a width and control characters: the ones that are
# pasted by accident and make two equal looking words differ.
_HIDDEN = (
    (0x00, 0x1F),
    (0x7F, 0xA0),
    (0xAD, 0xAD),
    (0x200B, 0x200F),
    (0x2028, 0x202F),
    (0x2060, 0x206F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)


def _is_hidden(code: int) -> bool:
    return any(first <= code <= last for first, last in _HIDDEN)
