"""Entries of every release can be read for ever, and come back as the same bytes."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from bot.storage.codec import (
    ENTRY_VERSION,
    decode_action,
    decode_entry,
    decode_state,
    encode_action,
    encode_entry,
    encode_state,
)
from bot.storage.errors import StorageError
from bot.storage.journal import row_of
from rules.actions import AnyAction
from rules.entries import Decided, Delivered, Entry, redacted
from rules.events import AnyEvent
from tests.golden.samples import GOLDEN, HOUR, START, every_entry, filled, folded, posted

LINES = GOLDEN.read_text(encoding="utf-8").splitlines()


def types_in(entries: list[Entry]) -> Iterator[type]:
    """The types of entries, events and actions that occur."""
    for entry in entries:
        yield type(entry)
        if isinstance(entry, Decided):
            yield type(entry.event)
            yield from (type(action) for action in entry.decision.actions)


def test_the_golden_journal_has_every_type() -> None:
    """Nothing that the journal may hold is missing from the golden journal."""
    wanted = {kind for union in (Entry, AnyEvent, AnyAction) for kind in typing.get_args(union)}
    assert wanted == set(types_in([decode_entry(line) for line in LINES]))


@pytest.mark.parametrize("line", LINES)
def test_the_golden_journal_is_read_for_ever(line: str) -> None:
    """Each line of the golden journal loads, and is written as the same bytes."""
    assert line == encode_entry(decode_entry(line, version=1))


def test_the_golden_journal_is_this_versions() -> None:
    """The golden journal holds every field of today's types, else see `golden/samples.py`."""
    assert [encode_entry(one) for one in every_entry()] == LINES


@pytest.mark.parametrize("kind", typing.get_args(AnyAction))
def test_actions_come_back(kind: type[AnyAction]) -> None:
    """Every action is read as it was written."""
    action = filled(kind)
    assert action == decode_action(encode_action(action))


def test_times_keep_their_microseconds() -> None:
    """A time comes back exact, aware and in UTC."""
    entry = decode_entry(encode_entry(posted(0)))
    assert isinstance(entry, Decided)
    assert (START, START.tzinfo) == (entry.event.at, entry.event.at.tzinfo)


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"type":"Nobody"}', '{"type":"Switched"}', "\x00"]
)
def test_rubbish_is_a_sentence(body: str) -> None:
    """What is no entry is refused in words that do not quote it."""
    with pytest.raises(StorageError, match="cannot be read by this program"):
        decode_entry(body)
    with pytest.raises(StorageError, match="an action of the outbox cannot be read"):
        decode_action(body)


def test_a_newer_entry_says_what_to_do() -> None:
    """An entry of a newer program is refused with its version and the advice to update."""
    newer = ENTRY_VERSION + 1
    with pytest.raises(StorageError, match=rf"\(version {newer}\).*up to {ENTRY_VERSION}: update"):
        decode_entry(LINES[0], version=newer)


def test_old_entries_are_lifted_step_by_step() -> None:
    """An entry of an older version goes through every lift between, in order."""
    old = msgspec.json.encode({"tag": "Delivered", "action": "a", "group": "g", "time": START})

    def rename_time(plain: dict[str, Any]) -> dict[str, Any]:
        return {("at" if key == "time" else key): value for key, value in plain.items()}

    def add_result(plain: dict[str, Any]) -> dict[str, Any]:
        assert "at" in plain
        rest = {key: value for key, value in plain.items() if key != "tag"}
        return rest | {"type": plain["tag"], "result": "done", "wanted": "Say"}

    lifts = {ENTRY_VERSION - 2: rename_time, ENTRY_VERSION - 1: add_result}
    entry = decode_entry(old.decode(), version=ENTRY_VERSION - 2, lifts=lifts)
    assert isinstance(entry, Delivered)
    assert ("a", START, "done") == (entry.action, entry.at, entry.result)


@pytest.mark.parametrize("entry", every_entry(), ids=lambda entry: type(entry).__name__)
def test_what_holds_text_is_marked(entry: Entry) -> None:
    """An entry is marked for redaction exactly if redaction would change it."""
    assert (redacted(entry) != entry) is row_of(1, entry)["has_text"]


def test_a_state_comes_back() -> None:
    """A state is read as it was written, and written again as the same bytes."""
    body = folded([*every_entry(), *(posted(number) for number in range(1, 40))])
    state = decode_state(body)
    assert state is not None
    assert body == encode_state(state)
    assert len(state.groups) > 10


def test_what_is_forgotten_is_not_kept() -> None:
    """Messages that the fold has forgotten are in no snapshot."""
    entries: list[Entry] = [posted(3 * number, at=START + number * HOUR * 2) for number in range(9)]
    state = decode_state(folded(entries))
    assert state is not None
    assert 1 == len(state.groups["g0"].recent)


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x90", b"\x81\xa6groups\x01"])
def test_rubbish_is_no_state(body: bytes) -> None:
    """Bytes that are no state are told apart, without an exception."""
    assert decode_state(body) is None
