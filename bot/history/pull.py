"""A JSON text read piece by piece, so that an export of any size needs little memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from json import JSONDecodeError, JSONDecoder

LARGEST = 8_000_000  # characters of one value
_CUT_AFTER = 1_000_000  # characters that are read and done with
_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r'[^"\\\[\]{}]*')
_EDGE = 16  # characters: a literal or an escape that is cut off by the end of a piece


class BrokenJsonError(ValueError):
    """What stands here is no JSON."""


class EndOfJsonError(BrokenJsonError):
    """The text ends before it is complete."""


class Pull:
    """The values of a JSON text, one after the other, in the order of the text."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._json = JSONDecoder()
        self._text = ""
        self._at = 0
        self._is_over = False

    def peek(self) -> str:
        """The next character that is not white space; "" at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # always matches
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, char: str) -> None:
        """Pass over this character; BrokenJsonError if it is another one."""
        found = self.peek()
        if found != char:
            raise (BrokenJsonError if found else EndOfJsonError)(f"expected {char}")
        self._at += 1

    def value(self) -> object:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except RecursionError:
                raise BrokenJsonError("nested too deep") from None
            except JSONDecodeError as error:
                self._go_on_after(error)
            else:
                if end < len(self._text) or self._is_over or not self._more():
                    self._at = end
                    return value

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here. Whoever iterates takes each key's value."""
        self.take("{")
        while self.peek() != "}":
            key = self.value()
            if not isinstance(key, str):
                raise BrokenJsonError("expected a key")
            self.take(":")
            yield key
            self._comma("}")
        self.take("}")

    def places(self) -> Iterator[int]:
        """The places of the array that begins here, from 1. Whoever iterates takes each value."""
        self.take("[")
        place = 0
        while self.peek() != "]":
            place += 1
            yield place
            self._comma("]")
        self.take("]")

    def skip(self) -> None:
        """Pass over the next value without keeping it, however large it is."""
        if self.peek() not in ("{", "["):
            self.value()
            return
        depth = 0
        while True:
            self._at = _PLAIN.match(self._text, self._at).end()  # type: ignore[union-attr]  # always matches
            char = self._text[self._at : self._at + 1]
            if not char:
                if not self._more():
                    raise EndOfJsonError("expected a closing bracket")
                continue
            if char == '"':
                self.value()
                continue
            self._at += 1
            depth += (char in "{[") - (char in "}]")
            if depth == 0:
                return

    def find(self, pattern: re.Pattern[str], reach: int = 400) -> bool:
        """Go to the next match after this character; a match is at most `reach` long."""
        self._at += 1
        while True:
            if hit := pattern.search(self._text, self._at):
                self._at = hit.start()
                return True
            self._at = max(self._at, len(self._text) - reach)
            if not self._more():
                return False

    def _comma(self, end: str) -> None:
        if self.peek() != end:
            self.take(",")

    def _go_on_after(self, error: JSONDecodeError) -> None:
        """Read on if the value was only cut off; else it is broken."""
        is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _EDGE
        if not is_cut or len(self._text) - self._at > LARGEST:
            raise BrokenJsonError("no JSON") from None
        if not self._more(double=True):
            raise EndOfJsonError("no JSON") from None

    def _more(self, *, double: bool = False) -> bool:
        """Read on: one piece, or as much again as is there. Whether there was anything."""
        if self._at > _CUT_AFTER:
            self._text, self._at = self._text[self._at :], 0
        wanted = len(self._text) * 2 if double else len(self._text) + 1
        pieces = [self._text]
        length = len(self._text)
        while length < wanted and not self._is_over:
            chunk = next(self._chunks, b"")
            self._is_over = not chunk
            pieces.append(self._decode(chunk, self._is_over))
            length += len(pieces[-1])
        before = len(self._text)
        self._text = "".join(pieces)
        return len(self._text) > before
