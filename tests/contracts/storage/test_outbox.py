"""What a Store promises of deliveries and deadlines, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import (
    Batch,
    OutboxState,
    Store,
    Update,
)
from rules.entries import Decided, Delivered, Entry, Result, Switched
from rules.events import Tick, TopicDue
from rules.fold import apply
from rules.state import CommunityState
from tests.golden.samples import START, deadline, every_entry, posted, says

LATER = START + timedelta(days=31)


def write(store: Store, *entries: Entry) -> range:
    """Commit entries."""
    return store.commit(Batch(entries=entries))


def test_pending_is_in_the_order_of_deciding(store: Store) -> None:
    """What is to be done comes in the order of entries, and of actions inside an entry."""
    write(store, says(2, "z", "b"), says(1, "a", "c"))
    assert [
        ("tg:2/z", 1, 0),
        ("tg:2/b", 1, 1),
        ("tg:1/a", 2, 0),
        ("tg:1/c", 2, 1),
    ] == [(one.key, one.seq, one.position) for one in store.pending()]


def test_a_delivery_is_read_as_it_was_written(store: Store) -> None:
    """Every type of action comes back equal, with its state, attempts, times and note."""
    entry = every_entry()[1]
    assert isinstance(entry, Decided)
    write(store, entry)
    assert list(entry.decision.actions) == [one.action for one in store.pending()]
    key = entry.decision.actions[0].key
    store.settle([Update(key=key, state=OutboxState.ATTEMPTING, at=START)])
    store.settle(
        [Update(key=key, state=OutboxState.TODO, at=START, next_at=LATER, note="flood limit")]
    )
    store.settle([Update(key=key, state=OutboxState.ATTEMPTING, at=LATER)])
    first = store.pending()[0]
    assert (OutboxState.ATTEMPTING, 2) == (first.state, first.attempts)
    assert (None, LATER, "") == (first.next_at, first.updated_at, first.note)


def test_a_retry_keeps_its_time(store: Store) -> None:
    """A delivery that has to wait says until when, and why, and takes no number of the journal."""
    write(store, says(1, "a"))
    waiting = Update(key="tg:1/a", state=OutboxState.TODO, at=START, next_at=LATER, note="busy")
    store.settle([waiting])
    (found,) = store.pending()
    assert (OutboxState.TODO, 0, LATER, "busy") == (
        found.state,
        found.attempts,
        found.next_at,
        found.note,
    )
    assert range(2, 3) == write(store, posted(2))


@pytest.mark.parametrize("result", list(Result))
def test_a_journaled_result_settles_its_delivery(store: Store, result: Result) -> None:
    """The commit that journals a result takes the action out of what is pending, and keeps why."""
    write(store, says(1, "a", "b"))
    write(
        store,
        Delivered(
            action="tg:1/a", group="g1", at=LATER, result=result, wanted="Say", reason="because"
        ),
    )
    assert ["tg:1/b"] == [one.key for one in store.pending()]
    (settled,) = store.deliveries([OutboxState(result.value)])
    assert ("tg:1/a", LATER, "because") == (settled.key, settled.updated_at, settled.note)


def test_open_deadlines_are_those_of_the_state(store: Store) -> None:
    """After each batch the rows are the deadlines of the fold: opened, moved, closed, come due."""
    soon, tomorrow = START + timedelta(hours=1), START + timedelta(days=1)

    def due(event: Tick | TopicDue) -> Decided:
        return Decided(event=event)

    shared = {"at": soon, "seen_at": soon, "group": "g1"}
    batches: list[tuple[Entry, ...]] = [
        (Switched(at=START, rules="r", opened=(deadline("t1", soon, "topic"),)),),
        (posted(1, opened=(deadline("o1", soon), deadline("o2", tomorrow))),),
        (posted(2, opened=(deadline("o2", soon),), closed=("o1", "not open")),),
        (
            due(TopicDue(key="t1", topic="t1", **shared)),
            due(Tick(key="x", ref="x", deadline="o", **shared)),
        ),
        (posted(3, opened=(deadline("o3", soon),)), posted(4, closed=("o3",))),
        (posted(5, opened=(deadline("o2", tomorrow),), closed=("o2",)),),
        (Switched(at=LATER, rules="s", closed=("o2",)),),
        (Delivered(action="a", group="g", at=LATER, result=Result.DONE, wanted="Say"),),
    ]
    state, seen = CommunityState(), []
    for batch in batches:
        write(store, *batch)
        for entry in batch:
            apply(state, entry)
        rows = store.deadlines()
        seen.append(len(rows))
        assert sorted(state.deadlines.values(), key=lambda one: (one.due_at, one.key)) == rows
    assert [1, 3, 2, 1, 1, 1, 0, 0] == seen


def test_settled_deliveries_are_forgotten(store: Store) -> None:
    """Redaction deletes settled rows of that age from the outbox; open and young ones stay."""
    write(store, says(1, "old", "open", "young"))
    done = {"group": "g1", "result": Result.DONE, "wanted": "Say"}
    write(store, Delivered(action="tg:1/old", at=START, **done))
    write(store, Delivered(action="tg:1/young", at=LATER, **done))
    store.redact(LATER, keep=())
    assert ["tg:1/open", "tg:1/young"] == [one.key for one in store.deliveries(list(OutboxState))]
