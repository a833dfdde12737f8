"""Whether one condition holds wherever another does, as far as their forms tell."""

from __future__ import annotations

from rules.conditions.base import Condition
from rules.conditions.logic import AllOf, AnyOf


def covers(wide: Condition, narrow: Condition) -> bool:
    """Whether `wide` surely holds of every message of which `narrow` does."""
    if wide == narrow:
        return True
    if isinstance(narrow, AnyOf):
        return bool(narrow.conditions) and all(covers(wide, one) for one in narrow.conditions)
    if isinstance(wide, AllOf):
        return bool(wide.conditions) and all(covers(one, narrow) for one in wide.conditions)
    parts = narrow.conditions if isinstance(narrow, AllOf) else ()
    choices = wide.conditions if isinstance(wide, AnyOf) else ()
    return any(covers(wide, one) for one in parts) or any(covers(one, narrow) for one in choices)
