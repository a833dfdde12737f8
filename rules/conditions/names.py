"""Names in a group: their parts, and whether they have those that the group asks for."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.text import fold

# What people put between the parts of a name, before folding: full width forms fold to these.
_BETWEEN: Final = re.compile(r"[-\u2010-\u2015\u2212_·・•/|+~\s]+")


def parts_of(name: str) -> list[str]:
    """The parts of a name; what holds no letter or digit is none."""
    folded = fold(name)
    return [part for part in _BETWEEN.split(folded.text) if fold(part).letters]


def is_in_format(name: str, asked: str) -> bool:
    """Whether a name has at least as many parts as the format: which is which, nobody can see."""
    return len(parts_of(name)) >= len(parts_of(asked))


class Nickname(Struct, frozen=True, kw_only=True):
    """The author's name in the group has the parts of `format`."""

    format: str

    def ask(self, view: View) -> Evidence | None:
        """The format."""
        if not is_in_format(view.event.author.name, self.format):
            return None
        return (Match(condition="nickname", values={"format": self.format}),)
