"""What stands around the conversation: the members, the header, and who may speak."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.simulator.room import ALIKE, Room
from bot.web.context import Context
from bot.web.show import Person, Shower
from rules.ladder import level_at
from rules.message import Author, Role
from rules.ruleset import Ruleset
from rules.state import GroupState

_ORDER = (Role.OWNER, Role.ADMIN, Role.HELPER, Role.MEMBER, Role.BOT)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody present. `level` on the ladder, `rests` until when in ms (0: may speak)."""

    id: str
    person: Person
    level: int
    is_new: bool
    is_staff: bool
    rests: int
    is_native: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The state of the room. `faults` are those of its rule files, one sentence each."""

    mode: str
    rules_title: str
    owner: str
    file: str
    faults: tuple[str, ...]
    likeness: str
    likenesses: tuple[str, ...]


def members(context: Context, shower: Shower) -> list[Member]:
    """Who is in the room, staff first, each in the order of arrival."""
    room = shower.room
    people = sorted(room.people.values(), key=lambda one: _ORDER.index(one.role))
    return [_member(one, context, shower) for one in people]


def header(context: Context, room: Room) -> Header:
    """Mode, file and faults of the rules that govern the room."""
    ruleset = context.ruleset(room.id)
    faults = [
        fault.render(name)
        for name, found in sorted(context.files.faults.items())
        for fault in found
        if fault.level == "error"
    ]
    return Header(
        mode=ruleset.mode.value,
        rules_title=ruleset.title or ruleset.name,
        owner=ruleset.owner,
        file=_file(ruleset),
        faults=tuple(faults),
        likeness=room.likeness,
        likenesses=tuple(sorted(ALIKE)),
    )


def _file(ruleset: Ruleset) -> str:
    return next((rule.file for rule in ruleset.rules if rule.file), "")


def _member(author: Author, context: Context, shower: Shower) -> Member:
    room, state = shower.room, shower.state
    group, ruleset, now = state.group(room.id), context.ruleset(room.id), shower.tongue.now
    known = group.members.get(author.id)
    joined_at = known.joined_at if known else None
    rests = _rests(group, room, author.id)
    return Member(
        id=author.id,
        person=shower.person(author),
        level=level_at(state.standing(room.id, author.id), now, ruleset.ladder.decay),
        is_new=joined_at is not None and now - joined_at < ruleset.roles.newcomer_for,
        is_staff=author.role is not Role.MEMBER,
        rests=rests if rests > int(now.timestamp() * 1000) else 0,
        is_native=author.id in room.muted,
        waits=any(one.member == author.id for one in group.obligations.values()),
    )


def _rests(group: GroupState, room: Room, member: str) -> int:
    sanction = group.sanctions.get(member)
    until = room.muted.get(member) or (sanction.until if sanction else None)
    return int(until.timestamp() * 1000) if until else 0
