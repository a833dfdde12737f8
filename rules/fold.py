"""The fold: how each entry of the journal changes the state. The only code that writes state.

It reads no text: an event's footprint, kinds, names and times are all it may look at.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from rules import decision as d
from rules import records, standings
from rules.entries import Decided, Delivered, Entry, Switched
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
    Tick,
    TopicDue,
    Unreadable,
)
from rules.footprint import Footprint
from rules.message import Author, Kind, Media, Role
from rules.recent import Recent
from rules.state import (
    CommunityState,
    GroupState,
    MemberState,
    Packet,
    Sanction,
)

RUN_OF_PICTURES = timedelta(seconds=15)  # first-hour.md 1.6: nine photos in 10 s are one message
PAID_BEFORE = timedelta(seconds=60)  # first-hour.md 4: a packet so shortly before also satisfies
REGULAR_AFTER = 5  # messages that make somebody known to the group
REMEMBERED_FOR = timedelta(days=30)  # first-hour.md 4: back within that is no newcomer
JUDGED_AT_MOST = 500  # messages per group whose edits are recognised
RECENT_AT_MOST = 64  # messages of one member: more than any `rate` may count


def apply(state: CommunityState, entry: Entry) -> None:
    """Fold one entry into the state, in place."""
    state.entries += 1
    match entry:
        case Decided():
            group = state.groups.get(entry.event.group)
            if group is None:
                group = state.groups[entry.event.group] = GroupState(id=entry.event.group)
            state.seen_at = max(state.seen_at, entry.event.seen_at)
            _event(state, group, entry.event, entry.footprint)
            _decision(state, group, entry.event, entry.decision)
        case Switched():
            state.rules = entry.rules
            _deadlines(state, entry.opened, entry.closed)
            for where, former, rule in entry.renamed:
                if (known := state.groups.get(where)) is not None:
                    records.rename(known, former, rule)
        case Delivered():
            pass
        case _:
            assert_never(entry)


def member(group: GroupState, author: Author, at: datetime) -> MemberState:
    """The member's record, made on first sight."""
    found = group.members.get(author.id)
    if found is None:
        found = MemberState(name=author.name, role=author.role, first_seen_at=at)
        group.members[author.id] = found
    return found


def _event(  # noqa: C901, PLR0912 - one case per event
    state: CommunityState, group: GroupState, event: AnyEvent, footprint: Footprint | None
) -> None:
    match event:
        case MessagePosted():
            _posted(group, event, footprint)
        case MessageEdited():
            member(group, event.author, event.at).name = event.author.name
        case MemberJoined():
            _joined(state, group, event)
        case MemberLeft():
            if event.member in group.members:
                group.members[event.member].present = False
            group.joiners = [one for one in group.joiners if one[0] != event.member]
        case MemberRenamed():
            if event.member in group.members:
                group.members[event.member].name = event.name
        case AdminsSeen():
            _roles(group, event)
        case GroupChanged():
            group.title, group.platform = event.title, event.platform
            group.capabilities = event.capabilities
        case Tick() | TopicDue():
            state.close(event.key)
        case OperatorCommanded():
            records.commanded(group, event.command)
        case ButtonPressed() | MessageRecalled() | Unreadable():
            pass
        case _:
            assert_never(event)


def _posted(group: GroupState, event: MessagePosted, footprint: Footprint | None) -> None:
    one = member(group, event.author, event.at)
    one.name, one.present = event.author.name, True
    if event.author.role is not Role.MEMBER:  # who is no admin any more is said by AdminsSeen
        one.role = event.author.role
    kind = event.message.kind
    is_run = (
        kind in (Kind.IMAGE, Kind.VIDEO)
        and kind is one.last_kind
        and event.at - one.last_at <= RUN_OF_PICTURES
    )
    one.messages += 1
    one.last_kind, one.last_at = kind, event.at
    if not is_run:
        one.recent_at.append(event.at)
        if len(one.recent_at) > RECENT_AT_MOST:
            del one.recent_at[:-RECENT_AT_MOST]
    _packets(group, event)
    minute = int(event.at.timestamp()) // 60
    group.minutes[minute] = group.minutes.get(minute, 0) + 1
    if len(group.minutes) > 90:
        for old in [key for key in group.minutes if key < minute - 60]:
            del group.minutes[old]
    if footprint is not None:
        group.lately.add(
            Recent(
                at=event.at,
                member=event.author.id,
                message_id=event.message_id,
                footprint=footprint,
            )
        )


