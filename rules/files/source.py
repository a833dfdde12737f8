"""The bytes of a rule file to text: size, encoding and characters that no rule file holds.

What the text says is left to `rules.files.nodes`.
"""

from __future__ import annotations

import re

from rules.files.faults import START, Fault, Place
from rules.phrases import Phrase, phrase

_SAVE_AS = phrase("save the file as UTF-8")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# Line ends other than \n and \r\n are refused as well: YAML would count lines that no editor shows.
_REFUSED = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

# A directive (%YAML, %TAG) stands before anything else but comments and blank lines.
_DIRECTIVE = re.compile(r"\A(?:[ \t]*+(?:#[^\r\n]*+)?+(?:\r\n|\r|\n))*+%")

_SECOND_DOCUMENT = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?+(?:\r\n|\r|\n))*+(?=---|%)")

_LINE_END = re.compile(r"\r\n|\r|\n")


def text_of(source: bytes | str, *, limit_bytes: int) -> str | Fault:
    """The text without its byte order mark, or the one fault for which it cannot be read."""
    size = _size(source)
    if size > limit_bytes:
        message = phrase(
            "the file is larger than the {limit} that are read", limit=_megabytes(limit_bytes)
        )
        return Fault(START, message, phrase("split it into several files"))
    text = source if isinstance(source, str) else _decoded(source)
    return text if isinstance(text, Fault) else _checked(text.removeprefix("\ufeff"))


def lines_of(text: str) -> list[str]:
    """The lines as editors count them, without their ends."""
    return _LINE_END.split(text)


def whole_lines_of(text: str) -> list[str]:
    """The lines with their ends, as they stand; joined they are the text."""
    ends = [*_LINE_END.findall(text), ""]
    return [line + end for line, end in zip(lines_of(text), ends, strict=True)]


def place_at(text: str, index: int) -> Place:
    """The place of a code point of the text, counted from 0."""
    before = lines_of(text[:index])
    return Place(line=len(before), column=len(before[-1]) + 1)


def second_document(text: str, end: int) -> Fault | None:
    """The fault of a text that goes on with another document behind the index `end`."""
    found = _SECOND_DOCUMENT.match(text, end)
    if found is None:
        return None
    message = phrase("a second document begins here; a file holds one")
    return Fault(place_at(text, found.end()), message, phrase("use several files"))


def _size(source: bytes | str) -> int:
    if isinstance(source, bytes):
        return len(source)
    return len(source.encode("utf-8", "surrogatepass"))


def _megabytes(size: int) -> Phrase:
    if size >= 100_000:
        return phrase("{size:.1f} MB", size=size / 1_000_000)
    return phrase("{size} bytes", size=size)


def _decoded(source: bytes) -> str | Fault:
    if source.startswith(_UTF16_MARKS) or _is_utf16_without_mark(source):
        return Fault(START, phrase("the file is saved as UTF-16"), _SAVE_AS)
    if b"\0" in source:
        at = source.index(b"\0")
        message = phrase("this is not a text file: byte {number} is NUL", number=at + 1)
        return Fault(_place_of_byte(source, at), message, _SAVE_AS)
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        message = phrase(
            "the file is not saved as UTF-8: byte {number} is no character", number=error.start + 1
        )
        place = _place_of_byte(source, error.start)
        return Fault(
            place,
            message,
            phrase("perhaps it is GBK or ANSI; {save_as}", save_as=_SAVE_AS),
        )


def _is_utf16_without_mark(source: bytes) -> bool:
    """Whether every other byte of the beginning is NUL, as in Latin text saved as UTF-16."""
    start = source[:64]
    even, odd = start[::2], start[1::2]
    return len(start) >= 4 and (
        (set(even) == {0} and 0 not in odd) or (set(odd) == {0} and 0 not in even)
    )


def _place_of_byte(source: bytes, at: int) -> Place:
    return place_at(source[:at].decode("utf-8", "replace"), at)


def _checked(text: str) -> str | Fault:
    refused = _REFUSED.search(text)
    if refused is not None:
        code = ord(refused[0])
        message = phrase("an invisible character (U+{code:04X}) stands here", code=code)
        return Fault(place_at(text, refused.start()), message, phrase("delete it"))
    directive = _DIRECTIVE.match(text)
    if directive is not None:
        message, hint = (
            phrase('a line cannot start with "%"'),
            phrase("delete it, or put the text in quotes"),
        )
        return Fault(place_at(text, directive.end() - 1), message, hint)
    return text
