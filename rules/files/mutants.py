"""Small changes of rules, each of which a test should notice: something dropped, a number moved.

What is changed is the model of the file, so that a place in it has the name that it has in the
file. Whether a test notices is `bot.mutation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any, Final, NamedTuple

from msgspec import Struct

from rules.files.data import path_of
from rules.files.schema import RuleFile
from rules.files.schema_rule import Rule, Then
from rules.files.schema_types import Model
from rules.files.schema_when import (
    LikeWhen,
    LinkWhen,
    RateWhen,
    RepeatWhen,
    TimeWhen,
    When,
    WhoWhen,
)
from rules.files.values import Clock, Pace
from rules.recent import KEPT_AT_MOST, KEPT_FOR

DROP: Final = "drop"
LOWER: Final = "lower"
RAISE: Final = "raise"
MIDNIGHT: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - any day: only its times are read
HOUR: Final = timedelta(hours=1)

CHANGED: Final[dict[type[Model], tuple[str, ...]]] = {
    Rule: ("for_", "applies_to_staff", "when", "except_", "unless", "then"),
    Then: ("at_most",),
}
"""The fields that are changed, where not all are: what a breach costs is no condition."""

DROPPED: Final[dict[type[Model], tuple[str, ...]]] = {
    Rule: ("for_", "applies_to_staff", "except_", "unless"),
    Then: ("at_most",),
    WhoWhen: ("is_",),
    TimeWhen: ("days",),
    LinkWhen: ("in_", "not_in"),
}
"""The fields that narrow a rule, and can be left out of it."""

LIMITS: Final[dict[tuple[type[Model], str], object]] = {
    (RateWhen, "messages"): KEPT_AT_MOST,
    (RateWhen, "within"): KEPT_FOR,
    (RepeatWhen, "times"): KEPT_AT_MOST,
    (RepeatWhen, "within"): KEPT_FOR,
    (RepeatWhen, "similar"): 100,
    (LikeWhen, "at_least"): 100,
}
"""Numbers beyond which a condition means the same, or nothing."""

Loc = tuple[str | int, ...]


class Change(NamedTuple):
    """A small change of a value: what is done where in it, and the value after it."""

    what: str
    loc: Loc
    value: Any


class Mutant(Struct, frozen=True, kw_only=True):
    """A file with one small change: `what` is done at `loc`, counted from the rule or sign `of`.

    `after` is the rule or the condition of the sign, changed; None for a rule that is dropped.
    """

    of: str
    is_sign: bool = False
    what: str
    loc: Loc = ()
    after: Rule | When | None

    @property
    def name(self) -> str:
        """What is changed, and how: `ad: drop when.all[1]`, `sign contact: drop any[0]`."""
        of = f"sign {self.of}" if self.is_sign else self.of
        return f"{of}: {self.what} {path_of(self.loc)}".rstrip()

    def on(self, file: RuleFile) -> RuleFile:
        """A file that has the rule or sign, with the change; its own mode of the rule stays."""
        if isinstance(self.after, When):
            return file.model_copy(update={"signs": {**file.signs, self.of: self.after}})
        kept = (self._changed(one) if one.id == self.of else one for one in file.rules)
        return file.model_copy(update={"rules": tuple(one for one in kept if one is not None)})

    def _changed(self, rule: Rule) -> Rule | None:
        if self.after is None:
            return None
        return rule.model_copy(update={one: getattr(self.after, one) for one in CHANGED[Rule]})


def of_rule(rule: Rule) -> Iterator[Mutant]:
    """Every small change of a rule: first it is dropped, then what it is made of."""
    yield Mutant(of=rule.id, what=DROP, after=None)
    for one in _of_model(rule):
        yield Mutant(of=rule.id, what=one.what, loc=one.loc, after=one.value)


def of_sign(name: str, sign: When) -> Iterator[Mutant]:
    """Every small change of a sign."""
    for one in _of_model(sign):
        yield Mutant(of=name, is_sign=True, what=one.what, loc=one.loc, after=one.value)


def _changes(value: object, limit: object) -> Iterator[Change]:
    match value:
        case Model():
            return _of_model(value)
        case Pace():
            return _of_pace(value)
        case tuple() if not isinstance(value, Clock):
            return _of_list(value)
        case _:
            return _of_number(value, limit)


def _of_model(model: Model) -> Iterator[Change]:
    kind = type(model)
    fields = kind.model_fields
    for name in (one for one in CHANGED.get(kind, tuple(fields)) if one in model.model_fields_set):
        key = fields[name].alias or name
        value, least = getattr(model, name), fields[name].default
        dropped = (Change(DROP, (), least),) if _can_drop(model, name) else ()
        for one in chain(dropped, _changes(value, LIMITS.get((kind, name)))):
            yield Change(one.what, (key, *one.loc), model.model_copy(update={name: one.value}))


def _can_drop(model: Model, name: str) -> bool:
    """Whether a field can be left out: it says something, and is not all that is said."""
    kind = type(model)
    says_something = getattr(model, name) != kind.model_fields[name].default
    is_all = kind is WhoWhen and len(model.model_fields_set) == 1
    return name in DROPPED.get(kind, ()) and says_something and not is_all


def _of_list(items: tuple[object, ...]) -> Iterator[Change]:
    """The parts of `any` or `all`, each dropped if it is not the only one; the times of a span."""
    for n, item in enumerate(items):
        if isinstance(item, Model) and len(items) > 1:
            yield Change(DROP, (n,), (*items[:n], *items[n + 1 :]))
        if isinstance(item, Model | Clock):
            for one in _changes(item, None):
                yield Change(one.what, (n, *one.loc), (*items[:n], one.value, *items[n + 1 :]))


def _of_pace(pace: Pace) -> Iterator[Change]:
    for field in ("times", "within"):
        for one in _of_number(getattr(pace, field), None):
            yield Change(one.what, (field,), pace._replace(**{field: one.value}))


def _of_number(value: object, limit: object) -> Iterator[Change]:
    """The numbers a step below and above; none beyond `limit`, and none below one."""
    for what, other in zip((LOWER, RAISE), _around(value, limit), strict=False):
        if other != value:
            yield Change(what, (), other)


def _around(value: object, limit: Any) -> tuple[object, ...]:
    """A count a quarter less and more, a length of time halved and doubled, a clock an hour off."""
    match value:
        case bool():
            return ()
        case int():
            step = max(1, value // 4)
            return max(value - step, 1), min(value + step, limit or value + step)
        case timedelta():
            return value / 2, min(value * 2, limit or value * 2)
        case Clock():
            return tuple(value._replace(time=_moved(value.time, by)) for by in (-HOUR, HOUR))
        case _:
            return ()


def _moved(at: time, by: timedelta) -> time:
    return (datetime.combine(MIDNIGHT, at) + by).time()
