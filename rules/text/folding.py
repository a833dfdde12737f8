"""One folding of text for every condition, with spans back to the original."""

from __future__ import annotations

import re
from typing import Final, Literal

from rules.text.lookalikes import unmix
from rules.text.tables import FOLD_FAR, FOLD_NEAR, LETTERS_NEAR

# Greek and Cyrillic may hide among Latin; far characters need the second pass.
_RARE: Final = re.compile("[\u0370-\u052f\U00020000-\U0010ffff]").search
_NOWHERE: Final = re.compile("[\U00040000-\U0010ffff]+")
_SPACES: Final = re.compile("  +")

# For each folded character the first and the last raw character that made it.
Places = tuple[list[int], list[int]]


def _plain(raw: str) -> str:
    """Fold each character by itself: spaces are not merged yet."""
    text = raw.translate(FOLD_NEAR)
    if _RARE(text) is None:
        return text
    return unmix(_NOWHERE.sub("", text).translate(FOLD_FAR))


class Folded:
    """A text as conditions see it. Made by `fold`; compared by nothing, changed by nobody."""

    __slots__ = ("_letter_places", "_letters", "_places", "raw", "text")

    raw: str
    """What was written."""
    text: str
    """Folded: one space for each run of white space, nothing invisible, always valid UTF-8."""

    def __init__(self, raw: str, text: str) -> None:
        self.raw = raw
        self.text = text
        self._letters: str | None = None
        self._places: Places | None = None
        self._letter_places: list[int] | None = None

    @property
    def letters(self) -> str:
        """`text` with only letters, digits and ideographs left, so that `加 V-信` reads `加v信`."""
        if self._letters is None:
            self._letters = self.text.translate(LETTERS_NEAR)
        return self._letters

    def span(self, start: int, end: int, *, of: Literal["text", "letters"]) -> tuple[int, int]:
        """Give the half-open span of `raw`, in characters, that made `[start:end]` of a stream.

        What folding removes is covered only between two characters of the span. An empty span
        gives the empty span before the character that follows. ValueError outside the stream.
        """
        size = len(self.text if of == "text" else self.letters)
        if not 0 <= start <= end <= size:
            raise ValueError(f"expected 0 <= start <= end <= {size}, found {start} and {end}")
        if start == end == size:
            return len(self.raw), len(self.raw)
        if of == "letters":
            places = self._places_of_letters()
            start, end = places[start], (places[end - 1] + 1 if end > start else places[start])
        firsts, lasts = self._places_of_text()
        return firsts[start], (lasts[end - 1] + 1 if end > start else firsts[start])

    def _places_of_letters(self) -> list[int]:
        if self._letter_places is None:
            kept = {char: bool(char.translate(LETTERS_NEAR)) for char in dict.fromkeys(self.text)}
            self._letter_places = [at for at, char in enumerate(self.text) if kept[char]]
        return self._letter_places

    def _places_of_text(self) -> Places:
        if self._places is None:
            self._places = _places(self.raw)
        return self._places


def _places(raw: str) -> Places:
    """Follow each folded character back to the raw ones, merging spaces as `fold` does."""
    if _RARE(raw) is None:
        pieces = {char: char.translate(FOLD_NEAR) for char in dict.fromkeys(raw)}
    else:
        pieces = {char: _plain(char) for char in dict.fromkeys(raw)}
    firsts: list[int] = []
    lasts: list[int] = []
    before = ""
    for at, raw_char in enumerate(raw):
        for char in pieces[raw_char]:
            if char == before == " ":
                lasts[-1] = at
            else:
                firsts.append(at)
                lasts.append(at)
            before = char
    return firsts, lasts


def fold(raw: str) -> Folded:
    """Fold a text: any string at all, lone surrogates too, and never an error.

    NFKC, case, accents, full width, traditional to simplified Chinese, enclosed and mathematical
    digits and letters, Latin look-alikes in mixed words; invisible characters go away. The same
    text folds to the same bytes under every Python: see `rules/tables/README.md`.
    """
    text = _plain(raw)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return Folded(raw, text)
