"""What is redacted is gone from every file of the home, not only from what queries show."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.storage import Batch, Store
from bot.storage.database import default_url
from bot.storage.tables import to_micros
from rules.entries import Decided
from tests.golden.samples import START, folded, posted

LATER = START + timedelta(days=30)


def secret(number: int) -> str:
    """The text of a message: from a few bytes to several pages of the database."""
    return f"<秘密{number}>" * random.Random(number).randint(1, 400)  # noqa: S311


def journal_of(count: int) -> list[Decided]:
    """Messages a minute apart, of very different lengths."""
    return [
        posted(number, secret(number), at=START + timedelta(minutes=number))
        for number in range(1, count + 1)
    ]


def left_in(home: Path, numbers: range) -> set[int]:
    """Which of these messages' texts are still in some file of the home, free pages included."""
    files = [file for file in home.rglob("*") if file.is_file()]
    assert home / "qunguan.db" in files
    bytes_ = b"".join(file.read_bytes() for file in files)
    return {number for number in numbers if f"<秘密{number}>".encode() in bytes_}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A Store with 600 messages."""
    made = Store.open(default_url(tmp_path), home=tmp_path, now=lambda: START)
    entries = journal_of(600)
    for start in range(0, 600, 50):
        made.commit(Batch(entries=tuple(entries[start : start + 50])))
    yield made
    made.close()


def redact_in_steps(store: Store) -> None:
    """Redact up to message 500, in three runs, keeping some for later."""
    kept = {f"tg:{number}" for number in range(1, 600, 7)}
    for upto in (100, 350, 501):
        store.redact(START + timedelta(minutes=upto), keep=kept)
    store.redact(START + timedelta(minutes=501), keep=())


def test_redacted_bytes_are_gone(store: Store, tmp_path: Path) -> None:
    """While the bot runs, no byte of an old text is in any file, and all of the young ones are."""
    assert set(range(1, 601)) == left_in(tmp_path, range(1, 601))
    redact_in_steps(store)
    assert set() == left_in(tmp_path, range(1, 501))
    assert set(range(501, 601)) == left_in(tmp_path, range(501, 601))
    assert folded(journal_of(600)) == folded([entry for _, entry in store.entries()])


def test_the_search_can_fail(store: Store, tmp_path: Path) -> None:
    """Without secure_delete the same search finds old texts: that setting keeps the promise."""
    with store._database._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    redact_in_steps(store)
    assert len(left_in(tmp_path, range(1, 501))) > 10


def test_a_reader_in_the_way_is_reported(store: Store, tmp_path: Path) -> None:
    """When a reader keeps the -wal in use, that is logged, and the next run empties it."""
    store._database._busy = timedelta(0)
    store._database.close()
    with closing(sqlite3.connect(tmp_path / "qunguan.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM journal").fetchone()
        with structlog.testing.capture_logs() as logs:
            assert 500 == store.redact(START + timedelta(minutes=501), keep=())
        assert ["warning"] == [line["log_level"] for line in logs]
        assert left_in(tmp_path, range(1, 501))
    assert 0 == store.redact(START + timedelta(minutes=501), keep=())
    assert set() == left_in(tmp_path, range(1, 501))


def test_old_migration_backups_go(store: Store, tmp_path: Path) -> None:
    """Copies made before migrations hold texts too and go at the same age; others stay."""
    folder = tmp_path / "backups"
    folder.mkdir()
    names = ("before-0002-20260201T000000Z.db", "before-0003-20260331T120001Z.db", "my-own.db")
    for name in names:
        (folder / name).touch()
    store.redact(LATER, keep=())
    assert sorted(names[1:]) == sorted(path.name for path in folder.iterdir())


def test_times_are_whole_microseconds() -> None:
    """An age is compared exactly: not a float."""
    assert to_micros(START) + 1 == to_micros(START + timedelta(microseconds=1))
