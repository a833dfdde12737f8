"""All rulesets of a home, and which of them governs a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from rules.conditions.matchers import MatcherBuilder
from rules.ruleset import AppliesTo, Ruleset
from rules.state import GroupState

NOBODYS = Ruleset(name="", rules=(), matchers=MatcherBuilder().build(), digest="0" * 16)
"""Governs groups that no file names: it has no rules, and stays silent."""

ALL: Final = (0, 0)
CLASS: Final = (1, 0)
PATTERN: Final = 2
TITLE: Final = (3, 0)
ID: Final = (4, 0)
"""How exactly a group is named, from the vaguest; of patterns, the one with more letters."""


@dataclass(frozen=True)
class Rulebook:
    """The rulesets in force, in the order of their files' names."""

    rulesets: tuple[Ruleset, ...]

    @property
    def digest(self) -> str:
        """16 hex digits that change whenever the meaning of any file changes."""
        return sha256("".join(one.digest for one in self.rulesets).encode()).hexdigest()[:16]

    @cached_property
    def classes(self) -> Mapping[str, tuple[str, ...]]:
        """The titles of each class of groups, of all files together."""
        found: dict[str, tuple[str, ...]] = {}
        for ruleset in self.rulesets:
            for name, titles in ruleset.classes:
                found[name] = found.get(name, ()) + titles
        return found

    def governing(self, group: GroupState) -> Ruleset:
        """The ruleset of a group: of those that fit, the one that names it most exactly and then
        the first; else NOBODYS.
        """
        fitting = [(self._exactness(one.applies_to, group), one) for one in self.rulesets]
        found = [(exact, one) for exact, one in fitting if exact is not None]
        return max(found, key=lambda one: one[0], default=(ALL, NOBODYS))[1]

    def _exactness(self, wanted: AppliesTo, group: GroupState) -> tuple[int, int] | None:
        """How exactly a group is named; None if it is not."""
        if wanted.platforms and group.platform and group.platform not in wanted.platforms:
            return None
        if group.id in wanted.ids:
            return ID
        titles = [_said(one) for one in wanted.groups if is_like(group.title, one)]
        if titles:
            return max(titles)
        members = (title for name in wanted.classes for title in self.classes.get(name, ()))
        if any(is_like(group.title, title) for title in members):
            return CLASS
        return ALL if wanted.is_everywhere else None


def _said(pattern: str) -> tuple[int, int]:
    """How exact a pattern of titles is: one without a star says all of a title."""
    return (PATTERN, len(pattern.replace("*", ""))) if "*" in pattern else TITLE


def is_like(title: str, pattern: str) -> bool:
    """Whether a title fits a pattern in which only `*` means something: any text, or none."""
    first, *rest = pattern.split("*")
    if not rest:
        return title == pattern
    if not title.startswith(first) or not title.endswith(rest[-1]):
        return False
    at = len(first)
    for part in rest[:-1]:
        at = title.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at <= len(title) - len(rest[-1])
