"""What came of each action, as the conversation shows it."""

from __future__ import annotations

import pytest

from bot.web.items import AnyItem, Card, Note, Posted, Said
from bot.web.projection import RoomView
from rules.actions import AnyAction, Ask, Ban, Delete, Line, Mute, Remove, Say, Tell, Unmute
from rules.capability import Capability
from rules.decision import Decision
from rules.entries import Decided, Delivered, Entry, Result, Switched
from tests.builders import at, posted

LINE = Line(key="warn", values={"name": "Ann", "title": "Ads"})
OTHER = Line(key="warn_late", values={"name": "Ann", "title": "Ads"})
MESSAGE = posted("ad")
SAY = Say(key="a", group="g1", line=LINE, needs=Capability.DELETE, otherwise=OTHER)
DELETE = Delete(key="a", group="g1", message_id=MESSAGE.message_id, member="m1")
REMOVE = Remove(key="a", group="g1", member="m1", name="Ann")
ASK = Ask(key="a", group="g1", case=4, line=LINE, choices=("act",))


def view_after(
    action: AnyAction, result: Result, did: str = "", reason: str = "", able: tuple[str, ...] = ()
) -> RoomView:
    """A view of one message, one action about it, and what came of it."""
    view = RoomView("g1", [Capability(one) for one in able])
    entries: list[Entry] = [
        Decided(event=MESSAGE, decision=Decision(actions=(action,))),
        Delivered(
            action="a", group="g1", at=at(1), result=result, wanted=type(action).__name__,
            did=did, reason=reason,
        ),
    ]  # fmt: skip
    for entry in entries:
        view.apply(entry)
    return view


def shown(item: AnyItem) -> str:
    """An item in one word."""
    match item:
        case Posted(taken=taken):
            return f"posted {taken}".strip()
        case Said(line=line):
            return f"said {line.key}"
        case Card(case=case, line=line):
            return f"card {case} {line.key}"
        case Note(reason=reason):
            return reason.key


ROWS: list[tuple[AnyAction, Result, str, str, tuple[str, ...], list[str]]] = [
    (SAY, Result.DONE, "Say", "", (), ["posted", "said warn_late"]),
    (SAY, Result.DONE, "Say", "", ("delete",), ["posted", "said warn"]),
    (SAY, Result.UNKNOWN, "Say", "", (), ["posted", "note_unknown"]),
    (SAY, Result.DEAD, "", "too late", (), ["posted", "note_dead"]),
    (SAY, Result.REFUSED, "", "no", (), ["posted", "note_refused"]),
    (DELETE, Result.DONE, "Delete", "", (), ["posted bot"]),
    (DELETE, Result.DEGRADED, "", "", (), ["posted", "note_degraded"]),
    (REMOVE, Result.DONE, "Remove", "", (), ["posted", "note_removed"]),
    (REMOVE, Result.DONE, "", "gone already", (), ["posted"]),
    (REMOVE, Result.DEGRADED, "Tell", "", (), ["posted", "card 0 ask_owner_to_remove"]),
    (
        Ban(key="a", group="g1", member="m1", name="Ann"),
        Result.DEGRADED,
        "Remove",
        "",
        (),
        ["posted", "note_removed"],
    ),
    (ASK, Result.DONE, "Ask", "", (), ["posted", "card 4 warn"]),
    (Tell(key="a", group="g1", line=LINE), Result.DONE, "Tell", "", (), ["posted", "card 0 warn"]),
    (Mute(key="a", group="g1", member="m1", until=at(9)), Result.DONE, "Mute", "", (), ["posted"]),
    (Unmute(key="a", group="g1", member="m1"), Result.DEGRADED, "", "", (), ["posted"]),
]


@pytest.mark.parametrize(("action", "result", "did", "reason", "able", "expected"), ROWS)
def test_what_is_shown(  # noqa: PLR0913, PLR0917 - the columns of the table
    action: AnyAction,
    result: Result,
    did: str,
    reason: str,
    able: tuple[str, ...],
    expected: list[str],
) -> None:
    """A sentence is shown only when it was said; what was not done is noted; nothing is doubled."""
    view = view_after(action, result, did, reason, able)
    assert expected == [shown(one) for one in view.items.values()]


def test_receipts_are_kept_with_the_message() -> None:
    """The explanation of a message knows what came of each of its actions."""
    item = next(iter(view_after(DELETE, Result.DEGRADED).items.values()))
    assert isinstance(item, Posted)
    assert {"a": Result.DEGRADED} == {key: one.result for key, one in item.receipts.items()}


def test_rules_that_change_are_noted() -> None:
    """New rules are noted once; the same rules taken up again are not."""
    view = RoomView("g1")
    for number, rules in enumerate(("r1", "r1", "r2")):
        view.apply(Switched(at=at(number), rules=rules))
    assert ["note_switched"] == [shown(one) for one in view.items.values()]
