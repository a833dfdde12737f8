"""Small values for tests: messages, events, groups and views, with everything else left plain.

Times are offsets in seconds from T0, a Monday at noon UTC (20:00 in Shanghai). Each event gets its
own key and message id from its place in time and its author, so that two equal calls are equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.conditions.base import View
from rules.conditions.matchers import MatcherBuilder, Matchers
from rules.entries import Decided
from rules.events import (
    AnyEvent,
    MessageEdited,
    MessagePosted,
    OperatorCommanded,
    Release,
    Spoken,
    Undo,
)
from rules.fold import apply
from rules.footprint import Footprint, footprint
from rules.links import find_links
from rules.message import Author, Kind, Link, Media, Message, Role
from rules.state import CommunityState
from rules.text import fold

T0 = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
EMPTY = MatcherBuilder().build()


def at(seconds: float) -> datetime:
    """The time so many seconds after T0."""
    return T0 + timedelta(seconds=seconds)


def message(text: str = "", *kinds: Kind, hidden: Iterable[str] = ()) -> Message:
    """A message with its links found, media of these kinds, and hidden links to these hosts."""
    links = tuple(Link(url=f"https://{host}/", host=host, hidden=True) for host in hidden)
    media = tuple(Media(kind=kind) for kind in kinds)
    return Message(text=text, links=find_links(text) + links, media=media)


def posted(
    said: str | Message,
    *,
    seconds: float = 0,
    by: str = "m1",
    role: Role = Role.MEMBER,
    group: str = "g1",
) -> MessagePosted:
    """Somebody says something: a text, or a message as `message` makes it."""
    return MessagePosted(
        key=f"t:{group}:{by}:{seconds}",
        at=at(seconds),
        seen_at=at(seconds),
        group=group,
        author=Author(id=by, name=by.upper(), role=role),
        message_id=f"{by}:{seconds}",
        message=said if isinstance(said, Message) else message(said),
    )


def edited(said: str, original: MessagePosted, *, seconds: float) -> MessageEdited:
    """The author of a message changes it."""
    return MessageEdited(
        key=f"{original.key}:edit:{seconds}",
        at=at(seconds),
        seen_at=at(seconds),
        group=original.group,
        author=original.author,
        message_id=original.message_id,
        edit=1,
        message=message(said),
    )


def print_of(event: Spoken) -> Footprint:
    """The footprint that the journal would hold of a message."""
    said = event.message
    return footprint(fold(said.text), kind=said.kind, hosts=[link.host for link in said.links])


def after(*events: AnyEvent) -> CommunityState:
    """The state once all these have happened, nothing having been decided about them."""
    state = CommunityState()
    for event in events:
        mark = print_of(event) if isinstance(event, Spoken) else None
        apply(state, Decided(event=event, footprint=mark))
    return state


def view(
    said: str | Message | Spoken,
    *,
    state: CommunityState | None = None,
    matchers: Matchers = EMPTY,
    classes: Iterable[str] = (),
) -> View:
    """What conditions may look at when this is said, after what `state` holds."""
    event = said if isinstance(said, Spoken) else posted(said)
    group = (state or CommunityState()).group(event.group)
    return View(
        event=event,
        folded=fold(event.message.text),
        footprint=print_of(event),
        group=group,
        member=group.members.get(event.author.id),
        classes=frozenset(classes),
        timezone=SHANGHAI,
        matchers=matchers,
    )


def commanded(
    command: Release | Undo, *, seconds: float = 0, group: str = "g1"
) -> OperatorCommanded:
    """An operator wants something done in a group."""
    when = at(seconds)
    key = f"operator:{type(command).__name__}:{seconds}:{group}"
    return OperatorCommanded(key=key, at=when, seen_at=when, group=group, command=command)
