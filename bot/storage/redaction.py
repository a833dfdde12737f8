"""Taking out of the database what members wrote, once it is old enough. What is folded stays."""

from __future__ import annotations

from collections.abc import Collection

import structlog
from sqlalchemy import bindparam, select, update

from bot.storage import outbox
from bot.storage.codec import ENTRY_VERSION, decode_entry, encode_entry
from bot.storage.database import Database
from bot.storage.tables import journal
from rules.entries import redacted

CHUNK = 1000  # rows of one transaction: the writer is free again within some 50 ms

log = structlog.get_logger(__name__)

_due = (
    select(journal.c.seq, journal.c.key, journal.c.version, journal.c.body)
    .where(
        journal.c.has_text,
        journal.c.seq > bindparam("after"),
        journal.c.at < bindparam("before"),
    )
    .order_by(journal.c.seq)
    .limit(CHUNK)
)
_overwrite = (
    update(journal)
    .where(journal.c.seq == bindparam("_seq"))
    .values(body=bindparam("_body"), version=ENTRY_VERSION, has_text=False)
)


def redact(database: Database, before: int, keep: Collection[str]) -> int:
    """Redact the texts of events before a time in microseconds; gives how many entries it changed.

    Events whose key is in `keep` stay as they are. Settled deliveries of that age are deleted.
    """
    changed, seq = 0, 0
    while (done := _redact_chunk(database, seq, before, keep)) is not None:
        changed, seq = changed + done[0], done[1]
    with database.writing() as connection:
        outbox.forget(connection, before)
    if not database.truncate_wal():
        log.warning("a reader keeps old texts in the -wal: the next redaction clears them")
    return changed


def _redact_chunk(
    database: Database, after: int, before: int, keep: Collection[str]
) -> tuple[int, int] | None:
    """How many entries of the next chunk were changed, and its last number; None at the end."""
    with database.writing() as connection:
        due = connection.execute(_due, {"after": after, "before": before}).all()
        if not due:
            return None
        rows = [
            {"_seq": seq, "_body": encode_entry(redacted(decode_entry(body, version=version)))}
            for seq, key, version, body in due
            if key not in keep
        ]
        if rows:
            connection.execute(_overwrite, rows)
        return len(rows), due[-1].seq
