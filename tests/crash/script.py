"""What happens in the groups of the crash suite: moments of a few events each, from a seed.

All events of a moment carry its time. They may share a commit; the clock moves between moments
only, so that every run over the same script has to decide the same, however often it was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from msgspec import Struct

from adapters.simulator.room import TELEGRAM_LIKE
from rules.capability import Capability
from rules.events import (
    AdminsSeen,
    AnyEvent,
    ButtonPressed,
    GroupChanged,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessageEdited,
    MessagePosted,
    MessageRecalled,
    OperatorCommanded,
    Release,
    Undo,
    Unreadable,
)
from rules.message import Author, Kind, Media, Message, Role
from tests.builders import T0

SEES = Capability.SEE_RED_PACKETS  # so that an ad may wait for one
BLIND = "g3"  # where it cannot be seen, the admins are asked
GROUPS = ("g1", "g2", "g3")
MEMBERS = tuple(f"m{number}" for number in range(3))
BOSS = Author(id="boss", name="BOSS", role=Role.ADMIN)
SAID = (
    "早上好",
    "谁有空一起去公园",
    "找我代购",
    "加微信聊",
    "你个笨蛋",
    "笨蛋笨蛋",
    "真是笨蛋",
    "去赌场玩",
    "群规",
    "误会",
    "收到",
)
PAUSES = (1, 3, 20, 60, 200, 210, 1500)  # seconds; the long ones let deadlines, mutes run out


class Moment(Struct, frozen=True):
    """A time, and what is seen then."""

    at: datetime
    events: tuple[AnyEvent, ...]


def script(seed: int, moments: int) -> list[Moment]:
    """The same moments for the same seed. The first introduces the groups; then, before all that
    chance makes, a rule runs wild, is released, and undone.
    """
    chance = Random(seed)  # noqa: S311 - a script, not a secret
    made = [Moment(T0, tuple(_introduction())), *_wild()]
    when, number = made[-1].at, 0
    for _ in range(moments - len(made)):
        when += timedelta(seconds=chance.choice(PAUSES))
        events: list[AnyEvent] = []
        for _ in range(chance.randint(1, 6)):
            number += 1
            event = _event(chance, number, when)
            had = any(isinstance(one, OperatorCommanded) for one in events)
            if not (had and isinstance(event, OperatorCommanded)):
                events.append(event)  # of commands in one moment no order is promised
        made.append(Moment(when, tuple(events)))
    return made


def _introduction() -> list[AnyEvent]:
    events: list[AnyEvent] = []
    for group in GROUPS:
        common: dict[str, Any] = {"at": T0, "seen_at": T0, "group": group}
        able = tuple(sorted(TELEGRAM_LIKE | ({SEES} if group != BLIND else set())))
        changed = GroupChanged(
            key=f"{group}:is", title=group, platform="telegram", capabilities=able, **common
        )
        roles = {BOSS.id: Role.ADMIN}
        events += [changed, AdminsSeen(key=f"{group}:staff", roles=roles, **common)]
    return events


def _wild() -> Iterator[Moment]:
    """Old members swear until the rule stops itself, and once more when it is released."""
    since = T0 + timedelta(seconds=1)
    told: list[Release | Undo | str] = ["k0", "k1", "k2"] * 2
    told += [Release(rule="swears"), "k0", Undo(rule="swears", since=since)]
    for number, one in enumerate(told):
        when = since + timedelta(seconds=3 * number)
        common = {"key": f"w{number}", "at": when, "seen_at": when, "group": GROUPS[0]}
        if isinstance(one, str):
            said = Message(text="你个笨蛋")
            event: AnyEvent = MessagePosted(
                author=_author(one), message_id=f"w{number}", message=said, **common
            )
        else:
            event = OperatorCommanded(command=one, **common)
        yield Moment(when, (event,))


def _event(chance: Random, number: int, when: datetime) -> AnyEvent:
    member = chance.choice(MEMBERS)
    common = {
        "key": f"e{number}",
        "at": when,
        "seen_at": when,
        "group": chance.choice(GROUPS),
    }
    make = chance.choices(_KINDS, _WEIGHTS)[0]
    return make(chance, number, member, common)


Make = Callable[[Random, int, str, dict[str, Any]], AnyEvent]


def _author(member: str) -> Author:
    return Author(id=member, name=member.upper())


def _posted(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    said = Message(text=chance.choice(SAID))
    return MessagePosted(author=_author(member), message_id=f"n{number}", message=said, **common)


def _sent(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    kind = chance.choice((Kind.RED_PACKET, Kind.FILE, Kind.IMAGE))
    sent = Message(media=(Media(kind=kind),))
    return MessagePosted(author=_author(member), message_id=f"n{number}", message=sent, **common)


def _edited(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    return MessageEdited(
        author=_author(member),
        message_id=f"n{chance.randint(1, number)}",
        edit=1,
        message=Message(text=chance.choice(SAID)),
        **common,
    )


def _pressed(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    choice = chance.choice(("act", "let_go", "confirm", "mistake", "stands"))
    return ButtonPressed(presser=BOSS, case=chance.randint(1, 30), choice=choice, **common)


def _came(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    return MemberJoined(member=member, name=member.upper(), **common)


def _went(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    return MemberLeft(member=member, **common)


def _renamed(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    return MemberRenamed(member=member, name=f"{member}-{number}", **common)


def _recalled(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    return MessageRecalled(member=member, message_id=f"n{chance.randint(1, number)}", **common)


def _unreadable(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    return Unreadable(reason="unknown kind", raw="{}", **common)


def _commanded(chance: Random, number: int, member: str, common: dict[str, Any]) -> AnyEvent:
    rule = chance.choice(("ads", "swears", "casino"))
    since = common["at"] - timedelta(minutes=chance.choice((1, 10, 60)))
    command = chance.choice((Release(rule=rule), Undo(rule=rule, since=since)))
    return OperatorCommanded(command=command, **common)


_KINDS: tuple[Make, ...] = (
    _posted,
    _sent,
    _edited,
    _pressed,
    _came,
    _went,
    _renamed,
    _recalled,
    _unreadable,
    _commanded,
)
_WEIGHTS = (60, 8, 4, 12, 8, 2, 1, 1, 1, 1)
