"""What is written in one commit, and what the outbox gives back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from rules.actions import AnyAction
from rules.entries import Entry


class OutboxState(StrEnum):
    """Where a delivery stands: todo and attempting are open, the others are results."""

    TODO = "todo"
    ATTEMPTING = "attempting"
    DONE = "done"
    DEGRADED = "degraded"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DEAD = "dead"


OPEN = (OutboxState.TODO, OutboxState.ATTEMPTING)


class Update(Struct, frozen=True, kw_only=True):
    """A delivery's row changes its state. A change to attempting counts one attempt.

    `next_at`: not to be tried before. `note`: why, without message text.
    """

    key: str
    state: OutboxState
    at: datetime
    next_at: datetime | None = None
    note: str = ""


class Batch(Struct, frozen=True, kw_only=True):
    """Everything of one commit. A Delivered entry settles its own row: it needs no Update."""

    entries: tuple[Entry, ...] = ()
    updates: tuple[Update, ...] = ()


class Delivery(Struct, frozen=True, kw_only=True):
    """An action in the outbox. `seq`: the entry that decided it, `position`: its place there."""

    key: str
    seq: int
    position: int
    group: str
    action: AnyAction
    state: OutboxState
    attempts: int
    next_at: datetime | None
    updated_at: datetime
    note: str
