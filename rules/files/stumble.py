"""Where YAML's reader gave up: what is known at that moment."""

from __future__ import annotations

from msgspec import Struct

from rules.files.faults import Place


class Stumble(Struct, frozen=True, kw_only=True):
    """Where libyaml gave up, and what had been read before it.

    `began` is where the thing began that could not be finished; `quote` the first and last line
    of the last text in quotes; `bracket` the innermost bracket that is open.
    """

    lines: list[str]
    problem: str
    context: str
    at: Place
    began: Place
    quote: tuple[Place, Place] | None = None
    bracket: Place | None = None

    def line(self, number: int) -> str:
        """The text of a line counted from 1; empty behind the last."""
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def sign(self, place: Place) -> str:
        """The character at the place; empty at the end of a line."""
        return self.line(place.line)[place.column - 1 : place.column]
