"""The journal: entries in the order in which the one writer gave them their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from bot.storage.codec import ENTRY_VERSION, decode_entry, encode_entry
from bot.storage.errors import StorageError
from bot.storage.tables import journal, to_micros
from rules.entries import Decided, Delivered, Entry
from rules.events import MessageEdited, MessagePosted, Unreadable

Numbered = tuple[int, Entry]
Value = str | int | bool | None
Values = dict[str, Value]

CHUNK = 1000  # rows in memory at a time; larger gave nothing: benchmarks/bench_storage.py
_KEYS = 500  # of one IN list: SQLite takes 32,766 values, planning is no faster beyond this

_insert = insert(journal)
_after = (
    select(journal.c.seq, journal.c.version, journal.c.body)
    .where(journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(CHUNK)
)
_known = select(journal.c.key).where(journal.c.key.in_(bindparam("keys", expanding=True)))
_by_key = select(journal.c.seq, journal.c.version, journal.c.body).where(
    journal.c.key == bindparam("key")
)
_latest = (
    select(journal.c.seq, journal.c.version, journal.c.body)
    .where(journal.c.group_id == bindparam("group"))
    .order_by(journal.c.seq.desc())
    .limit(bindparam("at_most"))
)


def row_of(seq: int, entry: Entry) -> Values:
    """The row of an entry."""
    key: str | None = None
    has_text = False
    if isinstance(entry, Decided):
        about = entry.event
        key, group, at, seen_at = about.key, about.group, about.at, about.seen_at
        has_text = isinstance(about, MessagePosted | MessageEdited | Unreadable)
        kind = type(about).__name__
    else:
        at = seen_at = entry.at
        group = entry.group if isinstance(entry, Delivered) else ""
        kind = type(entry).__name__
    return {
        "seq": seq,
        "key": key,
        "group_id": group,
        "at": to_micros(at),
        "seen_at": to_micros(seen_at),
        "kind": kind,
        "version": ENTRY_VERSION,
        "has_text": has_text,
        "body": encode_entry(entry),
    }


def add(connection: Connection, rows: Sequence[Values]) -> None:
    """Append rows of `row_of`."""
    connection.execute(_insert, rows)


def last_seq(connection: Connection) -> int:
    """The number of the last entry, 0 for an empty journal."""
    return connection.execute(select(func.max(journal.c.seq))).scalar() or 0


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(journal)).scalar_one()


def known(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the event keys that are in the journal."""
    asked = list(keys)
    found: set[str] = set()
    for start in range(0, len(asked), _KEYS):
        found.update(connection.execute(_known, {"keys": asked[start : start + _KEYS]}).scalars())
    return found


def after(connection: Connection, seq: int) -> list[Numbered]:
    """The next entries after a number, at most CHUNK; an empty list at the end."""
    return [_read(row) for row in connection.execute(_after, {"after": seq})]


def of_key(connection: Connection, key: str) -> Numbered | None:
    """The entry of an event key."""
    row = connection.execute(_by_key, {"key": key}).one_or_none()
    return row and _read(row)


def latest(connection: Connection, group: str, at_most: int) -> list[Numbered]:
    """The last entries of a group, oldest first."""
    rows = connection.execute(_latest, {"group": group, "at_most": at_most})
    return [_read(row) for row in rows][::-1]


def _read(row: Row[int, int, str]) -> Numbered:
    seq, version, body = row
    try:
        return seq, decode_entry(body, version=version)
    except StorageError as error:
        raise StorageError(f"journal, number {seq}: {error}") from None
