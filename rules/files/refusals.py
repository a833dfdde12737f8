"""A value of a rule file that is refused, in a sentence for operators."""

from __future__ import annotations

from rules.files.faults import quoted
from rules.phrases import NOTHING, Phrase, phrase


class ValueRefused(ValueError):  # noqa: N818 - an operator's mistake, no error of the program
    """A value that is not what its key wants: `message` says what was expected and found."""

    def __init__(self, message: Phrase, hint: Phrase = NOTHING) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def expected(what: Phrase, found: Phrase, hint: Phrase = NOTHING) -> ValueRefused:
    """The refusal of something else than what was expected."""
    return ValueRefused(phrase("expected {what}, found {found}", what=what, found=found), hint)


def unlike(what: Phrase, text: str, hint: Phrase = NOTHING) -> ValueRefused:
    """The refusal of a text that is not what was expected."""
    return expected(what, quoted(text), hint)
