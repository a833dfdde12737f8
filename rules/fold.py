"""The fold: how each entry of the journal changes the state. The only code that writes state.

It reads no text: an event's footprint, kinds, names and times are all it may look at.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from rules import decision as d
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
    Tick,
    TopicDue,
    Unreadable,
)
from rules.footprint import Footprint
from rules.message import Author, Kind, Role
from rules.recent import KEPT_FOR, Recent
from rules.state import (
    CommunityState,
    GroupState,
    MemberState,
    Person,
    RuleHistory,
    Sanction,
    Standing,
)

RUN_OF_PICTURES = timedelta(seconds=15)  # first-hour.md 1.6: nine photos in 10 s are one message
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


def _event(  # noqa: C901 - one case per event
    state: CommunityState, group: GroupState, event: AnyEvent, footprint: Footprint | None
) -> None:
    match event:
        case MessagePosted():
            _posted(group, event, footprint)
        case MessageEdited():
            member(group, event.author, event.at).name = event.author.name
        case MemberJoined():
            _joined(group, event)
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
        case ButtonPressed() | MessageRecalled() | Unreadable():
            pass
        case _:
            assert_never(event)


def _posted(group: GroupState, event: MessagePosted, footprint: Footprint | None) -> None:
    one = member(group, event.author, event.at)
    one.name, one.role, one.present = event.author.name, event.author.role, True
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


def _joined(group: GroupState, event: MemberJoined) -> None:
    one = member(group, Author(id=event.member, name=event.name), event.at)
    one.name, one.joined_at, one.present = event.name, event.at, True
    group.joiners.append((event.member, event.name))


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
        _strike(state, group, strike)
    for sanction in decision.sanctions:
        _sanction(group, sanction)
    _deadlines(state, decision.opened, decision.closed)
    _history(group, event, decision)
    if isinstance(event, Tick) and event.deadline == "greeting":
        group.joiners = []
        group.welcomed_at = [*group.welcomed_at[-9:], event.at]


def _strike(state: CommunityState, group: GroupState, strike: d.Strike) -> None:
    person = state.persons.setdefault(strike.member, Person())
    standing = person.standings.setdefault(group.id, Standing())
    standing.level = strike.level_after
    standing.strikes = max(0, standing.strikes + strike.count)
    if strike.count >= 0 and not strike.burst:
        standing.since = max(
            standing.since, strike.breach_at
        )  # a follow-up that never came is late
        standing.burst_at = strike.breach_at


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


def _history(group: GroupState, event: AnyEvent, decision: d.Decision) -> None:
    at = event.at
    rule = decision.verdict.rule
    if isinstance(event, Tick) and decision.cases:
        rule = decision.cases[0].rule
    if decision.member and rule and decision.step is not d.Step.NONE:
        history = group.history.setdefault(rule, RuleHistory())
        history.hits = [hit for hit in history.hits if hit[0] > at - KEPT_FOR]
        history.hits.append((at, decision.member))
    for rule in decision.said:
        history = group.history.setdefault(rule, RuleHistory())
        history.said_at = [*history.said_at[-31:], at]
        history.noticed[decision.member] = at
        if len(history.noticed) > 512:
            del history.noticed[next(iter(history.noticed))]
    for rule in decision.braked:
        group.history.setdefault(rule, RuleHistory()).braked_until = at + KEPT_FOR
