"""Which words or patterns a condition cannot hold without: most messages have none of them.

A rule whose triggers a message lacks need not be asked, and its answer stays the same.
"""

from __future__ import annotations

from rules.conditions.base import Condition
from rules.conditions.logic import AllOf, AnyOf
from rules.conditions.patterns import Regex
from rules.conditions.score import Score
from rules.conditions.words import Words


def triggers_of(condition: Condition) -> frozenset[int] | None:
    """Keys (see `View.triggers`) of which at least one is in every message that the condition
    matches; None if it may match without any.
    """
    match condition:
        case Words():
            return frozenset({condition.number})
        case Regex():
            return frozenset({~condition.number})
        case AnyOf():
            parts = [triggers_of(one) for one in condition.conditions]
            known = [one for one in parts if one is not None]
            return frozenset().union(*known) if len(known) == len(parts) else None
        case AllOf():
            parts = [triggers_of(one) for one in condition.conditions]
            return min((one for one in parts if one is not None), key=len, default=None)
        case Score():
            return _of_score(condition)
        case _:
            return None


def _of_score(score: Score) -> frozenset[int] | None:
    """Those of all signals, unless the signals that have none reach the score by themselves."""
    signals = [(triggers_of(one.when), one.cap) for one in score.signals]
    if sum(cap for keys, cap in signals if keys is None) >= score.least:
        return None
    return frozenset().union(*(keys for keys, _ in signals if keys is not None))
