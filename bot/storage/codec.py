"""Entries, actions and states as bytes, and back. Old versions of entries are lifted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any

import msgspec

from bot.storage.errors import RESTORE, StorageError
from rules.actions import AnyAction
from rules.entries import Entry
from rules.state import CommunityState

ENTRY_VERSION = 1
"""Stands beside each entry: raise it for a change that a default cannot bridge."""

Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: Mapping[int, Lift] = {}
"""From a version to the next: plain data in, plain data out. Never edited after a release."""

_json = msgspec.json.Encoder()
_entries: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)
_actions: msgspec.json.Decoder[AnyAction] = msgspec.json.Decoder(AnyAction)
_pack = msgspec.msgpack.Encoder()
_states = msgspec.msgpack.Decoder(CommunityState)


def encode_entry(entry: Entry) -> str:
    """The entry as one line of JSON, version ENTRY_VERSION."""
    return _json.encode(entry).decode()


def decode_entry(
    body: str, *, version: int = ENTRY_VERSION, lifts: Mapping[int, Lift] = LIFTS
) -> Entry:
    """The entry of a line that any release wrote; StorageError if it cannot be read."""
    try:
        if version == ENTRY_VERSION:
            return _entries.decode(body)
        plain = msgspec.json.decode(body)
        while version != ENTRY_VERSION:
            plain, version = lifts[version](plain), version + 1
        lifted: Entry = msgspec.convert(plain, Entry)
    except (msgspec.MsgspecError, LookupError):
        raise StorageError(
            f"an entry (version {version}) cannot be read by this program, "
            f"which knows versions up to {ENTRY_VERSION}: update Qunguan or {RESTORE}"
        ) from None
    return lifted


def encode_action(action: AnyAction) -> str:
    """The action as one line of JSON."""
    return _json.encode(action).decode()


def decode_action(body: str) -> AnyAction:
    """The action of a line that `encode_action` wrote."""
    try:
        return _actions.decode(body)
    except msgspec.MsgspecError:
        raise StorageError(f"an action of the outbox cannot be read: {RESTORE}") from None


def encode_state(state: CommunityState) -> bytes:
    """The state as bytes. Equal states that were folded from equal entries give equal bytes."""
    state.compact()
    return _pack.encode(state)


def decode_state(body: bytes) -> CommunityState | None:
    """The state of bytes that `encode_state` wrote; None if they are anything else."""
    try:
        return _states.decode(body)
    except msgspec.MsgspecError:
        return None


def digest(body: bytes) -> bytes:
    """16 bytes by which damage to a snapshot is seen."""
    return blake2b(body, digest_size=16).digest()
