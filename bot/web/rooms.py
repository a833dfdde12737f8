"""The conversations of all groups: read from the journal at the start, then kept by listening."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from secrets import token_hex

from bot.storage import Store
from bot.web.items import AnyItem
from bot.web.projection import KEPT, RoomView
from rules.capability import Capability
from rules.entries import Decided, Delivered, Entry, Switched

PAGE = 50  # earlier items that one click brings
_PER_ITEM = 6  # entries that one item takes, at most in practice: message, deadline, receipts
_FARTHEST = 50_000  # entries that one click may read


class Rooms:
    """One view per group. `signal` tells viewers to look again."""

    def __init__(self, store: Store, groups: Mapping[str, Collection[Capability]]) -> None:
        """Read the end of the journal; `groups` with what the bot can do in each."""
        self._store = store
        self._groups = groups
        self._signals: dict[str, asyncio.Event] = {group: asyncio.Event() for group in groups}
        self._loaded: set[str] = set()
        self.epoch = token_hex(4)  # tells the revisions of this process from those of another
        self.views: dict[str, RoomView] = {}
        for group, able in groups.items():
            entries = self._latest(group, KEPT * _PER_ITEM)
            self.views[group] = _played(RoomView(group, able), entries)
            self._loaded.update(map(_key, entries))

    def heard(self, entries: Sequence[Entry]) -> None:
        """Take in what was committed; what the start has read already is not taken in twice."""
        for entry in entries:
            if _key(entry) not in self._loaded:
                for group in self._reached(entry):
                    self.views[group].apply(entry)
                    self.poke(group)

    def poke(self, group: str) -> None:
        """Let the viewers of a group look again."""
        signal, self._signals[group] = self._signals[group], asyncio.Event()
        signal.set()

    def signal(self, group: str) -> asyncio.Event:
        """Is set when something happens in the group after this call."""
        return self._signals[group]

    def earlier(self, group: str, before: str) -> tuple[list[AnyItem], bool]:
        """Up to PAGE items before one, and whether there are more; from any thread."""
        count = KEPT * _PER_ITEM
        while True:
            view, is_all = self._long(group, count)
            ids = list(view.items)
            at = ids.index(before) if before in view.items else 0
            if at >= PAGE or is_all or count >= _FARTHEST:
                start = max(0, at - PAGE)
                return [view.items[one] for one in ids[start:at]], start > 0 or not is_all
            count = min(count * 4, _FARTHEST)

    def find(self, group: str, item: str) -> AnyItem | None:
        """An item by its id, from the journal if it is no longer in memory."""
        if item in self.views[group].items:
            return self.views[group].items[item]
        return self._long(group, _FARTHEST)[0].items.get(item)

    def _reached(self, entry: Entry) -> Collection[str]:
        """The groups that an entry may change."""
        if isinstance(entry, Switched):
            return list(self.views)
        group = entry.event.group if isinstance(entry, Decided) else entry.group
        return [group] if group in self.views else []

    def _long(self, group: str, count: int) -> tuple[RoomView, bool]:
        entries = self._latest(group, count)
        view = RoomView(group, self._groups[group], kept=count)
        return _played(view, entries), len(entries) < count

    def _latest(self, group: str, count: int) -> list[Entry]:
        """The last entries of a group, and the switches of rules that lie between them."""
        own = self._store.latest(group, at_most=count)
        first = own[0][0] if own else 0
        switches = [one for one in self._store.latest("", at_most=KEPT) if one[0] > first]
        return [entry for _, entry in sorted([*own, *switches], key=lambda one: one[0])]


def _played(view: RoomView, entries: Sequence[Entry]) -> RoomView:
    for entry in entries:
        view.apply(entry)
    return view


def _key(entry: Entry) -> str:
    if isinstance(entry, Decided):
        return f"event:{entry.event.key}"
    if isinstance(entry, Delivered):
        return f"action:{entry.action}"
    return f"switch:{entry.at.isoformat()}"
