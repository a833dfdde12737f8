"""All rulesets of a home, and which of them governs a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from rules.conditions.matchers import MatcherBuilder
from rules.ruleset import Ruleset
from rules.state import GroupState

EXACT = 1_000  # characters: more than any title has
NOBODYS = Ruleset(name="", rules=(), matchers=MatcherBuilder().build(), digest="0" * 16)
"""Governs groups that no file names: it has no rules, and stays silent."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rulesets in force, in the order of their files' names."""

    rulesets: tuple[Ruleset, ...]

    @property
    def digest(self) -> str:
        """16 hex digits that change whenever the meaning of any file changes."""
        return sha256("".join(one.digest for one in self.rulesets).encode()).hexdigest()[:16]

    def governing(self, group: GroupState) -> Ruleset:
        """The ruleset of a group: the one with the most exact title that fits, else NOBODYS."""
        fitting = [one for one in self.rulesets if _fits(one, group)]
        return max(fitting, key=lambda one: _exactness(one, group), default=NOBODYS)


def _fits(ruleset: Ruleset, group: GroupState) -> bool:
    wanted = ruleset.applies_to
    return (not wanted.platforms or not group.platform or group.platform in wanted.platforms) and (
        not wanted.groups or bool(_fitting(wanted.groups, group))
    )


def _exactness(ruleset: Ruleset, group: GroupState) -> int:
    """How much of a title its best pattern says: a title without a star says all of it."""
    said = [
        1 + len(one.replace("*", "")) + (EXACT if "*" not in one else 0)
        for one in _fitting(ruleset.applies_to.groups, group)
    ]
    return max(said, default=0)


def _fitting(patterns: Sequence[str], group: GroupState) -> list[str]:
    return [one for one in patterns if one == group.id or _is_like(group.title, one)]


def _is_like(title: str, pattern: str) -> bool:
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
