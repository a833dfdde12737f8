"""The open deadlines as rows, written in the commit that opens or closes them.

They are the deadlines of the state at every moment, for who has not loaded the state.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.storage.tables import from_micros, schedules, to_micros
from rules.decision import Deadline
from rules.entries import Decided, Delivered, Entry
from rules.events import Tick, TopicDue

Changes = dict[str, Deadline | None]

_insert = insert(schedules)
_delete = delete(schedules).where(schedules.c.key == bindparam("_key"))
_all = select(schedules).order_by(schedules.c.due_at, schedules.c.key)


def changes_of(entries: Iterable[Entry]) -> Changes:
    """What the entries, in order, leave open (a deadline) or closed (None), as the fold has it."""
    changes: Changes = {}
    for entry in entries:
        if isinstance(entry, Delivered):
            continue
        source = entry.decision if isinstance(entry, Decided) else entry
        if isinstance(entry, Decided) and isinstance(entry.event, Tick | TopicDue):
            changes[entry.event.key] = None
        changes.update(dict.fromkeys(source.closed))
        changes.update((one.key, one) for one in source.opened)
    return changes


def write(connection: Connection, changes: Changes) -> None:
    """Bring the rows to what `changes_of` says."""
    connection.execute(_delete, [{"_key": key} for key in changes])
    rows = [
        {
            "key": one.key,
            "kind": one.kind,
            "group_id": one.group,
            "ref": one.ref,
            "at": to_micros(one.at),
            "due_at": to_micros(one.due_at),
        }
        for one in changes.values()
        if one is not None
    ]
    if rows:
        connection.execute(_insert, rows)


def open_deadlines(connection: Connection) -> list[Deadline]:
    """All open deadlines, the next due first, ties by key."""
    return [
        Deadline(
            key=row.key,
            kind=row.kind,
            group=row.group_id,
            ref=row.ref,
            at=from_micros(row.at),
            due_at=from_micros(row.due_at),
        )
        for row in connection.execute(_all)
    ]
