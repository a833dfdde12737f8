"""How often a rule was right: what people said to its questions and to what it did."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from bot.cards import STANDS
from rules.asking import ACT, CONFIRM, LET_GO
from rules.decision import Case
from rules.state import CommunityState

CONFIRMED = (ACT, CONFIRM, STANDS)
_CARDS = ("asked", "confirm", "contested", "upheld")


class Record(Struct, frozen=True, kw_only=True):
    """What one rule did so far. `shadow` and `acted` count messages, the others cases.

    `asked` were shown to the admins; `confirmed` and `overturned` are their last word on a case, or
    a protest that nobody answered in time. A question that nobody answered is neither.
    """

    shadow: int = 0
    acted: int = 0
    asked: int = 0
    confirmed: int = 0
    overturned: int = 0
    braked_in: tuple[str, ...] = ()

    @property
    def precision_percent(self) -> int | None:
        """Confirmed by confirmed and overturned, rounded down; None while nobody has judged."""
        judged = self.confirmed + self.overturned
        return self.confirmed * 100 // judged if judged else None


def record(state: CommunityState, rules: Iterable[str], groups: Iterable[str]) -> Record:
    """What a rule, under all its ids, did in some groups."""
    ids, where = set(rules), set(groups)
    cases = [one for one in state.cases.values() if one.rule in ids and one.group in where]
    histories = [
        (group.title or group.id, history)
        for group in state.groups.values()
        if group.id in where
        for rule, history in group.history.items()
        if rule in ids
    ]
    return Record(
        shadow=sum(one.shadow for _, one in histories),
        acted=sum(one.acted for _, one in histories),
        asked=sum(one.status in _CARDS or bool(one.answer) for one in cases),
        confirmed=sum(_is_confirmed(one) for one in cases),
        overturned=sum(_is_overturned(one) for one in cases),
        braked_in=tuple(title for title, one in histories if one.is_braked),
    )


def _is_confirmed(case: Case) -> bool:
    return case.answer in CONFIRMED and case.status in ("done", "upheld")


def _is_overturned(case: Case) -> bool:
    return case.status == "overturned" or (case.status, case.answer) == ("let_go", LET_GO)
