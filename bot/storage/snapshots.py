"""Snapshots: the fold up to an entry, so that a start need not fold the whole journal.

They only save time: one that is damaged or of another fold is as good as none.
"""

from __future__ import annotations

import structlog
from sqlalchemy import Connection, delete, insert, select

from bot.storage.codec import decode_state, digest
from bot.storage.tables import snapshots
from rules.state import CommunityState

KEPT = 2  # the newest, and one to fall back on

log = structlog.get_logger(__name__)


def save(connection: Connection, seq: int, body: bytes, *, fold_version: int, at: int) -> None:
    """Keep the encoded state after entry `seq`, and of the others only the newest."""
    connection.execute(delete(snapshots).where(snapshots.c.seq == seq))
    connection.execute(
        insert(snapshots),
        {"seq": seq, "fold_version": fold_version, "at": at, "digest": digest(body), "body": body},
    )
    newest = select(snapshots.c.seq).order_by(snapshots.c.seq.desc()).limit(KEPT)
    kept = connection.execute(newest).scalars().all()
    connection.execute(delete(snapshots).where(snapshots.c.seq.not_in(kept)))


def latest(
    connection: Connection, *, fold_version: int, at_most: int
) -> tuple[CommunityState, int] | None:
    """The newest good snapshot that is not ahead of entry `at_most`: its state and number."""
    for row in connection.execute(select(snapshots).order_by(snapshots.c.seq.desc())):
        is_ours = row.fold_version == fold_version and row.seq <= at_most
        is_whole = row.digest == digest(row.body)
        state = decode_state(row.body) if is_ours and is_whole else None
        if state is not None:
            return state, row.seq
        log.warning(
            "snapshot ignored, its part of the journal is folded anew",
            seq=row.seq,
            fold_version=row.fold_version,
        )
    return None
