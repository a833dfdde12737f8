"""The bot's own journal as a history: what members wrote, who came and who left.

It is only read, also while the bot runs. What was decided then has no say in a replay.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bot.clock import SystemClock
from bot.history.records import Faults, HistoryError, Record, What
from bot.settings import load_settings
from bot.storage import StorageError, Store
from bot.storage.database import default_url
from rules.entries import Decided
from rules.events import (
    AdminsSeen,
    GroupChanged,
    MemberJoined,
    MemberLeft,
    MessageEdited,
    MessagePosted,
)
from rules.message import Role

DATABASE = "qunguan.db"


class Journal:
    """Reads the journal of a home. `size` and `position` are entries, for progress."""

    def __init__(self, store: Store) -> None:
        self.faults = Faults()
        self.notes: list[str] = []
        self.size = store.count()
        self.position = 0
        self._store = store
        self._titles: dict[str, str] = {}
        self._roles: dict[str, dict[str, Role]] = {}
        self._redacted = self._edits = 0

    @property
    def share(self) -> float:
        """How much has been read, from 0 to 1."""
        return self.position / self.size if self.size else 0.0

    def records(self) -> Iterator[Record]:
        """Every message, join and leave in the order in which the bot saw them."""
        try:
            for number, entry in self._store.entries():
                if number > self.size:  # written since: the bot runs
                    break
                self.position = number
                if isinstance(entry, Decided) and (record := self._record(number, entry)):
                    yield record
        except StorageError as error:
            raise HistoryError(str(error)) from None
        self._note()

    def _record(self, number: int, entry: Decided) -> Record | None:
        match entry.event:
            case MessagePosted() as event:
                record = self._by(number, entry, event.author.id, event.author.name)
                is_redacted = entry.footprint is not None and (
                    entry.footprint.length > 0 and not event.message.text
                )
                self._redacted += is_redacted
                return msgspec.structs.replace(
                    record,
                    message=event.message,
                    message_id=event.message_id,
                    role=event.author.role if event.author.role is not Role.MEMBER else record.role,
                    is_redacted=is_redacted,
                )
            case MemberJoined() as event:
                record = self._by(number, entry, event.member, event.name)
                return msgspec.structs.replace(record, what=What.JOIN)
            case MemberLeft() as event:
                record = self._by(number, entry, event.member, event.member)
                return msgspec.structs.replace(record, what=What.LEAVE)
            case GroupChanged() as event:
                self._titles[event.group] = event.title
            case AdminsSeen() as event:
                self._roles[event.group] = dict(event.roles)
            case MessageEdited():
                self._edits += 1
            case _:
                pass
        return None

    def _by(self, number: int, entry: Decided, user: str, name: str) -> Record:
        event = entry.event
        roles = self._roles.get(event.group)
        return Record(
            number=number,
            at=event.at,
            ts=event.at.isoformat().replace("+00:00", "Z"),
            group=event.group,
            user=user,
            name=name,
            title=self._titles.get(event.group, ""),
            role=None if roles is None else roles.get(user, Role.MEMBER),
        )

    def _note(self) -> None:
        self.notes = []
        if self._redacted:
            self.notes.append(
                f"{self._redacted:,} messages have lost their texts, as the home keeps them for a "
                "limited time (QUNGUAN_RETENTION): they are not judged, and only say who was there."
            )
        if self._edits:
            self.notes.append(
                f"{self._edits:,} edits were passed over: messages are judged as first written."
            )


def is_home(path: Path) -> bool:
    """Whether a folder is the home of a bot."""
    return path.is_dir() and ((path / DATABASE).exists() or _is_configured(path))


@contextmanager
def journal_of(home: Path) -> Iterator[Journal]:
    """The journal of a home, until the block is left; HistoryError if there is none."""
    settings = load_settings()
    address = settings.database if _is_configured(home) else default_url(home.absolute())
    if address == default_url(home.absolute()) and not (home / DATABASE).exists():
        raise HistoryError(
            f"{home} holds no journal ({DATABASE}): expected the home folder of a bot that has run."
        )
    try:
        store = Store.read(address, home=home, now=SystemClock().now)
    except StorageError as error:
        raise HistoryError(str(error)) from None
    try:
        yield Journal(store)
    finally:
        store.close()


def _is_configured(home: Path) -> bool:
    return home.absolute() == load_settings().home.absolute()
