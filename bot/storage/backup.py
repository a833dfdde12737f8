"""Copying a SQLite database while it is in use, and putting a copy back. Nothing is overwritten.

PostgreSQL has its own tools for both.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.storage.database import Database
from bot.storage.errors import USE_PG_DUMP, StorageError, plain_words
from bot.storage.lock import HomeLock

_BESIDE = ("", "-wal", "-shm")  # SQLite's own names for what belongs to a file


def backup(address: str, target: Path) -> None:
    """Write a copy of the database at `address` to `target`, a file that must not exist yet."""
    copy_sqlite(_sqlite_file(address), target)


def restore(source: Path, address: str, *, home: Path, now: Callable[[], datetime]) -> Path | None:
    """Put the copy `source` in the place of the database at `address`.

    The replaced database stays beside it as `….before-restore-<time>`: its path is given back, None
    if there was none. Raises HomeLockedError while a process uses the home.
    """
    file = _sqlite_file(address)
    lock = HomeLock(home)
    lock.take()
    try:
        kept = file.with_name(f"{file.name}.before-restore-{now().strftime('%Y%m%dT%H%M%SZ')}")
        _must_not_exist(kept)
        fresh = file.with_name(file.name + ".restoring")
        fresh.unlink(missing_ok=True)
        copy_sqlite(source, fresh)
        with plain_words(str(file)):
            had = _keep(file, kept)
            fresh.rename(file)
            _sync(file.parent)
        return kept if had else None
    finally:
        lock.release()


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy what is committed in `source`, its -wal included; the checked copy goes to `target`."""
    _must_exist(source)
    _must_not_exist(target)
    partial = target.with_name(target.name + ".partial")
    with plain_words(str(target)):
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
    try:
        _copy(source, partial)
        with plain_words(str(target)):
            _sync(partial)
            partial.rename(target)
            _sync(target.parent)
    finally:
        for ending in _BESIDE:
            partial.with_name(partial.name + ending).unlink(missing_ok=True)


def _copy(source: Path, partial: Path) -> None:
    with (
        plain_words(str(source)),
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(partial)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, until it is used again
        fault = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
        schema = new.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'journal')"
        ).fetchone()[0]
    if fault != "ok":
        raise StorageError(f"{source} is damaged, it was not copied: choose another backup")
    if schema != 2:
        raise StorageError(f"{source} is not a database of Qunguan: choose another file")


def _keep(file: Path, kept: Path) -> bool:
    """Give a database and its -wal a second name, then take the -wal away; False if there is none.

    A -wal left beside another database would be read into it.
    """
    if not file.exists():
        return False
    for ending in ("", "-wal"):
        part = file.with_name(file.name + ending)
        if part.exists():
            kept.with_name(kept.name + ending).hardlink_to(part)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    return True


def _sqlite_file(address: str) -> Path:
    database = Database(address, read_only=True)
    database.close()
    if database.file is None:
        raise StorageError(USE_PG_DUMP)
    return database.file


def _must_exist(file: Path) -> None:
    if not file.is_file():
        raise StorageError(f"there is no file {file}: check its name")


def _must_not_exist(file: Path) -> None:
    if file.exists():
        raise StorageError(f"{file} exists already: choose another name, nothing is overwritten")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
