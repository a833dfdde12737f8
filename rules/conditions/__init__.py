"""The conditions of rules, one file per family, and the table of them: nothing registers itself."""

from __future__ import annotations

from rules.conditions.addresses import LinkIs
from rules.conditions.clock import TimeOfDay
from rules.conditions.likeness import Like
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.conditions.media import KindIs, Length
from rules.conditions.names import Nickname
from rules.conditions.pace import Rate, Repeat
from rules.conditions.patterns import Regex
from rules.conditions.score import Score
from rules.conditions.who import Who
from rules.conditions.words import Words

FAMILIES: dict[str, type] = {
    "words": Words,
    "regex": Regex,
    "like": Like,
    "link": LinkIs,
    "kind": KindIs,
    "length": Length,
    "rate": Rate,
    "repeat": Repeat,
    "who": Who,
    "time": TimeOfDay,
    "nickname": Nickname,
    "score": Score,
    "any": AnyOf,
    "all": AllOf,
    "not": Not,
}
"""The class behind each key of `when`; the key is also the `condition` of its evidence."""
