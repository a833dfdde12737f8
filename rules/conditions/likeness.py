"""Likeness to known texts: a character 3-gram index names a few templates, rapidfuzz measures them.

Scores are whole percents of common letters (Indel similarity: twice the longest common subsequence
by the sum of both lengths), rounded down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
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
        self._templates = [
            (number, letters)
            for number, templates in enumerate(lists)
            for letters in dict.fromkeys(templates)
        ]
        self._lists = len(lists)
        holders: dict[str, list[int]] = {}
        for template, (_, letters) in enumerate(self._templates):
            for gram in _grams(letters):
                holders.setdefault(gram, []).append(template)
        self._holders = list(holders.values())
        self._search = AhoCorasick(list(holders), store_patterns=False)

    def find(self, folded: Folded) -> dict[int, TemplateHit]:
        """The best hit of each list that scores LEAST or more, by list number."""
        best: dict[int, TemplateHit] = {}
        if not self._templates:
            return best
        letters = folded.letters
        for template in self._candidates(letters):
            number, known = self._templates[template]
            hit = _measure(known, letters)
            if hit is not None and (number not in best or hit.score > best[number].score):
                best[number] = hit
        return best

    def _candidates(self, letters: str) -> list[int]:
        """Of each list, the templates that have most grams in common with the text."""
        found = self._search.find_matches_as_indexes(letters, overlapping=True)
        if not found:  # as nearly always
            return []
        grams = dict.fromkeys([gram for gram, _, _ in found])
        holders = sorted([self._holders[gram] for gram in grams], key=len)
        return self._top(Counter(islice(chain.from_iterable(holders), _LOOKS_AT_MOST)))

    def _top(self, shared: Counter[int]) -> list[int]:
        taken = [0] * self._lists
        top = []
        for template in sorted(sorted(shared), key=shared.__getitem__, reverse=True):
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


def _measure(known: str, letters: str) -> TemplateHit | None:
    """How alike the whole text is, or the part of it most like the template, if that is more.

    None below LEAST. A part that scores so much is no shorter than what it has in common with the
    template, and so they have at least LEAST / (200 - LEAST) of the template in common: the cutoff.
    """
    cutoff = -(-2 * LEAST * len(known) // (200 - LEAST))
    common = Indel.similarity(known, letters, score_cutoff=cutoff)
    if not common:
        return None
    score = 100 * common // (len(known) + len(letters))
    if _PARTIAL_FROM <= len(known) < len(letters):
        found = partial_ratio_alignment(known, letters, score_cutoff=max(LEAST, score + 1))
        if found is not None:
            start, end = found.dest_start, found.dest_end
            return TemplateHit(percent(known, letters[start:end]), start, end)
    return TemplateHit(score, 0, len(letters)) if score >= LEAST else None


def percent(one: str, other: str) -> int:
    """How alike two texts are; one of them has a letter."""
    return 100 * Indel.similarity(one, other) // (len(one) + len(other))
