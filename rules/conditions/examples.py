"""Messages that an operator's file says to leave alone: whoever says nearly the same is spared too.

Which texts those are is for `rules.files` to say. Texts are compared folded, as wholes.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from rules.conditions.base import View
from rules.conditions.likeness import percent
from rules.decision import Match
from rules.links import find_links
from rules.text import fold

SPARED = "example"
"""The condition of the evidence, and what a match is exempt by."""

LEAST = 90  # percent: a name or a number may differ, an offer may not
_COMPARED = 8  # letters; shorter texts are alike by chance, and have to be equal


class Example(Struct, frozen=True, kw_only=True):
    """A text that is left alone: its folded letters, and the hosts that it names."""

    letters: str
    hosts: frozenset[str]


def examples_of(texts: Iterable[str]) -> tuple[Example, ...]:
    """The texts as examples. One without a letter spares nothing, and keeps its number."""
    return tuple(
        Example(letters=fold(text).letters, hosts=frozenset(_hosts(text))) for text in texts
    )


def spared(examples: Iterable[Example], view: View) -> Match | None:
    """The evidence that a message is like an example: its number from 1, and how alike, in percent.

    A link that the example has not is never spared.
    """
    hosts = {link.host for link in view.message.links}
    for number, one in enumerate(examples, start=1):
        score = _score(one.letters, view.folded.letters)
        if score >= LEAST and hosts <= one.hosts:
            values = {"number": str(number), "score": str(score)}
            return Match(condition=SPARED, values=values)
    return None


def _hosts(text: str) -> Iterable[str]:
    return (link.host for link in find_links(text))


def _score(known: str, letters: str) -> int:
    if len(known) < _COMPARED:
        return 100 if known and known == letters else 0
    return percent(known, letters)
