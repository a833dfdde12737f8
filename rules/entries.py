"""What the journal holds: one entry a line, in order. The state is the fold over them.

Writing them to a database is `bot.storage`; folding them is `rules.state`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from rules.decision import Deadline, Decision
from rules.events import AnyEvent, MessageEdited, MessagePosted, Unreadable
from rules.footprint import Footprint
from rules.message import Link, Mention, Message, Quote


class Result(StrEnum):
    """How a delivery ended: done; degraded (something else was done instead); refused; unknown;
    dead.

    `unknown` may have happened or not; `dead` was given up: too late, or tried too often.
    """

    DONE = "done"
    DEGRADED = "degraded"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DEAD = "dead"


class Decided(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """An event, what of its text may be remembered, and what was decided."""

    event: AnyEvent
    footprint: Footprint | None = None
    decision: Decision = Decision()


class Delivered(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """What came of one action: wanted and done are names of actions ("" = nothing was done)."""

    action: str
    group: str
    at: datetime
    result: Result
    wanted: str
    did: str = ""
    message_id: str = ""
    reason: str = ""


class Switched(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """From here on these rules decide. `opened` and `closed` are the topics' deadlines; `renamed`
    rules that have another id from here on: the group, the former id, the id.
    """

    at: datetime
    rules: str
    title: str = ""
    opened: tuple[Deadline, ...] = ()
    closed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()


Entry = Decided | Delivered | Switched


def bare(message: Message) -> Message:
    """The same message without anything its author wrote: kinds and counts stay."""
    return Message(
        links=tuple(Link(url="", host="", hidden=link.hidden) for link in message.links),
        mentions=tuple(Mention(name="", member=one.member) for one in message.mentions),
        media=tuple(msgspec.structs.replace(part, title="") for part in message.media),
        quote=message.quote
        and Quote(member=message.quote.member, message_id=message.quote.message_id),
    )


def redacted(entry: Entry) -> Entry:
    """The entry without message text. The fold over redacted entries gives the same state."""
    if not isinstance(entry, Decided):
        return entry
    event = entry.event
    if isinstance(event, MessagePosted | MessageEdited):
        event = msgspec.structs.replace(event, message=bare(event.message))
    elif isinstance(event, Unreadable):
        event = msgspec.structs.replace(event, raw="")
    return msgspec.structs.replace(entry, event=event)
