"""What a room's conversation consists of: messages, what the bot said, cards to admins, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2s

from rules.actions import Line
from rules.entries import Decided, Delivered
from rules.explain import Reason
from rules.obligations import Obligation


def item_id(key: str) -> str:
    """The same short id for the same key in every process, fit for a page's element."""
    return "i" + blake2s(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


@dataclass(slots=True, kw_only=True)
class Item:
    """One thing in the conversation. `revision`: of the room when it last changed."""

    id: str
    at: datetime
    revision: int = 0


@dataclass(slots=True, kw_only=True)
class Posted(Item):
    """A member's message. `versions`: as sent, then each edit. `taken`: "", "bot" or "author".

    `later` is what was decided about it afterwards, `receipts` are by action, `waiting` by key.
    """

    versions: list[Decided]
    message_id: str
    taken: str = ""
    later: list[Decided] = field(default_factory=list)
    waiting: dict[str, Obligation] = field(default_factory=dict)
    receipts: dict[str, Delivered] = field(default_factory=dict)
    cases: set[int] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Said(Item):
    """What the bot said in the group. `about` is the id of the message concerned, or ""."""

    line: Line
    cause: Decided
    receipt: Delivered
    about: str


@dataclass(slots=True, kw_only=True)
class Card(Item):
    """What the bot told the admins; `case` is 0 where it asks for no answer."""

    line: Line
    cause: Decided
    receipt: Delivered
    case: int
    about: str


@dataclass(slots=True, kw_only=True)
class Note(Item):
    """Something that happened beside the talk. `member` is whom it concerns, "" for nobody."""

    reason: Reason
    member: str = ""
    about: str = ""


AnyItem = Posted | Said | Card | Note
