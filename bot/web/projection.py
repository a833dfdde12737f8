"""A room as a projection of its journal: the same entries give the same conversation, always.

Live updates and a restart go through the same `apply`. Putting it into words is `bot.web.show`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar, assert_never

from bot.dispatch import line_of
from bot.web.items import AnyItem, Card, Note, Posted, Said, item_id
from rules.actions import AnyAction, Ask, Ban, Delete, Mute, Remove, Say, Tell, Unmute, fallback
from rules.capability import Capability
from rules.decision import Decision
from rules.entries import Decided, Delivered, Entry, Result, Switched
from rules.events import (
    AdminsSeen,
    ButtonPressed,
    GroupChanged,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessageEdited,
    MessagePosted,
    MessageRecalled,
    OperatorCommanded,
    Tick,
    TopicDue,
    Unreadable,
)
from rules.explain import Reason, outcome_of

Key = TypeVar("Key")
KEPT = 500  # items in memory and in the page; older ones are read from the journal
_PENDING = 2000  # actions whose receipt is awaited; more means that nothing is delivered at all


_COMINGS = {
    MemberJoined: "note_joined",
    MemberLeft: "note_left",
    MemberRenamed: "note_renamed",
}


@dataclass(frozen=True, slots=True)
class _Pending:
    """An action whose receipt is awaited, what decided it, and the messages concerned."""

    action: AnyAction
    cause: Decided
    about: list[Posted]

    @property
    def ref(self) -> str:
        return self.about[0].id if self.about else ""


class RoomView:
    """The last `kept` items of one group. `revision` rises with every change."""

    def __init__(self, group: str, able: Collection[Capability] = (), kept: int = KEPT) -> None:
        """`able`: what the bot can do in the group until an entry says otherwise."""
        self.group = group
        self.items: dict[str, AnyItem] = {}
        self.revision = 0
        self.latest = ""
        self._able = frozenset(able)
        self._kept = kept
        self._likeness = ""
        self._rules = ""
        self._messages: dict[str, Posted] = {}
        self._waiting: dict[str, Posted] = {}
        self._cases: dict[int, Posted] = {}
        self._cards: dict[int, Card] = {}
        self._pending: dict[str, _Pending] = {}

    def apply(self, entry: Entry) -> None:
        """Take in the next entry of the journal; one of another group changes nothing."""
        match entry:
            case Decided() if entry.event.group == self.group:
                self._decided(entry)
            case Delivered() if entry.group == self.group:
                self._delivered(entry)
            case Switched():
                self._switched(entry)
            case _:
                pass

    def changed_since(self, revision: int) -> list[AnyItem]:
        """The items that are new or have changed since, in their order."""
        return [one for one in self.items.values() if one.revision > revision]

    def last(self, count: int) -> list[AnyItem]:
        """The last items, oldest first."""
        return list(self.items.values())[-count:]

    def asks(self, card: Card) -> bool:
        """Whether it is the card by which its case can be answered."""
        return bool(card.case) and self._cards.get(card.case) is card

    def _decided(self, entry: Decided) -> None:
        own = self._event(entry)
        about = self._concerned(entry.decision, own)
        for one in about:
            if one is not own:
                one.later.append(entry)
                self._touch(one)
        self._follow(entry, about)
        if about and (outcome_of(entry.decision) or entry.decision.cases):
            self.latest = about[-1].id

    def _event(self, entry: Decided) -> Posted | None:
        """Show what happened; gives the message, if it is one."""
        event = entry.event
        match event:
            case MessagePosted() | MessageEdited():
                return self._spoken(entry, event)
            case MessageRecalled():
                self._take(event.message_id, "author")
            case GroupChanged():
                self._introduced(entry, event)
            case MemberJoined() | MemberLeft() | MemberRenamed():
                values = {} if isinstance(event, MemberLeft) else {"name": event.name}
                reason = Reason(key=_COMINGS[type(event)], values=values)
                self._note(entry, reason, event.member)
            case Unreadable():
                self._note(entry, Reason(key="note_unreadable"))
            case ButtonPressed() | Tick() | TopicDue() | AdminsSeen() | OperatorCommanded():
                pass
            case _:
                assert_never(event)
        return None

    def _spoken(self, entry: Decided, event: MessagePosted | MessageEdited) -> Posted | None:
        known = self._messages.get(event.message_id)
        if known is not None:
            known.versions.append(entry)
            self._touch(known)
            return known
        if isinstance(event, MessageEdited):  # of a message that is older than all that is kept
            return None
        posted = Posted(
            id=item_id(event.key), at=event.at, versions=[entry], message_id=event.message_id
        )
        self._messages[event.message_id] = posted
        self._add(posted)
        return posted

    def _introduced(self, entry: Decided, event: GroupChanged) -> None:
        self._able = frozenset(event.capabilities)
        if self._likeness and event.platform != self._likeness:
            words = (f"web_likeness_{event.platform}",)
            self._note(entry, Reason(key="note_likeness", terms={"likeness": words}))
        self._likeness = event.platform

    def _concerned(self, decision: Decision, own: Posted | None) -> list[Posted]:
        """The messages that a decision is about, the one that caused it first."""
        found = [own] if own is not None else []
        for key in decision.settled:
            owner = self._waiting.pop(key, None)
            if owner is not None:
                owner.waiting.pop(key, None)
                found.append(owner)
        for case in decision.cases:
            owner = self._cases.get(case.number) or self._messages.get(case.message_id)
            if owner is not None:
                self._cases[case.number] = owner
                owner.cases.add(case.number)
                found.append(owner)
            card = self._cards.get(case.number)
            if card is not None:
                self._touch(card)
        return list({one.id: one for one in found}.values())

    def _follow(self, entry: Decided, about: list[Posted]) -> None:
        """Remember what is awaited: obligations, receipts; and show who may speak again."""
        decision = entry.decision
        for obligation in decision.obligations if about else ():
            about[0].waiting[obligation.key] = obligation
            self._waiting[obligation.key] = about[0]
        for action in decision.actions:
            self._pending[action.key] = _Pending(action, entry, about)
        while len(self._pending) > _PENDING:
            del self._pending[next(iter(self._pending))]
        for sanction in decision.sanctions:
            if sanction.ended:
                self._note(entry, Reason(key="note_free"), sanction.member)
        if isinstance(entry.event, ButtonPressed) and decision.cases:
            words = (f"choice_{entry.event.choice}",)
            reason = Reason(key="note_pressed", terms={"choice": words})
            self._note(entry, reason, entry.event.presser.id, about=about[0].id if about else "")

    def _delivered(self, entry: Delivered) -> None:
        pending = self._pending.pop(entry.action, None)
        if pending is None:
            return
        for one in pending.about:
            one.receipts[entry.action] = entry
            self._touch(one)
        done = _what_was_done(pending.action, entry)
        if done is None:
            self._undone(entry, pending)
        else:
            self._done(entry, done, pending)

    def _done(self, entry: Delivered, action: AnyAction, pending: _Pending) -> None:
        made, at, ref, cause = item_id(entry.action), entry.at, pending.ref, pending.cause
        line = line_of(action, self._able)
        match action:
            case Say() if line is not None:
                self._add(Said(id=made, at=at, line=line, about=ref, cause=cause, receipt=entry))
            case Ask() | Tell():
                case = action.case if isinstance(action, Ask) else 0
                card = Card(
                    id=made,
                    at=at,
                    line=action.line,
                    case=case,
                    about=ref,
                    cause=cause,
                    receipt=entry,
                )
                self._cards[case] = card
                self._add(card)
            case Delete():
                self._take(action.message_id, "bot")
            case Remove() | Ban() if not entry.reason:
                reason = Reason(key="note_removed", values={"name": action.name})
                self._add(Note(id=made, at=at, reason=reason, about=ref))
            case _:
                pass

    def _undone(self, entry: Delivered, pending: _Pending) -> None:
        if isinstance(pending.action, Unmute) and entry.result is Result.DEGRADED:
            return
        reason = Reason(
            key=f"note_{entry.result}",
            terms={"wanted": (f"action_{entry.wanted.lower()}",)},
        )
        made = item_id(entry.action)
        self._add(Note(id=made, at=entry.at, reason=reason, about=pending.ref))

    def _switched(self, entry: Switched) -> None:
        if self._rules and entry.rules != self._rules:
            made = item_id(f"switched:{entry.at.isoformat()}:{entry.rules}")
            self._add(Note(id=made, at=entry.at, reason=Reason(key="note_switched")))
        self._rules = entry.rules

    def _note(self, entry: Decided, reason: Reason, member: str = "", about: str = "") -> None:
        event = entry.event
        made = item_id(f"{event.key}:{reason.key}")
        self._add(Note(id=made, at=event.at, reason=reason, member=member, about=about))

    def _add(self, item: AnyItem) -> None:
        self.items[item.id] = item
        self._touch(item)
        while len(self.items) > self._kept:
            self._forget(self.items.pop(next(iter(self.items))))

    def _take(self, message_id: str, by: str) -> None:
        taken = self._messages.get(message_id)
        if taken is not None:
            taken.taken = by
            self._touch(taken)

    def _touch(self, item: AnyItem) -> None:
        self.revision += 1
        item.revision = self.revision

    def _forget(self, item: AnyItem) -> None:
        if isinstance(item, Posted):
            self._messages.pop(item.message_id, None)
            _drop(self._waiting, item.waiting)
            _drop(self._cases, item.cases)
        elif isinstance(item, Card) and self._cards.get(item.case) is item:
            del self._cards[item.case]


def _what_was_done(wanted: AnyAction, receipt: Delivered) -> AnyAction | None:
    """The action that was carried out: the wanted one, a fallback of it, or None."""
    if receipt.result not in (Result.DONE, Result.DEGRADED):
        return None
    action: AnyAction | None = wanted
    while action is not None and type(action).__name__ != receipt.did:
        action = fallback(action)
    if action is None and receipt.result is Result.DONE and isinstance(wanted, Remove | Mute):
        return wanted  # it was so already: nothing had to be done
    return action


def _drop(table: dict[Key, Posted], keys: Iterable[Key]) -> None:
    for key in keys:
        table.pop(key, None)
