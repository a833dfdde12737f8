"""The committed Unicode tables as lists to look up in. How they are made: `scripts/make_tables.py`.

Nothing here asks the running Python what a character is, so every Python folds alike.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import Final

Piece = int | str | None

# Characters below are folded by list, 20 ns each; rarer ones by a second pass.
NEAR: Final = 0x20000

WORD: Final = 1
MARK: Final = 2
LETTER: Final = 3
_KINDS: Final = {"word": WORD, "mark": MARK, "letter": LETTER}
_WRITTEN: Final[dict[str, str | None]] = {"<none>": None, "<space>": " "}


def _read(name: str) -> bytes:
    return files("rules").joinpath("tables", name).read_bytes()


def _points(place: str) -> range:
    """Read `300` or `300-36F` as the code points it names."""
    first, _, last = place.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def _folds(source: bytes) -> tuple[list[Piece], dict[int, Piece]]:
    """Give what each near character becomes, and what the few far ones do."""
    near = _SAME.copy()
    far: dict[int, Piece] = {}
    for line in source.decode().split("\n")[:-1]:
        place, _, piece = line.partition("\t")
        folded = _WRITTEN.get(piece, piece)
        for point in _points(place) if "-" in place else (int(place, 16),):
            if point < NEAR:
                near[point] = folded
            else:
                far[point] = folded
    return near, far


def _kinds(source: bytes) -> tuple[bytes, list[Piece]]:
    """Give the kind of each near character (0, WORD, MARK, LETTER), and what letters keep of it."""
    kinds = bytearray(NEAR)
    letters: list[Piece] = [None] * NEAR
    for line in source.decode().split("\n")[:-1]:
        place, _, name = line.partition("\t")
        points, kind = _points(place), _KINDS[name]
        if points.start < NEAR:
            kinds[points.start : points.stop] = bytes([kind]) * len(points)
            if kind != MARK:
                letters[points.start : points.stop] = _SAME[points.start : points.stop]
    return bytes(kinds), letters


_FOLD_SOURCE: Final = _read("fold.tsv")
_KIND_SOURCE: Final = _read("kinds.tsv")
_SAME: Final[list[Piece]] = list(range(NEAR))

# What each character becomes, in the form that `str.translate` takes. Far letters are rare
# ideographs, so the letters stream keeps whatever is not in its list.
FOLD_NEAR, FOLD_FAR = _folds(_FOLD_SOURCE)
KINDS, LETTERS_NEAR = _kinds(_KIND_SOURCE)

TABLES_DIGEST: Final = sha256(_FOLD_SOURCE + b"\0" + _KIND_SOURCE).hexdigest()
"""SHA-256 of the tables in hex: equal digests fold equal texts to equal bytes."""
