"""The group of a test: its days, and what happens in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.simulator.room import ALIKE
from rules.capability import Capability
from rules.events import GroupChanged, MemberJoined, MemberRenamed, MessagePosted
from rules.files.values import Moment
from rules.message import Author, Message

GROUP = "test"
FIRST_DAY = date(2026, 1, 5)  # a Monday


def capabilities(platform: str = "") -> tuple[Capability, ...]:
    """What the bot is able to do in the group: as on that platform, or everything."""
    return tuple(one for one in Capability if not platform or one in ALIKE[platform])


def instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """The time of a step or of what is expected, in UTC."""
    return local(FIRST_DAY + timedelta(days=moment.day - 1), moment.time, zone)


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time on the file's clock, in UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def founded(at: datetime, platform: str) -> GroupChanged:
    """The bot comes into the group."""
    return GroupChanged(
        key="group",
        at=at,
        seen_at=at,
        group=GROUP,
        title=GROUP,
        platform=platform,
        capabilities=capabilities(platform),
    )


def joined(key: str, at: datetime, name: str) -> MemberJoined:
    """A member comes in."""
    return MemberJoined(key=key, at=at, seen_at=at, group=GROUP, member=name, name=name)


def renamed(key: str, at: datetime, member: str, name: str) -> MemberRenamed:
    """A member takes a name in the group."""
    return MemberRenamed(key=key, at=at, seen_at=at, group=GROUP, member=member, name=name)


def posted(key: str, at: datetime, author: Author, message: Message) -> MessagePosted:
    """A member says something."""
    return MessagePosted(
        key=key, at=at, seen_at=at, group=GROUP, author=author, message_id=key, message=message
    )
