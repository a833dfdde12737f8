"""The tables as the newest migration leaves them. How they come to be: `migrations/versions/`.

Times are whole microseconds since 1970, UTC: exact, and the same in both databases.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

# SQLite gives a rowid only to a column that is INTEGER by name.
_Seq = BigInteger().with_variant(Integer(), "sqlite")

# `seq` counts from 1 without gaps and is given by the one writer. `key` is the event's, null where
# an entry has no event. `has_text`: the body still holds what somebody wrote.
journal = Table(
    "journal",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=False),
    Column("key", Text, unique=True),
    Column("group_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("has_text", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("journal_by_group", "group_id", "seq"),
)

# One row per action; `seq` is the entry that decided it, `position` its place there.
outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("seq", _Seq, ForeignKey("journal.seq"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("outbox_by_state", "state", "seq", "position"),
)

# The fold of the journal up to `seq`, as `codec.encode_state` writes it, and a digest of the bytes.
snapshots = Table(
    "snapshots",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=False),
    Column("fold_version", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# The open deadlines of the state.
schedules = Table(
    "schedules",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Index("schedules_by_time", "due_at"),
)

# What each rule file said when it came into force: its digest, those of its exceptions for single
# groups, and as JSON the sha256 of each file that it consists of. Texts are kept once each.
rule_versions = Table(
    "rule_versions",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("file", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("also", Text, nullable=False),
    Column("parts", Text, nullable=False),
)
rule_sources = Table(
    "rule_sources",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware time."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC time of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
