"""Regular expressions of operators, by RE2: linear in the text whatever the pattern.

One `re2.Set` looks for all at once; only patterns that it names are searched one by one for spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import re2
from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.phrases import Phrase, phrase
from rules.text import Folded

On = Literal["text", "letters", "raw"]
"""What a pattern sees: the folded text, only its letters and digits, or the text as sent."""

SPANS_AT_MOST = 16
"""Places of one pattern that are shown; finding all may cost the square of the text's length."""

_PROGRAM_AT_MOST = 20_000  # RE2 instructions of one pattern; ordinary ones have 20 to 500
_MEMORY = 64 << 20  # bytes, for one set's program and its cache of states
_EMPTY = phrase("it matches the empty text, so every message: ask for at least one character")
_TOO_LARGE = phrase("it is too large: shorten its repetitions")
_BYTES = re.compile(r"(?<!\\)(?:\\\\)*\\C")
_FAULTS = {
    "invalid perl operator: (?=": phrase("lookahead is not possible: use `all` with two parts"),
    "invalid perl operator: (?!": phrase("lookahead is not possible: use `all` with a `not`"),
    "invalid perl operator: (?<": phrase("lookbehind is not possible: use `all` with a `not`"),
    "invalid perl operator: (?>": phrase("atomic groups are not possible, nor needed: write (?:…)"),
    "invalid perl operator": phrase("this kind of group is not possible"),
    "invalid escape sequence: \\u": phrase(
        "\\u is not possible: write the character or \\x{{4E00}}"
    ),
    "invalid escape sequence: \\U": phrase(
        "\\U is not possible: write the character or \\x{{1F600}}"
    ),
    "invalid escape sequence: \\Z": phrase("\\Z is not possible: write \\z"),
    "invalid escape sequence: \\k": phrase("backreferences are not possible"),
    "invalid repetition size": phrase("a repetition may go up to 1000, nested ones multiplied"),
    "bad repetition operator": phrase("two repetitions stand in a row: leave one out"),
    "no argument for repetition operator": phrase("nothing before the *, + or ? can be repeated"),
    "missing )": phrase("a ( is never closed"),
    "unexpected )": phrase("a ) was never opened"),
    "missing ]": phrase("a [ is never closed"),
    "trailing \\": phrase("it ends with a single \\"),
    "invalid character class range": phrase("a range in […] runs backwards, or is none"),
    "pattern too large": _TOO_LARGE,
}
_BACKREFERENCE = re.compile(r"invalid escape sequence: \\[1-9]")


class PatternSet:
    """All regexes of a ruleset, numbered from 0."""

    def __init__(self, patterns: Sequence[tuple[str, On]]) -> None:
        """Each with what it sees. `re2.error` if RE2 refuses one: see `compile_fault`."""
        self._patterns = [(re2.compile(regex, _options(on)), on) for regex, on in patterns]
        self._regexes = [regex for regex, _ in patterns]
        streams: tuple[On, ...] = ("text", "letters", "raw")
        self._sets: list[tuple[On, _Set]] = []
        for on in streams:
            numbers = [number for number, one in enumerate(patterns) if one[1] == on]
            self._sets += [(on, one) for one in _sets(self._regexes, numbers, on)]

    def find(self, folded: Folded) -> frozenset[int]:
        """Numbers of all patterns that match; where matching at once failed, of all that may."""
        found: list[int] = []
        for on, one in self._sets:
            found += one.find(_stream(folded, on))
        return frozenset(found)

    def regex(self, number: int) -> str:
        """The pattern as its file says it."""
        return self._regexes[number]

    def spans(self, number: int, folded: Folded) -> tuple[tuple[int, int], ...] | None:
        """Where one pattern matches, in the raw text, at most SPANS_AT_MOST; None: nowhere."""
        pattern, on = self._patterns[number]
        found: list[tuple[int, int]] = []
        is_found = False
        for hit in pattern.finditer(_stream(folded, on)):
            is_found = True
            start, end = hit.span()
            if start < end:
                found.append((start, end) if on == "raw" else folded.span(start, end, of=on))
            if len(found) == SPANS_AT_MOST:
                break
        return tuple(found) if is_found else None


class Regex(Struct, frozen=True, kw_only=True):
    """Pattern `number` matches. `on` is what it sees; folded streams are in lower case."""

    number: int
    on: On = "text"

    def ask(self, view: View) -> Evidence | None:
        """The pattern, and where it matches."""
        if self.number not in view.patterns:
            return None
        patterns = view.matchers.patterns
        spans = patterns.spans(self.number, view.folded)
        if spans is None:
            return None
        values = {"pattern": patterns.regex(self.number), "on": self.on}
        return (Match(condition="regex", values=values, spans=spans),)


def compile_fault(regex: str) -> Phrase | None:
    """Why a regex cannot be used, in a plain sentence; None if it can."""
    if _BYTES.search(regex):
        return phrase("\\C matches half a character: write . instead")
    try:
        compiled = re2.compile(regex, _options("raw"))
    except re2.error as error:
        found = error.args[0]
        return _sentence(found.decode() if isinstance(found, bytes) else str(found))
    except UnicodeEncodeError:
        return phrase("it holds half of a character (a lone surrogate)")
    if compiled.programsize > _PROGRAM_AT_MOST:
        return _TOO_LARGE
    return _EMPTY if compiled.search("") else None


def _sentence(error: str) -> Phrase:
    if _BACKREFERENCE.match(error):
        return phrase("backreferences such as \\1 are not possible")
    plain = (said for start, said in _FAULTS.items() if error.startswith(start))
    return next(plain, phrase("RE2 does not accept it: {error}", error=error))


def _options(on: On) -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = on == "raw"
    return options


def _stream(folded: Folded, on: On) -> str:
    if on == "text":
        return folded.text
    return folded.letters if on == "letters" else folded.raw.encode("utf-8", "replace").decode()


class _Set:
    """Patterns that are looked for at once."""

    def __init__(self, regexes: Sequence[str], numbers: Sequence[int], on: On) -> None:
        """`re2.error` if they are too large together."""
        options = _options(on)
        options.max_mem = _MEMORY
        self._set = re2.Set.SearchSet(options)
        self._numbers = tuple(numbers)
        for number in numbers:
            self._set.Add(regexes[number])
        self._always = self._set.Add("")  # found in every text: if not, the search itself failed
        self._set.Compile()

    def find(self, text: str) -> list[int]:
        if not text:
            return []
        found = self._set.Match(text)
        if not found:
            return list(self._numbers)
        if len(found) == 1:  # as nearly always: only the empty pattern
            return []
        return [self._numbers[at] for at in found if at != self._always]


def _sets(regexes: Sequence[str], numbers: Sequence[int], on: On) -> list[_Set]:
    """The patterns in as few sets as hold them."""
    if not numbers:
        return []
    try:
        return [_Set(regexes, numbers, on)]
    except re2.error:
        if len(numbers) == 1:
            raise
        half = len(numbers) // 2
        return [*_sets(regexes, numbers[:half], on), *_sets(regexes, numbers[half:], on)]