def _packets(group: GroupState, event: MessagePosted) -> None:
    """Remember the red packets of the last minute: they may pay for an ad that comes after."""
    for part in event.message.media:
        if part.kind in (Kind.RED_PACKET, Kind.TRANSFER):
            seen = Media(kind=part.kind, amount_cents=part.amount_cents, parts=part.parts)
            since = event.at - PAID_BEFORE
            group.packets = [one for one in group.packets if one.at >= since]
            group.packets.append(Packet(at=event.at, member=event.author.id, media=seen))


def _joined(state: CommunityState, group: GroupState, event: MemberJoined) -> None:
    """A regular who comes back soon, with nothing against them, is no newcomer again."""
    known = group.members.get(event.member)
    is_back = (
        known is not None
        and known.messages >= REGULAR_AFTER
        and event.at - known.last_at <= REMEMBERED_FOR
        and state.standing(group.id, event.member).level == 0
    )
    one = member(group, Author(id=event.member, name=event.name), event.at)
    one.name, one.present = event.name, True
    one.inviter = event.inviter or ""
    if not is_back:
        one.joined_at = event.at


def _roles(group: GroupState, event: AdminsSeen) -> None:
    for key, one in group.members.items():
        if one.role is not Role.BOT:
            one.role = event.roles.get(key, Role.MEMBER)
    for key, role in event.roles.items():
        if key not in group.members:
            group.members[key] = MemberState(name=key, role=role, first_seen_at=event.at)


def _decision(
    state: CommunityState, group: GroupState, event: AnyEvent, decision: d.Decision
) -> None:
    for obligation in decision.obligations:
        group.obligations[obligation.key] = obligation
    for key in decision.settled:
        group.obligations.pop(key, None)
    for case in decision.cases:
        state.cases[case.number] = case
    for strike in decision.strikes:
        standings.count(state.standing_of(group.id, strike.member), strike, event.seen_at)
    for recount in decision.recounts:
        standings.recount(state.standing_of(group.id, recount.member), recount)
    for sanction in decision.sanctions:
        _sanction(group, sanction)
    _deadlines(state, decision.opened, decision.closed)
    records.keep(group, event, decision)
    if decision.clauses is not None:
        group.clauses = decision.clauses
    _judged(group, event, decision)
    _greeting(group, event, decision)


def _judged(group: GroupState, event: AnyEvent, decision: d.Decision) -> None:
    """Remember which rules a message has had its consequence under: an edit counts once."""
    rules = [one.rule for one in decision.verdict.matches if one.counts]
    if not rules or not isinstance(event, MessagePosted | MessageEdited):
        return
    known = group.judged.pop(event.message_id, [])
    group.judged[event.message_id] = [*known, *(one for one in rules if one not in known)]
    if len(group.judged) > JUDGED_AT_MOST:
        del group.judged[next(iter(group.judged))]


def _greeting(group: GroupState, event: AnyEvent, decision: d.Decision) -> None:
    """Who joins while a welcome is open waits for it; after it nobody does."""
    for deadline in decision.opened:
        if deadline.kind == "greeting":
            group.greeting, group.joiners = deadline.key, []
    if isinstance(event, MemberJoined) and group.greeting:
        group.joiners.append((event.member, event.name))
    if isinstance(event, Tick) and event.key == group.greeting:
        group.greeting, group.joiners = "", []
        group.welcomed_at = [*group.welcomed_at[-9:], event.at]


def _sanction(group: GroupState, sanction: d.Sanctioned) -> None:
    if sanction.ended:
        group.sanctions.pop(sanction.member, None)
        return
    group.sanctions[sanction.member] = Sanction(
        kind=sanction.kind, until=sanction.until, case=sanction.case
    )


def _deadlines(
    state: CommunityState, opened: tuple[d.Deadline, ...], closed: tuple[str, ...]
) -> None:
    for key in closed:
        state.close(key)
    for deadline in opened:
        state.open(deadline)
