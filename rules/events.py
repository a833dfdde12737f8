"""What happened: every event carries its own time and the key by which it is known once.

Adapters, timers and the web room make events; `bot.loop` stamps `seen_at` and takes them in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from rules.capability import Capability
from rules.message import Author, Message, Role

BACKLOG_AFTER = timedelta(minutes=5)  # design.md 1.6: older messages are never punished


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The part all events share.

    `key`: account and update id, unique for ever. `at`: the platform's time, UTC, at most
    `seen_at`.
    `seen_at`: when the loop took it in, UTC, never decreasing. `group`: our group id.
    """

    key: str
    at: datetime
    seen_at: datetime
    group: str

    @property
    def is_backlog(self) -> bool:
        """Whether it was seen so late that it may be asked about, but never punished."""
        return self.seen_at - self.at > BACKLOG_AFTER


class MessagePosted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody said something."""

    author: Author
    message_id: str
    message: Message


class MessageEdited(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody changed what they had said; `edit` counts from 1. It is judged again."""

    author: Author
    message_id: str
    edit: int
    message: Message


class MessageRecalled(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A message was taken back by its author."""

    member: str
    message_id: str


class MemberJoined(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody came in while the bot was watching: a newcomer from now on."""

    member: str
    name: str
    inviter: str | None = None


class MemberLeft(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody left or was removed."""

    member: str


class MemberRenamed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody's name in the group changed."""

    member: str
    name: str


class Named(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A name as the rules look at it: said by its owner, as a message. It is never journaled; the
    join (`is_join`) or the change of the name is.
    """

    author: Author
    message: Message
    message_id: str = ""
    is_join: bool = False


class AdminsSeen(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Who holds a role, complete: members who are not listed are plain members."""

    roles: dict[str, Role]


class GroupChanged(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A group's title, platform and what the bot is able to do and see there."""

    title: str
    platform: str
    capabilities: tuple[Capability, ...] = ()


class ButtonPressed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody answered a card about a case: by a button, or by a digit where there are none."""

    presser: Author
    case: int
    choice: str


class TopicDue(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The time of a scheduled topic has come; `at` is the planned time."""

    topic: str


class Tick(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A deadline has passed: `deadline` is its kind, `ref` what it is about, `key` the deadline's
    own.
    """

    deadline: str
    ref: str


class Release(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Let a rule that stopped itself act again."""

    rule: str


class Undo(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Take back everything that a rule did from `since` on."""

    rule: str
    since: datetime


class Saved(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A rule file was saved: with mistakes it is refused, and what was good stays in force.

    `faults` counts them, 0 once there is none any more; `place` (file), `line` and `message` are of
    the first.
    """

    file: str
    faults: int = 0
    place: str = ""
    line: int = 0
    message: str = ""


class OperatorCommanded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An operator wants something done in a group, from the command line of the bot's machine; or
    has saved the group's rules.
    """

    command: Release | Undo | Saved


class Unreadable(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Something arrived that could not be understood: kept and shown, never a crash."""

    reason: str
    raw: str = ""


AnyEvent = (
    MessagePosted
    | MessageEdited
    | MessageRecalled
    | MemberJoined
    | MemberLeft
    | MemberRenamed
    | AdminsSeen
    | GroupChanged
    | ButtonPressed
    | TopicDue
    | Tick
    | OperatorCommanded
    | Unreadable
)
Spoken = MessagePosted | MessageEdited
