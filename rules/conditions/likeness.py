"""Likeness to known texts: a character 3-gram index names a few templates, rapidfuzz measures them.

Scores are whole percents of common letters (Indel similarity: twice the longest common subsequence
by the sum of both lengths), rounded down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.text import Folded, fold

LEAST = 50
"""The lowest score that is ever found: texts of one language share nearly as much by chance."""

_GRAM = 3
_MEASURED = 5  # building-blocks: the top 5 by common grams hold the best one
_PARTIAL_FROM = 10  # characters; below, a part of a text is alike by chance (5.9 % false hits)
_LOOKS_AT_MOST = 8192  # index entries per message, the rarest grams first: bounds hostile texts


class TemplateHit(NamedTuple):
    """The best template of a list: its score, and the half-open place in `Folded.letters`."""

    score: int
    start: int
    end: int


def known_template(template: str) -> str:
    """The letters of a template. ValueError, naming it, if they are fewer than 3."""
    letters = fold(template).letters
    if len(letters) < _GRAM:
        raise ValueError(f"expected a template with at least {_GRAM} letters, found {template!r}")
    return letters


class TemplateIndex:
    """All lists of templates of a ruleset, numbered from 0."""

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        """`lists` hold letters as `known_template` gives them."""
        self._templates: list[tuple[int, str]] = []
        self._by_gram: dict[str, list[int]] = {}
        for number, templates in enumerate(lists):
            for letters in dict.fromkeys(templates):
                self._add(number, letters)

    def find(self, folded: Folded) -> dict[int, TemplateHit]:
        """The best hit of each list that scores LEAST or more, by list number."""
        best: dict[int, TemplateHit] = {}
        if not self._templates:
            return best
        letters = folded.letters
        for template in self._candidates(letters):
            number, known = self._templates[template]
            hit = _measure(known, letters)
            if hit.score >= LEAST and (number not in best or hit.score > best[number].score):
                best[number] = hit
        return best

    def _add(self, number: int, letters: str) -> None:
        template = len(self._templates)
        self._templates.append((number, letters))
        for gram in _grams(letters):
            self._by_gram.setdefault(gram, []).append(template)

    def _candidates(self, letters: str) -> list[int]:
        """Of each list, the templates that have most grams in common with the text."""
        known = self._by_gram
        grams = [letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)]
        if known.keys().isdisjoint(grams):  # as nearly always
            return []
        looked_up = [known[gram] for gram in dict.fromkeys(grams) if gram in known]
        looked_up.sort(key=len)
        shared: Counter[int] = Counter()
        left = _LOOKS_AT_MOST
        for templates in looked_up:
            shared.update(templates[:left])
            left = max(0, left - len(templates))
        return self._top(shared)

    def _top(self, shared: Counter[int]) -> list[int]:
        taken: Counter[int] = Counter()
        top = []
        for template, _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
            number = self._templates[template][0]
            if taken[number] < _MEASURED:
                taken[number] += 1
                top.append(template)
        return top


class Like(Struct, frozen=True, kw_only=True):
    """At least `at_least` percent like a template of list `number`; `list` is its name.

    A template that stands inside a longer message is found there, if it has 10 letters or more.
    """

    number: int
    list: str
    at_least: int

    def ask(self, view: View) -> Evidence | None:
        """The score, and the part of the message that is alike."""
        hit = view.likeness.get(self.number)
        if hit is None or hit.score < self.at_least:
            return None
        span = view.folded.span(hit.start, hit.end, of="letters")
        values = {"list": self.list, "score": str(hit.score)}
        return (Match(condition="like", values=values, spans=(span,)),)


def _grams(letters: str) -> Iterable[str]:
    """All different 3-grams, in order of first appearance."""
    return dict.fromkeys(letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1))


def _measure(known: str, letters: str) -> TemplateHit:
    """How alike the whole text is, or the part of it most like the template, if that is more."""
    whole = TemplateHit(_percent(known, letters), 0, len(letters))
    if not _PARTIAL_FROM <= len(known) < len(letters):
        return whole
    found = partial_ratio_alignment(known, letters, score_cutoff=max(LEAST, whole.score + 1))
    if found is None:
        return whole
    start, end = found.dest_start, found.dest_end
    return TemplateHit(_percent(known, letters[start:end]), start, end)


def _percent(one: str, other: str) -> int:
    return 100 * Indel.similarity(one, other) // (len(one) + len(other))
