"""Slips that show in a single line of a rule file, and how lines are indented.

Which line to look at is for `rules.files.slips` and `rules.files.nodes` to say.
"""

from __future__ import annotations

import re

from rules.files.faults import Fault, Place, quoted
from rules.files.source import lines_of
from rules.phrases import Phrase, phrase

_LEAD = re.compile(r" *(?:- +)*")
_ODD_SPACE = re.compile(r"[ \t]*([\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff])")
_COLON = re.compile(r"：|:(?!//)")
_NOT_READ = {"*": phrase("aliases"), "&": phrase("anchors"), "!": phrase("tags")}


def needs_quotes(sign: str, place: Place) -> Fault:
    """A text that begins with a character of YAML's own."""
    message = phrase("a text cannot begin with {sign}", sign=quoted(sign))
    hint = phrase("put the whole text in quotes")
    if sign in _NOT_READ:
        hint = phrase("{hint}; YAML's {signs} are not read", hint=hint, signs=_NOT_READ[sign])
    return Fault(place, message, hint)


def odd_space(text: str, place: Place) -> Fault | None:
    """The fault of a text at `place` that begins with a space that YAML does not take for one."""
    found = _ODD_SPACE.match(text)
    if found is None:
        return None
    message = phrase("an unusual space (U+{code:04X}) stands here", code=ord(found[1]))
    at = Place(line=place.line, column=place.column + found.start(1))
    return Fault(at, message, phrase("use ordinary spaces"))


def dash_slip(text: str, place: Place) -> Fault | None:
    """The fault of a text at `place` that was meant as a list item: `-item`."""
    if text[:1] == "-" and text[1:2] not in ("", "-", " "):
        return Fault(place, phrase('a space is missing after "-"'))
    return None


def colon_slip(line: str, place: Place) -> Fault | None:
    """The slip that makes `key: value` or `- item` one text: a full-width colon, no space.

    `place` is where the line, or the part of it that is looked at, begins.
    """
    start = body(line)
    dash = dash_slip(line[start:], Place(line=place.line, column=place.column + start))
    if dash is not None:
        return dash
    found = _COLON.search(line, start)
    if found is None or (found[0] == ":" and line[found.end() :][:1] in ("", " ")):
        return None
    at = Place(line=place.line, column=place.column + found.start())
    if found[0] == "：":
        hint = phrase('write ":" and a space')
        return Fault(at, phrase('this colon is the full-width "："'), hint)
    return Fault(at, phrase('a space is missing after ":"'))


def swallowed_list(text: str, place: Place) -> Fault | None:
    """The fault of a list that YAML takes for more lines of one text, which begins at `place`."""
    first, *others = lines_of(text)
    for number, line in enumerate(others, start=place.line + 1):
        words = line.lstrip(" ")
        if words.startswith("-") and first.startswith("-"):
            return Fault(place, phrase('a space is missing after "-"'))
        if words.startswith("- "):
            at = Place(line=number, column=len(line) - len(words) + 1)
            message = phrase(
                "this list item is read as more of the text in line {line}", line=place.line
            )
            hint = phrase('put "key:" alone in a line and the items below it')
            return Fault(at, message, hint)
    return None


def body(line: str) -> int:
    """How many characters of indentation and list dashes stand before the words of a line."""
    found = _LEAD.match(line)
    return found.end() if found is not None else 0


def indentation(line: str) -> int:
    """How many spaces and tabs a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def _says_something(line: str) -> bool:
    return not line.lstrip(" \t").startswith("#") and bool(line.strip(" \t"))


def line_above(lines: list[str], number: int) -> int:
    """The number of the nearest line before `number` that is not blank and no comment; else 1."""
    above = (found for found in range(number - 1, 0, -1) if _says_something(lines[found - 1]))
    return next(above, 1)


def indentations_above(lines: list[str], number: int) -> set[int]:
    """The indentations that a line can have so as to belong to something above it."""
    found: set[int] = set()
    for line in reversed(lines[: number - 1]):
        if _says_something(line):
            columns = {indentation(line), body(line) if ":" in line else indentation(line)}
            found |= {column for column in columns if column < min(found, default=column + 1)}
        if 0 in found:
            break
    return found


def spaces(count: int) -> Phrase:
    """The count with its noun."""
    return phrase("1 space") if count == 1 else phrase("{count} spaces", count=count)
