"""A copy holds what was committed, and putting one back overwrites nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import Batch, HomeLockedError, StorageError, Store
from bot.storage.backup import backup, restore
from bot.storage.database import default_url
from tests.golden.samples import START, posted


def opened(home: Path) -> Store:
    """A Store on SQLite."""
    return Store.open(default_url(home), home=home, now=lambda: START)


def entries_of(home: Path) -> list[int]:
    """The numbers of the entries in a home."""
    store = opened(home)
    found = [number for number, _ in store.entries()]
    store.close()
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A Store with three entries that are still in its -wal."""
    made = opened(tmp_path)
    made.commit(Batch(entries=(posted(1), posted(2), posted(3))))
    yield made
    made.close()


def test_a_copy_of_a_running_bot_is_whole(store: Store, tmp_path: Path) -> None:
    """A copy made while the bot writes is one file with all that was committed."""
    assert (tmp_path / "qunguan.db-wal").stat().st_size > 0
    target = tmp_path / "copy" / "qunguan.db"
    target.parent.mkdir()
    backup(default_url(tmp_path), target)
    store.commit(Batch(entries=(posted(4),)))
    assert ["qunguan.db"] == [file.name for file in target.parent.iterdir()]
    assert 0o600 == target.stat().st_mode & 0o777
    with closing(sqlite3.connect(target)) as copy:
        assert ("delete",) == copy.execute("PRAGMA journal_mode").fetchone()
    assert [1, 2, 3] == entries_of(target.parent)


def test_nothing_is_overwritten(store: Store, tmp_path: Path) -> None:
    """A target that exists is refused and stays as it is."""
    target = tmp_path / "precious"
    target.write_text("mine")
    with pytest.raises(StorageError, match="precious exists already: choose another name"):
        backup(default_url(tmp_path), target)
    assert "mine" == target.read_text()


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    """Copying what is not there makes no empty file."""
    with pytest.raises(StorageError, match=r"there is no file .*qunguan\.db: check its name"):
        backup(default_url(tmp_path), tmp_path / "copy.db")
    assert [] == list(tmp_path.iterdir())


def test_a_missing_target_folder_is_named(store: Store, tmp_path: Path) -> None:
    """A target in a folder that does not exist is a sentence."""
    with pytest.raises(StorageError, match="No such file or directory"):
        backup(default_url(tmp_path), tmp_path / "nowhere" / "copy.db")


def test_postgres_has_its_own_tools(tmp_path: Path) -> None:
    """For PostgreSQL the sentence names pg_dump."""
    address = "postgresql://u@127.0.0.1/x"
    with pytest.raises(StorageError, match="pg_dump"):
        backup(address, tmp_path / "copy.db")
    with pytest.raises(StorageError, match="pg_dump"):
        restore(tmp_path / "copy.db", address, home=tmp_path, now=lambda: START)


def test_restoring_keeps_what_was_there(store: Store, tmp_path: Path) -> None:
    """The copy takes the place of the database, which stays beside it, whole."""
    copy = tmp_path / "copy.db"
    backup(default_url(tmp_path), copy)
    store.commit(Batch(entries=(posted(4),)))
    store.close()
    kept = restore(copy, default_url(tmp_path), home=tmp_path, now=lambda: START)
    assert tmp_path / "qunguan.db.before-restore-20260301T120000Z" == kept
    assert [1, 2, 3] == entries_of(tmp_path)
    with closing(sqlite3.connect(kept)) as old:
        assert (4,) == old.execute("SELECT count(*) FROM journal").fetchone()
    with pytest.raises(StorageError, match="before-restore-20260301T120000Z exists already"):
        restore(copy, default_url(tmp_path), home=tmp_path, now=lambda: START)
    assert [1, 2, 3] == entries_of(tmp_path)


def test_what_a_killed_bot_left_is_kept_whole(store: Store, tmp_path: Path) -> None:
    """The -wal of a killed bot goes with the replaced database, not into the restored one."""
    copy, home = tmp_path / "copy.db", tmp_path / "killed"
    backup(default_url(tmp_path), copy)
    store.commit(Batch(entries=(posted(4),)))
    home.mkdir()
    for name in ("qunguan.db", "qunguan.db-wal"):
        (home / name).write_bytes((tmp_path / name).read_bytes())
    kept = restore(copy, default_url(home), home=home, now=lambda: START)
    assert kept is not None
    with closing(sqlite3.connect(kept)) as old:
        assert (4,) == old.execute("SELECT count(*) FROM journal").fetchone()
    assert [1, 2, 3] == entries_of(home)


def test_restoring_into_an_empty_home(store: Store, tmp_path: Path) -> None:
    """A copy can be put into a home that has no database."""
    store.close()
    home = tmp_path / "new"
    source = tmp_path / "qunguan.db"
    assert restore(source, default_url(home), home=home, now=lambda: START) is None
    assert [1, 2, 3] == entries_of(home)


def test_a_damaged_database_can_be_replaced(store: Store, tmp_path: Path) -> None:
    """Restoring works when the database in place cannot be opened, and keeps its files together."""
    copy = tmp_path / "copy.db"
    backup(default_url(tmp_path), copy)
    store.close()
    (tmp_path / "qunguan.db").write_bytes(b"rubbish" * 1000)
    (tmp_path / "qunguan.db-wal").write_bytes(b"half")
    kept = restore(copy, default_url(tmp_path), home=tmp_path, now=lambda: START)
    assert kept is not None
    assert b"rubbish" == kept.read_bytes()[:7]
    assert b"half" == kept.with_name(kept.name + "-wal").read_bytes()
    assert [1, 2, 3] == entries_of(tmp_path)


def test_a_running_bot_is_not_replaced(store: Store, tmp_path: Path) -> None:
    """While a process uses the home nothing is restored into it."""
    copy = tmp_path / "copy.db"
    backup(default_url(tmp_path), copy)
    with pytest.raises(HomeLockedError, match="stop it first"):
        restore(copy, default_url(tmp_path), home=tmp_path, now=lambda: START)
    assert 3 == store.count()


def other_program(file: Path) -> None:
    """A sound database of another program."""
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE customers (id)")


def damaged(file: Path) -> None:
    """A database of ours in which an index lost its entries."""
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA writable_schema = ON")
        made.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'journal_by_group'")
        made.commit()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: file.write_bytes(b"rubbish" * 1000), "is not a database"),
        (lambda file: file.unlink(), "there is no file"),
        (lambda file: (file.unlink(), other_program(file)), "is not a database of Qunguan"),
        (damaged, "is damaged"),
    ],
)
def test_a_bad_copy_is_refused(tmp_path: Path, spoil, sentence: str) -> None:
    """What is no whole database of ours is not put in place, and nothing is left behind."""
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    made = opened(home)
    made.commit(Batch(entries=(posted(1),)))
    backup(default_url(home), copy)
    made.close()
    before = sorted(home.iterdir())
    spoil(copy)
    with pytest.raises(StorageError, match=sentence):
        restore(copy, default_url(home), home=home, now=lambda: START)
    assert before == sorted(home.iterdir())
    assert [1] == entries_of(home)
