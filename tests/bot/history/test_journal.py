"""The bot's own journal as a history: read beside the writer, with what redaction has left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import FrozenClock
from bot.history.hits import Hit
from bot.history.journal import journal_of
from bot.history.opening import beginning, history_of
from bot.history.records import HistoryError, Record, What
from bot.replay import fates
from bot.storage import Batch, Store
from bot.storage.database import default_url
from rules.entries import Decided, Switched
from rules.events import AdminsSeen, AnyEvent, GroupChanged, MemberJoined, MemberLeft
from rules.message import Kind, Role
from tests.bot.history.histories import file_of, line, ruleset
from tests.builders import T0, at, edited, message, posted, print_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder; the environment names no other one."""
    monkeypatch.delenv("QUNGUAN_HOME", raising=False)
    monkeypatch.delenv("QUNGUAN_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The database of the bot that is running in the home."""
    opened = Store.open(default_url(home), home=home, now=FrozenClock(T0).now)
    yield opened
    opened.close()


def entry(event: AnyEvent) -> Decided:
    """What the loop writes of an event."""
    is_said = type(event).__name__ in ("MessagePosted", "MessageEdited")
    return Decided(event=event, footprint=print_of(event) if is_said else None)  # type: ignore[arg-type]


def written(store: Store, *events: AnyEvent) -> None:
    """Write events into the journal."""
    store.commit(Batch(entries=tuple(entry(one) for one in events)))


def read(home: Path) -> tuple[list[Record], list[str]]:
    """The records of a home, and what the reader notes."""
    with history_of(home) as (reader, measured):
        found = list(reader.records())
        assert measured.position == measured.size
        assert 1.0 == measured.share
    return found, reader.notes


def on(seconds: float) -> dict[str, object]:
    """The fields that all events have."""
    return {"key": f"k{seconds}", "at": at(seconds), "seen_at": at(seconds), "group": "g1"}


def moved(*events: AnyEvent) -> Iterable[AnyEvent]:
    """A group with a title and an admin, and then these events."""
    yield GroupChanged(title="邻里", platform="telegram", capabilities=(), **on(0))  # type: ignore[arg-type]
    yield AdminsSeen(roles={"boss": Role.OWNER}, **on(1))  # type: ignore[arg-type]
    yield from events


def test_records_of_a_running_bot(home: Path, store: Store) -> None:
    """Messages, joins and leaves come with title, role and number while the bot has the home."""
    written(
        store,
        *moved(
            MemberJoined(member="new", name="新人", **on(2)),  # type: ignore[arg-type]
            posted("加微信", seconds=3, by="new"),
            posted("hi", seconds=4, by="boss"),
            posted("+", seconds=5, by="helper", role=Role.HELPER),
            MemberLeft(member="new", **on(6)),  # type: ignore[arg-type]
        ),
    )
    store.commit(Batch(entries=(Switched(at=at(7), rules="x"),)))
    found, notes = read(home)
    assert [
        (3, What.JOIN, "new", Role.MEMBER),
        (4, What.MESSAGE, "new", Role.MEMBER),
        (5, What.MESSAGE, "boss", Role.OWNER),
        (6, What.MESSAGE, "helper", Role.HELPER),
        (7, What.LEAVE, "new", Role.MEMBER),
    ] == [(one.number, one.what, one.user, one.role) for one in found]
    assert ("加微信", "邻里", "2026-03-02T12:00:03Z") == (
        found[1].message.text,
        found[1].title,
        found[1].ts,
    )
    assert [] == notes


def test_redacted_messages_are_counted_and_not_judged(home: Path, store: Store) -> None:
    """What has lost its text only says who was there; pictures without text stay judged."""
    picture = message("", Kind.IMAGE)
    written(store, *moved(posted("加微信", seconds=3), posted(picture, seconds=4)))
    store.redact(at(100), keep=())
    original = posted("加微信", seconds=200)
    written(store, original, edited("改了", original, seconds=210))
    found, notes = read(home)
    assert [True, False, False] == [one.is_redacted for one in found]
    with history_of(home) as (reader, _):
        told = list(fates(reader, ruleset()))
    assert [4, 5] == [record.number for record, _ in told]
    hits = [fate for _, fate in told if isinstance(fate, Hit)]
    assert [2] == [hit.whom.messages for hit in hits]
    assert ["1 messages have lost", "1 edits were passed"] == [
        " ".join(one.split()[:4]) for one in notes
    ]


def test_what_is_written_meanwhile_is_not_read(home: Path, store: Store) -> None:
    """A replay ends where the journal ended when it began."""
    written(store, posted("one", seconds=1))
    with journal_of(home) as journal:
        written(store, posted("two", seconds=2))
        assert ["one"] == [one.message.text for one in journal.records()]


def test_since_is_reckoned_from_the_last_record(home: Path, store: Store, tmp_path: Path) -> None:
    """So long before the last message, of a home as of a file; nothing of an empty home."""
    assert beginning(home, timedelta(days=1)) is None
    written(store, posted("a", seconds=0), posted("b", seconds=7200))
    assert at(3600) == beginning(home, timedelta(hours=1))
    path = file_of(tmp_path, line(0, "a"), line(60, "b"))
    assert "2026-03-02T08:30:00+00:00" == str(beginning(path, timedelta(minutes=30))).replace(
        " ", "T"
    )


def test_an_empty_journal_has_no_share(home: Path, store: Store) -> None:
    """Nothing of nothing has been read."""
    with journal_of(home) as journal:
        assert 0.0 == journal.share
        assert [] == list(journal.records())


def test_homes_that_cannot_be_read(home: Path, tmp_path: Path) -> None:
    """A folder without a journal, and a file that is no database, are refused in one sentence."""
    with pytest.raises(HistoryError, match="is a folder, expected a file"), history_of(home):
        pass
    with pytest.raises(HistoryError, match=r"holds no journal \(qunguan.db\)"), journal_of(home):
        pass
    (home / "qunguan.db").write_text("no database at all, " * 100)
    with pytest.raises(HistoryError, match="is not a database"), history_of(home):
        pass


def test_the_configured_database_is_read(
    home: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The home that is set may keep its database elsewhere."""
    written(store, posted("here", seconds=1))
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("QUNGUAN_HOME", str(other))
    monkeypatch.setenv("QUNGUAN_DATABASE_URL", f"sqlite:///{home / 'qunguan.db'}")
    assert ["here"] == [one.message.text for one in read(other)[0]]


def test_a_damaged_entry_ends_the_reading(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What storage cannot read is said as a fault of the history."""
    written(store, posted("a", seconds=1))
    with journal_of(home) as journal:
        with store._database.writing() as connection:
            connection.exec_driver_sql("UPDATE journal SET body = '{'")
        with pytest.raises(HistoryError, match="journal, number 1"):
            list(journal.records())
