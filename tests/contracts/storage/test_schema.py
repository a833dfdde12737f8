"""Who may open a database, and how its schema moves, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.storage import (
    Batch,
    HomeLockedError,
    NewerSchemaError,
    OutboxState,
    StorageError,
    Store,
    Update,
)
from bot.storage import tables as t
from bot.storage.database import Database
from bot.storage.migrate import MIGRATIONS, migrate, schema_of
from rules.entries import Entry
from tests.golden.samples import START, posted

HEAD = max(path.name[:4] for path in MIGRATIONS.glob("versions/[0-9]*.py"))
NEXT = f"{int(HEAD) + 1:04}"


def write(store: Store, *entries: Entry) -> range:
    """Commit entries."""
    return store.commit(Batch(entries=entries))


def test_one_database_has_one_writer(store: Store, address: str, tmp_path: Path) -> None:
    """A second writer is refused; on PostgreSQL even from another home."""
    with pytest.raises(HomeLockedError, match=f"pid {os.getpid()}.*stop it first"):
        Store.open(address, home=tmp_path, now=lambda: START)
    if not store._database.is_sqlite:
        with pytest.raises(HomeLockedError, match="another Qunguan is writing"):
            Store.open(address, home=tmp_path / "other", now=lambda: START)
    write(store, posted(1))


def test_reading_beside_the_writer(store: Store, address: str, tmp_path: Path) -> None:
    """A reader sees what was committed, from any thread, and can write nothing."""
    write(store, posted(1))
    reader = Store.read(address, home=tmp_path, now=lambda: START)
    counts: list[int] = []
    thread = threading.Thread(target=lambda: counts.extend([reader.count(), store.count()]))
    writing = threading.Thread(target=lambda: write(store, posted(2)))
    for one in (writing, thread):
        one.start()
        one.join()
    assert [2, 2] == counts
    with pytest.raises(StorageError, match="read-only"):
        write(reader, posted(3))
    with pytest.raises(StorageError, match="read-only"):
        reader.settle([Update(key="k", state=OutboxState.DONE, at=START)])
    reader.close()


def test_reading_needs_the_schema(address: str, tmp_path: Path) -> None:
    """Who only reads does not migrate: the sentence says what does."""
    with pytest.raises(StorageError, match="start `qunguan run` once"):
        Store.read(address, home=tmp_path, now=lambda: START)


def test_a_newer_schema_is_refused(reopen: Callable[[], Store]) -> None:
    """A database of a newer program is not touched, and the sentence says what to do."""
    store = reopen()
    write(store, posted(1))
    with store._database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9007'"))
    with pytest.raises(
        NewerSchemaError, match=rf"\(schema 9007, this program knows {HEAD}\): update"
    ):
        reopen()


def test_a_foreign_database_is_refused(address: str, tmp_path: Path) -> None:
    """Tables of another program are never mixed with ours."""
    database = Database(address)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE customers (id INTEGER)"))
    database.close()
    with pytest.raises(StorageError, match="tables of another program"):
        Store.open(address, home=tmp_path, now=lambda: START)


def test_migrations_make_the_tables(store: Store) -> None:
    """The migrations, run on an empty database, give exactly the tables that the program uses."""
    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, t.metadata)


def test_a_new_database_is_made_without_a_word(tmp_path: Path) -> None:
    """Nothing was migrated: what a person sees first is where the room is."""
    with structlog.testing.capture_logs() as logs:
        address = f"sqlite:///{tmp_path}/new.db"
        Store.open(address, home=tmp_path, now=lambda: START).close()
    assert [] == logs


def planted(folder: Path, body: str) -> Path:
    """A copy of the migrations with one more."""
    (folder / "versions").mkdir(parents=True)
    for path in [MIGRATIONS / "env.py", *MIGRATIONS.glob("versions/*.py")]:
        name = path.relative_to(MIGRATIONS)
        (folder / name).write_text((MIGRATIONS / name).read_text("utf-8"), "utf-8")
    head = (
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "{NEXT}"\ndown_revision = "{HEAD}"\n'
    )
    body = f'def upgrade():\n    op.add_column("journal", sa.Column("extra", sa.Text))\n{body}'
    (folder / f"versions/{NEXT}_extra.py").write_text(head + body, "utf-8")
    return folder


def test_a_migration_keeps_what_is_there(store: Store, address: str, tmp_path: Path) -> None:
    """From the newest schema up: rows stay, SQLite's file is copied before, twice is once."""
    write(store, posted(1))
    store.close()
    scripts = planted(tmp_path / "100% scripts", "")
    database = Database(address)
    with structlog.testing.capture_logs() as logs:
        for _ in range(2):
            migrate(database, home=tmp_path, now=lambda: START, scripts=scripts)
    moved = [one for one in logs if "database migrated" == one["event"]]
    assert [(HEAD, NEXT)] == [(one["found"], one["schema"]) for one in moved]
    with database.reading() as connection:
        assert NEXT == schema_of(connection)
        assert [(1, None)] == connection.execute(text("SELECT seq, extra FROM journal")).all()
    copies = [path.name for path in tmp_path.glob("backups/*")]
    assert ([f"before-{NEXT}-20260301T120000Z.db"] if database.is_sqlite else []) == copies
    database.close()
    if database.is_sqlite:
        copy = f"sqlite:///{tmp_path}/backups/{copies[0]}"
        old = Store.open(copy, home=tmp_path / "other", now=lambda: START)
        assert [(1, posted(1))] == list(old.entries())
        old.close()


def test_a_failing_migration_changes_nothing(store: Store, address: str, tmp_path: Path) -> None:
    """A migration that fails half-way leaves the schema as it was."""
    store.close()
    scripts = planted(tmp_path / "scripts", "    op.execute('SELECT nothing FROM nowhere')\n")
    database = Database(address)
    with pytest.raises(StorageError):
        migrate(database, home=tmp_path, now=lambda: START, scripts=scripts)
    with database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert [] == compare_metadata(context, t.metadata)
        assert HEAD == schema_of(connection)
    database.close()


def test_a_database_of_every_release_is_brought_up(address: str, tmp_path: Path) -> None:
    """From the first schema on, what was written then is read now."""
    first = tmp_path / "first"
    (first / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/0001_first_tables.py"):
        (first / name).write_text((MIGRATIONS / name).read_text("utf-8"), "utf-8")
    database = Database(address)
    migrate(database, home=tmp_path, now=lambda: START, scripts=first)
    database.close()
    store = Store.open(address, home=tmp_path, now=lambda: START)
    with store._database.reading() as connection:
        assert HEAD == schema_of(connection)
    assert [] == store.versions()
    store.close()
