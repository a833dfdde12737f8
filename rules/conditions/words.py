"""Words and phrases of lists: one search over all lists of a ruleset, and its condition.

A word that holds CJK is looked for anywhere in the letters of a text, so that `加 V 信` is
`加v信`; any other word must stand whole in the folded text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.text import Folded, at_word_boundary, fold, has_cjk

HITS_OF_ONE_WORD = 8
"""So many places of one word are kept; a wall of one word repeated says no more than these."""

Stream = Literal["text", "letters"]
Owners = tuple[tuple[int, str], ...]
"""The lists that hold a pattern, by number, and how each spells it."""


class WordHit(NamedTuple):
    """A word of a list, as written, and its half-open place in `Folded.text` or `.letters`."""

    word: str
    start: int
    end: int
    of: Stream


class KnownWord(NamedTuple):
    """A word of a list as written, and what is looked for in which stream."""

    word: str
    pattern: str
    of: Stream


def known_word(word: str) -> KnownWord:
    """Fold a word of a list. ValueError, naming it, if nothing of it is left."""
    folded = fold(word)
    of: Stream = "letters" if has_cjk(folded.text) else "text"
    pattern = folded.letters if of == "letters" else folded.text.strip()
    if not pattern:
        raise ValueError(f"expected a word with a visible character in it, found {word!r}")
    return KnownWord(word, pattern, of)


class WordIndex:
    """All word lists of a ruleset. Looking costs the same for a thousand words and for 100,000."""

    def __init__(self, lists: Sequence[Sequence[KnownWord]]) -> None:
        """`lists` are numbered from 0."""
        owners: dict[Stream, dict[str, Owners]] = {"text": {}, "letters": {}}
        for number, words in enumerate(lists):
            for word, pattern, of in words:
                theirs = owners[of].get(pattern, ())
                if not theirs or theirs[-1][0] != number:
                    owners[of][pattern] = (*theirs, (number, word))
        self._whole = _Automaton(owners["text"], "text")
        self._anywhere = _Automaton(owners["letters"], "letters")

    def find(self, folded: Folded) -> dict[int, list[WordHit]]:
        """The hits in a text by list number, of each word at most HITS_OF_ONE_WORD."""
        hits: dict[int, list[WordHit]] = {}
        if self._whole.holds_any:
            self._whole.collect(folded.text, hits)
        if self._anywhere.holds_any and has_cjk(folded.text):
            self._anywhere.collect(folded.letters, hits)
        return hits


class Words(Struct, frozen=True, kw_only=True):
    """At least `at_least` different words of list `number`; `list` is its name.

    Of words that lie one within another (加微, 加微信) only the longest counts.
    """

    number: int
    list: str
    at_least: int = 1

    def ask(self, view: View) -> Evidence | None:
        """The words as the list has them, and where they stand."""
        hits = view.words.get(self.number)
        if not hits or len({hit.word for hit in hits}) < self.at_least:
            return None
        kept = _outermost(view.folded, hits)
        words = dict.fromkeys(word for _, word in kept)
        if len(words) < self.at_least:
            return None
        values = {"list": self.list, "words": "、".join(words)}
        return (Match(condition="words", values=values, spans=tuple(span for span, _ in kept)),)


class _Automaton:
    """Finds many patterns at once; each belongs to some lists, which spell it in their own ways."""

    def __init__(self, owners: dict[str, Owners], of: Stream) -> None:
        self.holds_any = bool(owners)
        self._of = of
        self._owners = list(owners.values())
        self._search = AhoCorasick(list(owners), store_patterns=False)

    def collect(self, text: str, hits: dict[int, list[WordHit]]) -> None:
        """Add the hits in a text to those of each list, in order of their end."""
        found = self._search.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return
        of = self._of
        seen: Counter[int] = Counter()
        for pattern, start, end in found:
            if seen[pattern] == HITS_OF_ONE_WORD:
                continue
            if of == "letters" or at_word_boundary(text, start, end):
                seen[pattern] += 1
                for number, word in self._owners[pattern]:
                    hits.setdefault(number, []).append(WordHit(word, start, end, of))


def _outermost(folded: Folded, hits: Iterable[WordHit]) -> list[tuple[tuple[int, int], str]]:
    """Spans in the raw text with their words, without those that lie within another, in order."""
    spans = [(folded.span(hit.start, hit.end, of=hit.of), hit.word) for hit in hits]
    spans.sort(key=lambda one: (one[0][0], -one[0][1]))
    kept: list[tuple[tuple[int, int], str]] = []
    reached = 0
    for span, word in spans:
        if span[1] > reached:
            kept.append((span, word))
            reached = span[1]
    return kept
