"""Each way in which a database can fail is one sentence that says what to do; nothing is lost."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.storage import Batch, RepeatedError, StorageError, Store
from bot.storage.database import Database, default_url, parse_url
from bot.storage.errors import in_plain_words, plain_words
from tests.golden.samples import START, posted

SOON = timedelta(milliseconds=20)


def opened(address: str, home: Path) -> Store:
    """A Store that does not wait long for others."""
    return Store.open(address, home=home, now=lambda: START, busy_timeout=SOON)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A Store on SQLite with one entry."""
    made = opened(default_url(tmp_path), tmp_path)
    made.commit(Batch(entries=(posted(1),)))
    yield made
    made.close()


def rubbish(home: Path) -> None:
    """A file that is something else."""
    (home / "qunguan.db").write_bytes(b"PK\x03\x04 this is no database at all" * 200)


def folder(home: Path) -> None:
    """A folder in the place of the file."""
    (home / "qunguan.db").mkdir()


def torn(home: Path) -> None:
    """A database with a page of rubbish."""
    store = opened(default_url(home), home)
    store.commit(Batch(entries=tuple(posted(number) for number in range(1, 500))))
    store.close()
    with (home / "qunguan.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 4096 * 20)


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (rubbish, "is not a database: move this file away"),
        (folder, "cannot open .*: check that its folder exists"),
        (torn, "is damaged: keep a copy of it and restore a backup"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, plant: Callable[[Path], None], sentence: str) -> None:
    """What cannot be a database is refused with its path and what to do; the home is free again."""
    plant(tmp_path)
    for _ in range(2):
        with pytest.raises(StorageError, match=sentence) as caught:
            opened(default_url(tmp_path), tmp_path).load_state()
        assert str(tmp_path / "qunguan.db") in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A database file in a folder that does not exist is a sentence, not a traceback."""
    address = f"sqlite:///{tmp_path}/nowhere/q.db"
    with pytest.raises(StorageError, match=r"nowhere/q\.db: No such file or directory: check"):
        opened(address, tmp_path)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    """A home folder that is a file is a sentence as well."""
    home = tmp_path / "home"
    home.write_text("")
    with pytest.raises(StorageError, match="home: File exists"):
        opened(default_url(home), home)


def test_a_read_only_database_is_named(store: Store, tmp_path: Path) -> None:
    """A file that may only be read is refused for writing; what it holds stays."""
    store.close()
    file = tmp_path / "qunguan.db"
    again = opened(f"sqlite:///file:{file}?mode=ro&uri=true", tmp_path)
    with pytest.raises(StorageError, match=f"{file} is read-only: let the user"):
        again.commit(Batch(entries=(posted(2),)))
    assert 1 == again.count()
    again.close()


def test_a_new_read_only_database_is_named(tmp_path: Path) -> None:
    """A file that may only be read cannot be set up either."""
    file = tmp_path / "qunguan.db"
    file.touch()
    with pytest.raises(StorageError, match=f"{file} is read-only"):
        opened(f"sqlite:///file:{file}?mode=ro&uri=true", tmp_path)


def test_a_locked_database_is_named(store: Store, tmp_path: Path) -> None:
    """While another program holds the database a commit is refused; afterwards it goes on."""
    with closing(sqlite3.connect(tmp_path / "qunguan.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="is locked by another program: close it"):
            store.commit(Batch(entries=(posted(2),)))
        other.rollback()
    assert range(2, 3) == store.commit(Batch(entries=(posted(2),)))


def test_a_full_disk_is_named(store: Store) -> None:
    """On a full disk a commit is refused as a whole, and written once there is room."""
    batch = Batch(entries=tuple(posted(number, text="长" * 1000) for number in range(2, 60)))
    with store._database._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 20")
    with pytest.raises(StorageError, match=r"disk of .*qunguan\.db is full: free some space"):
        store.commit(batch)
    assert 1 == store.count()
    with store._database._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert range(2, 60) == store.commit(batch)


def test_a_disk_without_wal_is_named(tmp_path: Path) -> None:
    """Where SQLite cannot keep a -wal it is refused: a crash could lose what was committed."""
    # This way of locking, as on network disks, has no memory to share, which a -wal needs.
    database = Database(f"sqlite:///file:{tmp_path}/q.db?vfs=unix-dotfile&uri=true")
    sentence = r"journal mode delete\): put the home folder on a local disk"
    with pytest.raises(StorageError, match=sentence), database.writing():
        pass
    database.close()


@pytest.mark.parametrize(
    "address", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://root@127.0.0.1/x"]
)
def test_a_bad_address_is_named(address: str) -> None:
    """An address that is none says what was expected, with both forms."""
    expected = r"QUNGUAN_DATABASE_URL .*expected sqlite:////path/to/file\.db or postgresql://"
    with pytest.raises(StorageError, match=expected):
        parse_url(address)


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("sqlite+pysqlite:////a/b.db", "sqlite"),
        ("postgres://u@127.0.0.1/x", "postgresql+psycopg"),
        ("postgresql://u@127.0.0.1/x", "postgresql+psycopg"),
        ("postgresql+psycopg://u@127.0.0.1/x", "postgresql+psycopg"),
    ],
)
def test_usual_addresses_are_understood(address: str, driver: str) -> None:
    """Whatever form of address operators copy, the driver is ours."""
    assert driver == parse_url(address).drivername


@pytest.mark.parametrize("name", ["家 folder", "50% off", "a?b#c", "semi;colon"])
def test_homes_have_any_name(tmp_path: Path, name: str) -> None:
    """A home folder may be named as one likes: the file is in it."""
    home = tmp_path / name
    opened(default_url(home), home).close()
    assert (home / "qunguan.db").stat().st_size > 0


def test_an_unreachable_server_is_named(tmp_path: Path) -> None:
    """A PostgreSQL that does not answer is a sentence without the password."""
    address = "postgresql://somebody:hunter2@127.0.0.1:1/qunguan"
    with pytest.raises(StorageError, match="cannot reach the database server at") as caught:
        opened(address, tmp_path)
    assert "hunter2" not in str(caught.value)
    assert "127.0.0.1:1/qunguan" in str(caught.value)


def of_sqlite(name: str) -> sqlite3.Error:
    """SQLite's exception of this name."""
    error = sqlite3.OperationalError("quotes SECRET")
    error.sqlite_errorname = name  # the attribute is how the driver tells them apart
    return error


CASES = [
    (of_sqlite("SQLITE_BUSY_SNAPSHOT"), "locked"),
    (of_sqlite("SQLITE_READONLY_DIRECTORY"), "read-only"),
    (of_sqlite("SQLITE_IOERR_WRITE"), "disk of PLACE does not answer"),
    (of_sqlite("SQLITE_CONSTRAINT_FOREIGNKEY"), "already holds"),
    (of_sqlite("SQLITE_MISUSE"), r"PLACE failed \(OperationalError SQLITE_MISUSE\)"),
    (sqlite3.ProgrammingError("quotes SECRET"), r"PLACE failed \(ProgrammingError \)"),
    (psycopg.errors.DiskFull("quotes SECRET"), "disk of PLACE is full"),
    (psycopg.errors.TooManyConnections("quotes SECRET"), "no room for one more connection"),
    (psycopg.errors.ReadOnlySqlTransaction("quotes SECRET"), "read-only"),
    (psycopg.errors.InsufficientPrivilege("quotes SECRET"), "does not let this user"),
    (psycopg.errors.LockNotAvailable("quotes SECRET"), "locked"),
    (psycopg.errors.InvalidPassword("quotes SECRET"), "refuses this user or password"),
    (psycopg.errors.InvalidCatalogName("quotes SECRET"), "does not exist: create it with createdb"),
    (psycopg.errors.AdminShutdown("quotes SECRET"), "cannot reach"),
    (psycopg.OperationalError("quotes SECRET"), "cannot reach"),
    (psycopg.errors.DataCorrupted("quotes SECRET"), "damaged"),
    (psycopg.errors.NotNullViolation("quotes SECRET"), r"PLACE failed \(NotNullViolation 23502\)"),
    (OSError(errno.ENOSPC, "No space left on device"), "PLACE: No space left on device"),
]


@pytest.mark.parametrize(("error", "sentence"), CASES)
def test_each_fault_has_its_sentence(error: Exception, sentence: str) -> None:
    """What a driver reports becomes our sentence, never its own words."""
    with pytest.raises(StorageError, match=sentence) as caught, plain_words("PLACE"):
        raise error
    assert "SECRET" not in str(caught.value)
    assert ": " in str(caught.value)


def test_a_repetition_is_told_apart() -> None:
    """A row that is there already is an exception of its own: nothing is wrong with the disk."""
    error = psycopg.errors.UniqueViolation("Key (key)=(tg:1) already exists")
    assert isinstance(in_plain_words(error, "PLACE"), RepeatedError)


def test_the_pragmas_hold(store: Store) -> None:
    """The writer keeps every commit, wipes what is deleted and checks references."""
    names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    with store._database._writer.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert ["wal", 2, 1, 1] == found


def test_the_file_is_its_owners(store: Store, tmp_path: Path) -> None:
    """What people said is readable for the owner of the process alone."""
    files = sorted(tmp_path.glob("qunguan.db*"))
    assert [0o600] * len(files) == [file.stat().st_mode & 0o777 for file in files]
    assert len(files) > 1


def test_a_failed_statement_leaves_the_connection_usable(tmp_path: Path, store: Store) -> None:
    """After an error the one writing connection is free for the next commit."""
    for _ in range(3):
        with pytest.raises(StorageError, match="failed"), store._database.writing() as connection:
            connection.execute(text("SELECT nothing"))
    assert range(2, 3) == store.commit(Batch(entries=(posted(2),)))


def test_closing_twice_is_harmless(tmp_path: Path, store: Store) -> None:
    """A Store and a Database may be closed more than once."""
    store.close()
    store.close()
    database = Database(default_url(tmp_path))
    database.close()
    database.close()


def test_reading_makes_no_database(tmp_path: Path) -> None:
    """Where no bot has run, a command that only looks says so and leaves nothing behind."""
    address = f"sqlite:///{tmp_path / 'qunguan.db'}"
    with pytest.raises(StorageError, match=r"there is no database .* start `qunguan run` once"):
        Store.read(address, home=tmp_path, now=lambda: START)
    assert [] == list(tmp_path.iterdir())
