"""One database, SQLite or PostgreSQL: its address, its connections and its transactions.

What is written is the business of the modules beside it; tables are made by `migrate`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.storage.errors import HomeLockedError, StorageError, plain_words

BUSY_TIMEOUT = timedelta(seconds=5)  # long enough for a backup's step, short enough for a person
_ADVISORY = 0x71756E67  # "qung": one writer per schema, even from two homes


def default_url(home: Path) -> str:
    """The address of the SQLite file in a home folder."""
    return URL.create("sqlite", database=str(home / "qunguan.db")).render_as_string()


def parse_url(address: str) -> URL:
    """The address as a URL with the driver we use; StorageError for anything else."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise StorageError(
            "QUNGUAN_DATABASE_URL is not an address: expected sqlite:////path/to/file.db "
            "or postgresql://user:password@host/database"
        ) from None
    names_file = url.database not in (None, "", ":memory:")
    if url.drivername in ("sqlite", "sqlite+pysqlite") and names_file:
        return url.set(drivername="sqlite")
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    raise StorageError(
        f"QUNGUAN_DATABASE_URL names {url.drivername}: expected sqlite:////path/to/file.db "
        "or postgresql://user:password@host/database"
    )


class Database:
    """Connections to one database: one that writes, and others that only read, from any thread."""

    def __init__(
        self, address: str, *, read_only: bool = False, busy_timeout: timedelta = BUSY_TIMEOUT
    ) -> None:
        self.url = parse_url(address)
        self.is_sqlite = self.url.drivername == "sqlite"
        self.file = _file_of(self.url) if self.is_sqlite else None
        self.place = str(self.file) if self.file else self.url.render_as_string(hide_password=True)
        self._busy = busy_timeout
        self._reader = self._engine(writes=False)
        self._writer = self._reader if read_only else self._engine(writes=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: all of it is kept, or after an exception nothing."""
        with plain_words(self.place), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads. Keep it short: SQLite cannot shrink its -wal meanwhile."""
        with plain_words(self.place), self._reader.connect() as connection:
            yield connection

    def truncate_wal(self) -> bool:
        """Empty SQLite's -wal into the file; False if a reader was in the way."""
        if not self.is_sqlite:
            return True
        with plain_words(self.place), self._writer.connect() as connection:
            with closing(connection.connection.cursor()) as cursor:  # outside of a transaction
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                row = cursor.fetchone()
            return row is not None and row[0] == 0

    def close(self) -> None:
        """Close all connections."""
        self._reader.dispose()
        self._writer.dispose()

    def _engine(self, *, writes: bool) -> Engine:
        engine = create_engine(
            self.url,
            hide_parameters=True,
            pool_pre_ping=not self.is_sqlite,
            pool_size=1 if writes else 5,
            max_overflow=0 if writes else 10,
            execution_options={} if writes else {"postgresql_readonly": True},
        )
        if self.is_sqlite:
            # Otherwise the driver decides by itself when a transaction begins, and not before DDL:
            # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html
            begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
            prepare = self._prepare_writer if writes else self._prepare_reader
            event.listen(engine, "connect", prepare)
        elif writes:
            event.listen(engine, "connect", self._claim_postgres)
        return engine

    def _prepare_reader(self, driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None
        driver.execute(f"PRAGMA busy_timeout = {self._busy // timedelta(milliseconds=1)}")
        driver.execute("PRAGMA temp_store = MEMORY")
        driver.execute("PRAGMA query_only = ON")

    def _prepare_writer(self, driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None
        driver.execute(f"PRAGMA busy_timeout = {self._busy // timedelta(milliseconds=1)}")
        driver.execute("PRAGMA temp_store = MEMORY")
        driver.execute("PRAGMA secure_delete = ON")
        driver.execute("PRAGMA foreign_keys = ON")
        try:
            mode = driver.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            driver.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            driver.close()
            raise
        if mode != "wal":
            driver.close()
            raise StorageError(
                f"{self.place} cannot be written safely (journal mode {mode}): "
                "put the home folder on a local disk"
            )

    def _claim_postgres(self, driver: psycopg.Connection[tuple[bool]], _record: object) -> None:
        """Hold the right to write this schema for as long as the connection lives."""
        taken = driver.execute(
            "SELECT pg_try_advisory_lock(%s, hashtext(current_schema()))", (_ADVISORY,)
        ).fetchone()
        driver.commit()
        if taken != (True,):
            driver.close()
            raise HomeLockedError(
                f"another Qunguan is writing {self.place}: stop it first, "
                "or name another database in QUNGUAN_DATABASE_URL"
            )


def _file_of(url: URL) -> Path:
    name = url.database or ""
    return Path(name.removeprefix("file:").split("?", 1)[0])
