"""What a Store promises of the journal, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.storage import (
    Batch,
    RepeatedError,
    StorageError,
    Store,
)
from bot.storage import tables as t
from bot.storage.journal import CHUNK
from rules.entries import Decided, Entry, Switched
from tests.golden.samples import START, deadline, every_entry, posted, says

LATER = START + timedelta(days=31)


def write(store: Store, *entries: Entry) -> range:
    """Commit entries."""
    return store.commit(Batch(entries=entries))


def test_entries_come_back_as_they_were(store: Store) -> None:
    """The journal gives back every type of entry, equal, in order, numbered from 1 without gaps."""
    entries = every_entry()
    assert range(1, 4) == write(store, *entries[:3])
    assert range(4, len(entries) + 1) == write(store, *entries[3:])
    assert list(enumerate(entries, 1)) == list(store.entries())
    assert list(enumerate(entries, 1))[5:] == list(store.entries(after_seq=5))
    assert len(entries) == store.count() > 15


def test_long_journals_are_read_in_pieces(store: Store) -> None:
    """No entry is lost or doubled where one piece ends and the next begins."""
    entries = [posted(number) for number in range(1, 2 * CHUNK + 1)]
    write(store, *entries)
    assert list(enumerate(entries, 1)) == list(store.entries())


def test_numbers_go_on_after_a_restart(reopen: Callable[[], Store]) -> None:
    """A restart neither repeats nor skips a number."""
    write(reopen(), posted(1), posted(2))
    assert range(3, 4) == write(reopen(), posted(3))


def test_an_empty_batch_is_nothing(store: Store) -> None:
    """A commit of nothing changes nothing."""
    assert range(1, 1) == store.commit(Batch())
    assert store.count() == 0


def test_known_tells_which_keys_are_there(store: Store) -> None:
    """Known keys are found, however many are asked for; others are not."""
    write(store, *(posted(number) for number in range(1, 1201)))
    asked = [f"tg:{number}" for number in range(1, 1400)]
    assert set(asked[:1200]) == store.known(asked)
    assert set() == store.known([])


def test_single_entries_are_found(store: Store) -> None:
    """An entry is found by its event's key, and a group's last ones by the group."""
    entries = [posted(number) for number in range(1, 11)]
    write(store, *entries)
    assert (7, entries[6]) == store.entry_of("tg:7")
    assert store.entry_of("tg:77") is None
    assert [(4, entries[3]), (7, entries[6]), (10, entries[9])] == store.latest("g1", at_most=3)


def test_an_event_is_journaled_once(store: Store) -> None:
    """A batch with a known key is refused as a whole; the next one is written."""
    write(store, posted(1))
    with pytest.raises(RepeatedError, match="already holds an event"):
        write(store, posted(2), posted(1, text="again"), posted(3))
    assert [(1, posted(1))] == list(store.entries())
    assert range(2, 3) == write(store, posted(2))


def test_a_failure_in_the_middle_leaves_nothing(store: Store) -> None:
    """When the outbox refuses a row, the entries of the same batch are not journaled."""
    write(store, says(1, "a"))
    opening = Switched(at=START, rules="r", opened=(deadline("d", LATER),))
    twice = Decided(event=posted(3).event, decision=says(1, "a").decision)
    with pytest.raises(RepeatedError):
        write(store, posted(2), opening, twice)
    assert 1 == store.count()
    assert ["tg:1/a"] == [one.key for one in store.pending()]
    assert [] == store.deadlines()


KILLED = """
import os, sys
from datetime import timedelta
from pathlib import Path
from sqlalchemy import event
from bot.storage import Batch, Store
from rules import actions as a
from tests.golden.samples import START, deadline, posted

store = Store.open(sys.argv[1], home=Path(sys.argv[2]), now=lambda: START)

def batch(number):
    say = a.Say(key=f"tg:{number}/say", group="g1", line=a.Line(key="warned"))
    opened = (deadline(f"d{number}", START + timedelta(hours=1)),)
    return Batch(entries=(posted(number, actions=(say,), opened=opened),))

def die(conn, cursor, statement, parameters, context, executemany):
    if sys.argv[3] in statement:
        os._exit(9)

store.commit(batch(1))
event.listen(store._database._writer, "before_cursor_execute", die)
event.listen(store._database._writer, "commit", lambda conn: die(conn, 0, "COMMIT", 0, 0, 0))
store.commit(batch(2))
"""


@pytest.mark.parametrize("at", ["INTO schedules", "COMMIT"])
def test_a_killed_commit_leaves_nothing(
    address: str, tmp_path: Path, reopen: Callable[[], Store], at: str
) -> None:
    """A process killed at any statement of a commit leaves the commits before it, and no more."""
    arguments = [sys.executable, "-c", KILLED, address, str(tmp_path), at]
    ended = subprocess.run(arguments, check=False, capture_output=True, timeout=60)  # noqa: S603
    assert (9, b"") == (ended.returncode, ended.stderr)
    store = reopen()
    assert 1 == store.count()
    assert ["tg:1/say"] == [one.key for one in store.pending()]
    assert ["d1"] == [one.key for one in store.deadlines()]


def test_an_unreadable_entry_is_named(store: Store) -> None:
    """An entry of an unknown version stops the fold with its number, and without its text."""
    write(store, posted(1))
    row = {"seq": 2, "group_id": "g", "at": 0, "seen_at": 0, "kind": "New", "has_text": True}
    with store._database.writing() as connection:
        connection.execute(insert(t.journal), row | {"version": 99, "body": '{"secret": 1}'})
    with pytest.raises(StorageError, match=r"journal, number 2: an entry \(version 99\)") as caught:
        store.load_state()
    assert "secret" not in str(caught.value)


def test_no_row_is_quoted_in_an_error(store: Store) -> None:
    """What a driver says about a refused row, text included, is in no exception that we raise."""
    row = {"seq": 1, "group_id": None, "at": 0, "seen_at": 0, "kind": "K", "has_text": True}

    def plant() -> None:
        with store._database.writing() as connection:
            connection.execute(insert(t.journal), row | {"version": 1, "body": "SECRET"})

    with pytest.raises(StorageError) as caught:
        plant()
    assert "SECRET" not in str(caught.value)
    assert caught.value.__suppress_context__
