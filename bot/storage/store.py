"""The one door to the database: commits of the loop, and what a start, a page or a query reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from bot.storage import journal, outbox, redaction, schedules, snapshots, versions
from bot.storage.batch import OPEN, Batch, Delivery, OutboxState, Update
from bot.storage.database import BUSY_TIMEOUT, Database
from bot.storage.errors import plain_words
from bot.storage.journal import Numbered
from bot.storage.lock import HomeLock
from bot.storage.migrate import forget_backups, migrate, require_current
from bot.storage.tables import to_micros
from bot.storage.versions import Version
from rules.decision import Deadline
from rules.entries import Delivered
from rules.fold import apply
from rules.state import FOLD_VERSION, CommunityState


class Store:
    """An open database. Writing methods are for the one writer; reading ones for any thread.

    Every method may raise StorageError, and has then written nothing.
    """

    def __init__(self, database: Database, home: Path, now: Callable[[], datetime]) -> None:
        """Use `open` or `read`."""
        self._database = database
        self._home = home
        self._now = now
        self._lock: HomeLock | None = None
        self._last_seq = 0

    @classmethod
    def open(
        cls,
        address: str,
        *,
        home: Path,
        now: Callable[[], datetime],
        busy_timeout: timedelta = BUSY_TIMEOUT,
    ) -> Self:
        """Take the home, bring the database to this program's schema, and be its writer.

        Raises HomeLockedError, NewerSchemaError, StorageError. `address`: what the operator set,
        else `database.default_url(home)`. `now` names backups, nothing else.
        """
        database = Database(address, busy_timeout=busy_timeout)
        store = cls(database, home, now)
        lock = HomeLock(home)
        lock.take()
        store._lock = lock
        try:
            store._create_file()
            migrate(database, home=home, now=now)
            with database.reading() as connection:
                store._last_seq = journal.last_seq(connection)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def read(cls, address: str, *, home: Path, now: Callable[[], datetime]) -> Self:
        """Only read, beside whoever writes; StorageError if it is not of this program's schema."""
        database = Database(address, read_only=True)
        try:
            require_current(database)
        except BaseException:
            database.close()
            raise
        return cls(database, home, now)

    def close(self) -> None:
        """Close the database and give the home back. Harmless when done twice."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def commit(self, batch: Batch) -> range:
        """Write everything of the batch in one transaction; gives the numbers of its entries.

        Raises RepeatedError if an event or action is there already: ask `known` first.
        """
        first = self._last_seq + 1
        numbers = range(first, first + len(batch.entries))
        numbered = list(zip(numbers, batch.entries, strict=True))
        entries = [journal.row_of(seq, one) for seq, one in numbered]
        actions = [row for seq, one in numbered for row in outbox.rows_of(seq, one)]
        deadlines = schedules.changes_of(batch.entries)
        results = (outbox.result_of(one) for one in batch.entries if isinstance(one, Delivered))
        updates = [*batch.updates, *results]
        with self._database.writing() as connection:
            if entries:
                journal.add(connection, entries)
            if actions:
                outbox.add(connection, actions)
            if deadlines:
                schedules.write(connection, deadlines)
            if updates:
                outbox.change(connection, updates)
        self._last_seq += len(batch.entries)
        return numbers

    def settle(self, updates: Sequence[Update]) -> None:
        """Change rows of the outbox, and nothing else."""
        self.commit(Batch(updates=tuple(updates)))

    def pending(self) -> list[Delivery]:
        """The deliveries in todo and attempting, in the order in which they were decided."""
        return self.deliveries(OPEN)

    def deliveries(self, states: Sequence[OutboxState]) -> list[Delivery]:
        """The deliveries in any of these states, in the order in which they were decided."""
        with self._database.reading() as connection:
            return outbox.in_states(connection, states)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the event keys that are in the journal already."""
        with self._database.reading() as connection:
            return journal.known(connection, keys)

    def entries(self, after_seq: int = 0) -> Iterator[Numbered]:
        """The entries after a number, in order, read piece by piece."""
        while True:
            with self._database.reading() as connection:
                piece = journal.after(connection, after_seq)
            if not piece:
                return
            yield from piece
            after_seq = piece[-1][0]

    def entry_of(self, key: str) -> Numbered | None:
        """The entry of an event, by the event's key."""
        with self._database.reading() as connection:
            return journal.of_key(connection, key)

    def latest(self, group: str, *, at_most: int) -> list[Numbered]:
        """The last entries of a group, oldest first."""
        with self._database.reading() as connection:
            return journal.latest(connection, group, at_most)

    def count(self) -> int:
        """How many entries the journal has."""
        with self._database.reading() as connection:
            return journal.count(connection)

    def deadlines(self) -> list[Deadline]:
        """The open deadlines, the next due first."""
        with self._database.reading() as connection:
            return schedules.open_deadlines(connection)

    def save_version(self, version: Version, bodies: Mapping[str, bytes]) -> bool:
        """Keep a rule file as it came into force; False if it is the file's latest version anyway.

        Any thread may do it, beside the writer.
        """
        with self._database.writing() as connection:
            return versions.add(connection, version, bodies)

    def versions(self) -> list[Version]:
        """All versions of rule files, oldest first."""
        with self._database.reading() as connection:
            return versions.read(connection)

    def rule_text(self, sha256: str) -> bytes | None:
        """The text of a file of rules, None if it is not kept."""
        with self._database.reading() as connection:
            return versions.source(connection, sha256)

    def save_snapshot(
        self, seq: int, body: bytes, *, at: datetime, fold_version: int = FOLD_VERSION
    ) -> None:
        """Keep the state after entry `seq`, from `codec.encode_state`; the last two are kept."""
        with self._database.writing() as connection:
            snapshots.save(connection, seq, body, fold_version=fold_version, at=to_micros(at))

    def load_state(self) -> tuple[CommunityState, int]:
        """The fold of the whole journal, from the newest good snapshot on, and its last number."""
        with self._database.reading() as connection:
            last = journal.last_seq(connection)
            found = snapshots.latest(connection, fold_version=FOLD_VERSION, at_most=last)
        state, seq = found or (CommunityState(), 0)
        for number, entry in self.entries(seq):
            apply(state, entry)
            seq = number
        return state, seq

    def redact(self, before: datetime, keep: Collection[str]) -> int:
        """Take out what was written before a time, but for the event keys in `keep`; how many.

        Settled deliveries and migration backups of that age are deleted. The fold stays the same.
        In SQLite the bytes are then gone from the file and its -wal.
        """
        changed = redaction.redact(self._database, to_micros(before), keep)
        forget_backups(self._home, before)
        return changed

    def _create_file(self) -> None:
        """Make the file readable for its owner alone: it holds what people said."""
        file = self._database.file
        if file is not None and not file.exists():
            with plain_words(str(file)):
                file.touch(mode=0o600)
