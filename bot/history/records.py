"""What a history is made of: records, the faults found on the way, and why reading failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from rules.message import Message, Role

KEPT_FAULTS = 20  # shown to a person; the others are counted


class What(StrEnum):
    """What a record tells of."""

    MESSAGE = "message"
    JOIN = "join"
    LEAVE = "leave"


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened in a chat. `number` is its line or place in the file, from 1.

    `ts` is the time as the file wrote it, `at` the same aware and in UTC. `label` is what somebody
    said it is (spam, abuse, ham; "" for nobody did). `is_redacted`: its text is gone for good.
    """

    number: int
    at: datetime
    ts: str
    group: str
    user: str
    name: str
    title: str = ""
    what: What = What.MESSAGE
    message: Message = Message()
    message_id: str = ""
    role: Role | None = None
    label: str = ""
    is_redacted: bool = False


class Fault(Struct, frozen=True, kw_only=True):
    """Something that is no record: `where` it stands and what is wrong, without its text."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Faults:
    """All faults counted, the first of them kept."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Fault] = []

    def add(self, where: str, reason: str) -> None:
        """Count a fault."""
        self.count += 1
        if len(self.first) < KEPT_FAULTS:
            self.first.append(Fault(where=where, reason=reason))


class HistoryError(Exception):
    """A history that cannot be read: one sentence that says what was found and what to do."""


class Reader(Protocol):
    """Reads one format. Records come in the order of the file."""

    faults: Faults
    notes: list[str]

    def records(self) -> Iterator[Record]:
        """Every record once; HistoryError if the file turns out to be broken."""
