"""What a Store promises of the state and of old texts, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bot.storage import (
    Batch,
    Store,
)
from bot.storage import tables as t
from bot.storage.codec import encode_entry, encode_state
from rules.entries import Entry
from rules.state import FOLD_VERSION, CommunityState
from tests.golden.samples import START, every_entry, folded, posted

LATER = START + timedelta(days=31)


def write(store: Store, *entries: Entry) -> range:
    """Commit entries."""
    return store.commit(Batch(entries=entries))


def test_the_state_is_the_fold_of_the_journal(reopen: Callable[[], Store]) -> None:
    """With and without snapshots a start gives the same state, to the byte."""
    entries: list[Entry] = [*every_entry(), *(posted(number) for number in range(1, 30))]
    store = reopen()
    write(store, *entries[:30])
    state, seq = store.load_state()
    assert (30, folded(entries[:30])) == (seq, encode_state(state))
    store.save_snapshot(seq, encode_state(state), at=START)
    write(store, *entries[30:])
    state, seq = reopen().load_state()
    assert (len(entries), folded(entries)) == (seq, encode_state(state))


def test_a_snapshot_is_used(store: Store) -> None:
    """A start folds only what follows the newest snapshot: what it holds is taken at its word."""
    write(store, posted(1), posted(2))
    planted = CommunityState(rules="from the snapshot")
    store.save_snapshot(1, encode_state(planted), at=START)
    state, seq = store.load_state()
    assert ("from the snapshot", 1, 2) == (state.rules, state.entries, seq)


def spoil_bytes(store: Store) -> None:
    """Change the newest snapshot to one that can be read, but is not what was written."""
    altered = encode_state(CommunityState(rules="altered"))
    with store._database.writing() as connection:
        newest = t.snapshots.c.seq == 3
        connection.execute(update(t.snapshots).where(newest).values(body=altered))


def spoil_meaning(store: Store) -> None:
    """Make the newest snapshot something else than a state, undamaged."""
    store.save_snapshot(3, b"\x93\x01\x02\x03", at=START)


def spoil_version(store: Store) -> None:
    """Make the newest snapshot that of another fold."""
    body = encode_state(CommunityState(rules="another fold"))
    store.save_snapshot(3, body, at=START, fold_version=FOLD_VERSION + 1)


def spoil_order(store: Store) -> None:
    """Leave only a snapshot that is ahead of the journal."""
    store.save_snapshot(9, encode_state(CommunityState(rules="ahead")), at=START)


@pytest.mark.parametrize("spoil", [spoil_bytes, spoil_meaning, spoil_version, spoil_order])
def test_a_bad_snapshot_is_ignored(store: Store, spoil: Callable[[Store], None]) -> None:
    """Snapshots that are damaged, foreign or ahead cost time, never the state."""
    entries: list[Entry] = [posted(number) for number in range(1, 6)]
    write(store, *entries)
    for upto in (2, 3):
        body = folded(entries[:upto])
        store.save_snapshot(upto, body, at=START)
    spoil(store)
    state, seq = store.load_state()
    assert (5, folded(entries)) == (seq, encode_state(state))


def test_two_snapshots_are_kept(store: Store) -> None:
    """Old snapshots do not pile up: the newest is kept, and one to fall back on."""
    for seq in (1, 2, 3, 3, 4):
        store.save_snapshot(seq, b"x", at=START)
    with store._database.reading() as connection:
        kept = connection.execute(text("SELECT seq FROM snapshots ORDER BY seq")).scalars().all()
    assert [3, 4] == kept


def test_redaction_changes_no_state(store: Store) -> None:
    """Old texts are gone, what is kept or young stays, and the fold is the same."""
    entries = [
        *every_entry(),
        *(posted(number) for number in range(1, 1500)),
        posted(1500, at=LATER),
    ]
    write(store, *entries)
    before = folded(entries)
    changed = store.redact(LATER, keep={"tg:7", "tg:1300"})
    assert 3 + 1499 - 2 == changed
    after = [entry for _, entry in store.entries()]
    texts = [encode_entry(entry) for entry in after if "天气" in encode_entry(entry)]
    assert [
        encode_entry(posted(7)),
        encode_entry(posted(1300)),
        encode_entry(posted(1500, at=LATER)),
    ] == texts
    left = "".join(encode_entry(one) for one in after)
    assert [] == [what for what in ("message text", "quote text", "Unreadable raw") if what in left]
    assert before == folded(after)
    assert 0 == store.redact(LATER, keep={"tg:7", "tg:1300"})
    assert 2 == store.redact(LATER, keep=())
