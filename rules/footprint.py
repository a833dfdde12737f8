"""What the fold of state may read of a text: hashes and counts, and never the text.

The sketch is bottom-k (Broder 1997; Cohen and Kaplan 2007): of all hashed bigrams the k smallest,
so that two sketches compare like the texts they stand for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from struct import pack, unpack
from typing import Final
from zlib import crc32

import msgspec

from rules.text import Folded

_FULL: Final = 24  # bigrams of an average group line; 96 bytes
_AT_LEAST: Final = 4  # letters; shorter texts are alike only when equal
_KEYS: Final = 3


class Footprint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text as the fold sees it. Equal texts after folding have equal digests and grams."""

    kind: str
    """The message's kind, as given."""
    length: int
    """Characters of the raw text."""
    digest: int = 0
    """63-bit hash of the letters; 0 when there are none."""
    grams: bytes = b""
    """The 24 smallest 32-bit hashes of the letters' bigrams, ascending, little-endian."""
    hosts: tuple[int, ...] = ()
    """32-bit hashes of the hosts that the text links to, in order; see `host_hash`."""


def host_hash(host: str) -> int:
    """Give the stable 32-bit hash of a host name, which the caller has brought to one form."""
    return crc32(host.encode("utf-8", "surrogatepass"))


def footprint(folded: Folded, *, kind: str, hosts: Sequence[str]) -> Footprint:
    """Give the footprint of a folded text that links to these hosts."""
    letters = folded.letters
    return Footprint(
        kind=kind,
        length=len(folded.raw),
        digest=_digest(letters) if letters else 0,
        grams=_grams(letters) if len(letters) >= _AT_LEAST else b"",
        hosts=tuple(map(host_hash, hosts)) if hosts else (),
    )


def similarity(one: Footprint, other: Footprint) -> int:
    """Say from 0 to 100 how alike two texts are: the Dice coefficient of their bigrams.

    Exact up to 24 bigrams each, an estimate beyond. 100 when the letters are equal; 0 when one of
    the texts has fewer than 4 letters and they differ.
    """
    if one.digest == other.digest:
        return 100 if one.digest else 0
    ours, theirs = _unpacked(one.grams), _unpacked(other.grams)
    reach = min(_reach(ours), _reach(theirs))
    ours, theirs = ours[: bisect_right(ours, reach)], theirs[: bisect_right(theirs, reach)]
    total = len(ours) + len(theirs)
    return 200 * len(set(ours).intersection(theirs)) // total if total else 0


def keys(of: Footprint) -> tuple[int, ...]:
    """Give up to 3 hashes to index a text by: near copies nearly always share one of them."""
    return _unpacked(of.grams[: 4 * _KEYS])


def _digest(letters: str) -> int:
    """Hash to 63 bits, which every database holds in one signed integer; never 0."""
    whole = blake2b(letters.encode(), digest_size=8).digest()
    return int.from_bytes(whole, "little") >> 1 or 1


def _grams(letters: str) -> bytes:
    wide = letters.encode("utf-32-le")
    hashes = sorted({crc32(wide[at : at + 8]) for at in range(0, len(wide) - 4, 4)})[:_FULL]
    return pack(f"<{len(hashes)}I", *hashes)


def _unpacked(grams: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(grams) // 4}I", grams)


def _reach(hashes: tuple[int, ...]) -> int:
    """Give the highest hash up to which a sketch knows all of its text's bigrams."""
    return hashes[-1] if len(hashes) == _FULL else 0xFFFFFFFF
