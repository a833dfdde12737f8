"""Lines out of pieces of bytes, with a limit on their length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LONGEST = 1_000_000  # bytes; 250 times the longest message of any platform


def lines(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Every line without its end; None for one that is too long. Blank ones are given too."""
    rest = b""
    too_long = False
    for chunk in chunks:
        whole = (rest + chunk).split(b"\n")
        rest = whole.pop()
        for line in whole:
            yield None if too_long or len(line) > LONGEST else line
            too_long = False
        if len(rest) > LONGEST:
            rest, too_long = b"", True
    if rest or too_long:
        yield None if too_long else rest
