"""What holds for every history: deciding changes nothing, the journal is the state, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.decide import advance, decide, switch
from bot.storage.codec import decode_entry, decode_state, encode_entry, encode_state
from rules.entries import Decided, Delivered, Entry, Result, redacted
from rules.events import AnyEvent, MessagePosted
from rules.fold import apply
from rules.state import CommunityState
from tests.bots import BOOK
from tests.crash.script import Moment, script

HISTORIES = st.builds(script, st.integers(0, 10_000), st.integers(2, 40))
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def live(moments: Iterable[Moment], state: CommunityState | None = None) -> list[Entry]:
    """The journal of a bot to which all this happened; `state` is where it began."""
    state = state or CommunityState()
    entries: list[Entry] = []

    def fold(entry: Entry) -> None:
        apply(state, entry)
        entries.append(entry)
        if isinstance(entry, Decided):
            for action in entry.decision.actions:
                fold(_delivered(action.key, action.group, entry.event.seen_at))

    for moment in moments:
        for decided in advance(BOOK, state, moment.at, moment.at):
            fold(decided)
        for event in moment.events:
            fold(decide(BOOK, state, event))
    return entries


def _delivered(key: str, group: str, at: datetime) -> Delivered:
    return Delivered(action=key, group=group, at=at, result=Result.DONE, wanted="Say", did="Say")


def folded(entries: Iterable[Entry], state: CommunityState | None = None) -> bytes:
    """The state after these entries, encoded."""
    state = state or CommunityState()
    for entry in entries:
        apply(state, entry)
    return encode_state(state)


@FEW
@given(HISTORIES)
def test_deciding_changes_nothing(moments: list[Moment]) -> None:
    """Whatever is asked of a state, it stays what it was: decisions are made by reading."""
    state = CommunityState()
    live(moments[:-1], state)
    before = encode_state(state)
    for event in moments[-1].events:
        assert decide(BOOK, state, event) == decide(BOOK, state, event)
    next(advance(BOOK, state, moments[-1].at + timedelta(days=3)), None)
    switch(BOOK, state, moments[-1].at)
    assert before == encode_state(state)


@FEW
@given(HISTORIES)
def test_the_journal_is_the_state(moments: list[Moment]) -> None:
    """The fold of the journal as it is written and read gives the state of the bot that wrote."""
    state = CommunityState()
    entries = live(moments, state)
    read = [decode_entry(encode_entry(one)) for one in entries]
    assert entries == read
    assert encode_state(state) == folded(read)
    assert len(entries) == state.entries


@FEW
@given(HISTORIES, st.data())
def test_a_restart_is_not_noticed(moments: list[Moment], data: st.DataObject) -> None:
    """A state from a snapshot of any moment goes on as if it had never been away."""
    stop = data.draw(st.integers(0, len(moments)))
    first = CommunityState()
    entries = live(moments[:stop], first)
    woken = decode_state(encode_state(first))
    assert woken is not None
    whole = CommunityState()
    assert live(moments, whole) == entries + live(moments[stop:], woken)
    assert encode_state(whole) == encode_state(woken)


@FEW
@given(HISTORIES, st.data())
def test_a_snapshot_and_the_rest_are_the_whole_fold(
    moments: list[Moment], data: st.DataObject
) -> None:
    """A snapshot after any entry, and the entries after it, give what all entries give."""
    entries = live(moments)
    stop = data.draw(st.integers(0, len(entries)))
    half = decode_state(folded(entries[:stop]))
    assert folded(entries) == folded(entries[stop:], half)


@pytest.mark.parametrize("years", [-10, 10])
@FEW
@given(seed=st.integers(0, 10_000))
def test_the_wall_clock_has_no_say(years: int, seed: int) -> None:
    """The same burst ten years early or late draws the same decisions but for the times in them."""
    span = timedelta(days=years * 365 + years // 4)
    span -= timedelta(days=span.days % 7)  # the same weekday
    moments = script(seed, 20)
    moved = [_moved(one, span) for one in moments]
    assert _timeless(live(moments)) == _timeless(live(moved))


def _moved(value: Any, span: timedelta) -> Any:
    """The same value with every time in it moved."""
    match value:
        case datetime():
            return value + span
        case tuple() | list():
            return type(value)(_moved(one, span) for one in value)
        case msgspec.Struct():
            moved = {name: _moved(getattr(value, name), span) for name in value.__struct_fields__}
            return msgspec.structs.replace(value, **moved)
        case _:
            return value


def _timeless(entries: list[Entry]) -> list[Any]:
    """What the entries say without any time; keys that hold one are cut before it."""
    return [_without_times(msgspec.to_builtins(one, builtin_types=(datetime,))) for one in entries]


def _without_times(value: Any) -> Any:
    match value:
        case datetime():
            return None
        case str() if value.startswith("topic:"):
            return value[: len("topic:g1:noon")]
        case dict():
            return {_without_times(key): _without_times(one) for key, one in value.items()}
        case list() | tuple():
            return [_without_times(one) for one in value]
        case _:
            return value


@FEW
@given(HISTORIES)
def test_texts_can_be_taken_out(moments: list[Moment]) -> None:
    """A redacted journal folds to the same state, in which no text is."""
    entries = live(moments)
    bare = [redacted(one) for one in entries]
    assert folded(entries) == folded(bare)
    texts = {one.message.text for moment in moments for one in moment.events if _is_text(one)}
    assert not any(text in encode_entry(one) for one in bare for text in texts if len(text) > 3)


def _is_text(event: AnyEvent) -> bool:
    return isinstance(event, MessagePosted) and bool(event.message.text)


@FEW
@given(HISTORIES)
def test_the_fold_never_reads_a_text(moments: list[Moment]) -> None:
    """Any other text in the same entries gives the same state: only footprints are folded."""
    entries = live(moments)
    other = [_rewritten(one) for one in entries]
    assert any(one != two for one, two in zip(entries, other, strict=True)) or not any(
        _is_text(one) for moment in moments for one in moment.events
    )
    assert folded(entries) == folded(other)


def _rewritten(entry: Entry) -> Entry:
    if not isinstance(entry, Decided) or not isinstance(entry.event, MessagePosted):
        return entry
    said = msgspec.structs.replace(entry.event.message, text="something else")
    event = msgspec.structs.replace(entry.event, message=said)
    return msgspec.structs.replace(entry, event=event)


def test_the_histories_hold_enough() -> None:
    """There is something to prove: strikes, mutes, obligations, cards and ticks are in them."""
    decisions = [one.decision for one in live(script(1, 40)) if isinstance(one, Decided)]
    assert 100 < len(decisions)
    for name in ("strikes", "sanctions", "obligations", "settled", "cases", "opened", "closed"):
        assert any(getattr(one, name) for one in decisions), name
