"""All, any and not over other conditions."""

from __future__ import annotations

from msgspec import Struct

from rules.conditions.base import Condition, Evidence, View
from rules.decision import Match


class AnyOf(Struct, frozen=True, kw_only=True):
    """At least one of `conditions` holds; of none, none does."""

    conditions: tuple[Condition, ...]

    def ask(self, view: View) -> Evidence | None:
        """The evidence of all that hold."""
        answers = [answer for one in self.conditions if (answer := one.ask(view)) is not None]
        return _joined(answers) if answers else None


class AllOf(Struct, frozen=True, kw_only=True):
    """Every one of `conditions` holds. An empty list matches nothing here too."""

    conditions: tuple[Condition, ...]

    def ask(self, view: View) -> Evidence | None:
        """The evidence of all, in their order."""
        answers: list[Evidence] = []
        for one in self.conditions:
            answer = one.ask(view)
            if answer is None:
                return None
            answers.append(answer)
        return _joined(answers) if answers else None


class Not(Struct, frozen=True, kw_only=True):
    """`condition` does not hold; there is nothing to show for it."""

    condition: Condition

    def ask(self, view: View) -> Evidence | None:
        """An empty evidence, or None."""
        return () if self.condition.ask(view) is None else None


def _joined(answers: list[Evidence]) -> tuple[Match, ...]:
    return tuple(match for answer in answers for match in answer)
