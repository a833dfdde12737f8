"""The searches that a ruleset shares among its conditions: each runs once per message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.conditions.likeness import TemplateHit, TemplateIndex, known_template
from rules.conditions.patterns import On, PatternSet
from rules.conditions.words import KnownWord, WordHit, WordIndex, known_word

__all__ = ["MatcherBuilder", "Matchers", "On", "TemplateHit", "WordHit"]


@dataclass(frozen=True, slots=True, eq=False)
class Matchers:
    """Everything that is looked for in a text, compiled."""

    words: WordIndex
    patterns: PatternSet
    likeness: TemplateIndex


class MatcherBuilder:
    """Collects lists and patterns, and gives each the number by which a condition asks for it."""

    def __init__(self) -> None:
        self._words: list[tuple[KnownWord, ...]] = []
        self._patterns: list[tuple[str, On]] = []
        self._templates: list[tuple[str, ...]] = []

    def add_words(self, words: Sequence[str]) -> int:
        """The number of a word list; an empty one matches nothing.

        ValueError names a word that folds to nothing.
        """
        self._words.append(tuple(map(known_word, words)))
        return len(self._words) - 1

    def add_pattern(self, regex: str, on: On = "text") -> int:
        """The number of a regex that `compile_fault` finds nothing wrong with."""
        self._patterns.append((regex, on))
        return len(self._patterns) - 1

    def add_templates(self, templates: Sequence[str]) -> int:
        """The number of a list of known texts; an empty one matches nothing.

        ValueError names a template with fewer than 3 letters.
        """
        self._templates.append(tuple(map(known_template, templates)))
        return len(self._templates) - 1

    def build(self) -> Matchers:
        """Compile all of it. `re2.error` for a regex that `compile_fault` would have named."""
        return Matchers(
            words=WordIndex(self._words),
            patterns=PatternSet(self._patterns),
            likeness=TemplateIndex(self._templates),
        )
