"""The outbox: one row per action, from todo to its result."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.storage.batch import OPEN, Delivery, OutboxState, Update
from bot.storage.codec import decode_action, encode_action
from bot.storage.journal import Values
from bot.storage.tables import from_micros, outbox, to_micros
from rules.entries import Decided, Delivered, Entry

_insert = insert(outbox)
_update = (
    update(outbox)
    .where(outbox.c.key == bindparam("_key"))
    .values(
        state=bindparam("_state"),
        attempts=outbox.c.attempts + bindparam("_tried"),
        next_at=bindparam("_next_at"),
        updated_at=bindparam("_at"),
        note=bindparam("_note"),
    )
)
_in_order = (
    select(outbox)
    .where(outbox.c.state.in_(bindparam("states", expanding=True)))
    .order_by(outbox.c.seq, outbox.c.position)
)
_old = delete(outbox).where(outbox.c.state.not_in(OPEN), outbox.c.updated_at < bindparam("before"))


def rows_of(seq: int, entry: Entry) -> list[Values]:
    """The rows of an entry's actions, in state todo."""
    if not isinstance(entry, Decided) or not entry.decision.actions:
        return []
    at = to_micros(entry.event.seen_at)
    return [
        {
            "key": action.key,
            "seq": seq,
            "position": position,
            "group_id": action.group,
            "kind": type(action).__name__,
            "state": OutboxState.TODO.value,
            "attempts": 0,
            "next_at": None,
            "updated_at": at,
            "note": "",
            "body": encode_action(action),
        }
        for position, action in enumerate(entry.decision.actions)
    ]


def add(connection: Connection, rows: Sequence[Values]) -> None:
    """Add rows of `rows_of`."""
    connection.execute(_insert, rows)


def result_of(entry: Delivered) -> Update:
    """The update that a journaled result means for its row."""
    return Update(
        key=entry.action, state=OutboxState(entry.result.value), at=entry.at, note=entry.reason
    )


def change(connection: Connection, updates: Sequence[Update]) -> None:
    """Change rows; a key that has no row (any more) is no fault."""
    connection.execute(
        _update,
        [
            {
                "_key": one.key,
                "_state": one.state.value,
                "_tried": int(one.state is OutboxState.ATTEMPTING),
                "_next_at": one.next_at and to_micros(one.next_at),
                "_at": to_micros(one.at),
                "_note": one.note.replace("\0", ""),  # PostgreSQL takes none
            }
            for one in updates
        ],
    )


def in_states(connection: Connection, states: Sequence[OutboxState]) -> list[Delivery]:
    """Deliveries in any of these states, in the order in which they were decided."""
    rows = connection.execute(_in_order, {"states": [state.value for state in states]})
    return [
        Delivery(
            key=row.key,
            seq=row.seq,
            position=row.position,
            group=row.group_id,
            action=decode_action(row.body),
            state=OutboxState(row.state),
            attempts=row.attempts,
            next_at=None if row.next_at is None else from_micros(row.next_at),
            updated_at=from_micros(row.updated_at),
            note=row.note,
        )
        for row in rows
    ]


def forget(connection: Connection, before: int) -> int:
    """Delete what was settled before a time in microseconds; gives how many."""
    return connection.execute(_old, {"before": before}).rowcount
