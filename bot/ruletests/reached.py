"""Which rules and conditions the tests of a file reach: those that hold in at least one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

import msgspec

from rules.conditions.base import Condition, Evidence, View
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.phrases import Phrase, phrase
from rules.ruleset import Rule, Ruleset


@dataclass(slots=True)
class Reached:
    """Counts while the tests run. A condition made of others is counted by its parts alone, and one
    that stands in several rules once.
    """

    rules: list[Seen] = field(default_factory=list)
    conditions: dict[Condition, Seen] = field(default_factory=dict)

    def joined(self, other: Reached) -> Reached:
        """What either of them saw of the same rules, in the same order."""
        if not self.rules:
            return other
        for one, same in zip(self._all(), other._all(), strict=True):
            one.has_held = one.has_held or same.has_held
        return self

    def _all(self) -> list[Seen]:
        return [*self.rules, *self.conditions.values()]

    def said(self) -> Phrase:
        """The numbers in a line: `rules 12/12, conditions 38/40`."""
        conditions = self.conditions.values()
        return phrase(
            "rules {rules}, conditions {conditions}",
            rules=f"{_held(self.rules)}/{len(self.rules)}",
            conditions=f"{_held(conditions)}/{len(conditions)}",
        )


@dataclass(slots=True)
class Seen:
    """A condition that remembers whether it ever held."""

    condition: Condition
    has_held: bool = False

    def ask(self, view: View) -> Evidence | None:
        """The evidence of the condition."""
        answer = self.condition.ask(view)
        self.has_held = self.has_held or answer is not None
        return answer


def watched(ruleset: Ruleset, rules: Collection[str]) -> tuple[Ruleset, Reached]:
    """The ruleset, deciding as it does, with these rules of it watched."""
    reached = Reached()
    seen = (_watched(rule, reached) if rule.id in rules else rule for rule in ruleset.rules)
    return replace(ruleset, rules=tuple(seen)), reached


def _watched(rule: Rule, reached: Reached) -> Rule:
    when = Seen(_parts(rule.when, reached))
    reached.rules.append(when)
    exception = _parts(rule.exception, reached) if rule.exception is not None else None
    return replace(rule, when=when, exception=exception)


def _parts(condition: Condition, reached: Reached) -> Condition:
    match condition:
        case AnyOf() | AllOf():
            parts = tuple(_parts(one, reached) for one in condition.conditions)
            return msgspec.structs.replace(condition, conditions=parts)
        case Not():
            return Not(condition=_parts(condition.condition, reached))
        case _:
            return reached.conditions.setdefault(condition, Seen(condition))


def _held(all_: Iterable[Seen]) -> int:
    return sum(one.has_held for one in all_)
