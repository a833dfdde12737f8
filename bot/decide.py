"""Decide one event: the stages in order, for messages, joins, cards, topics and deadlines.

A pure function; live run, restart, replay and rule tests all go through `decide` and `due_event`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from bot import announcements, cards, commands, greetings, nicknames, topics, undo
from rules import asking, duties, engine, sanctions
from rules.actions import Unmute
from rules.decision import Deadline
from rules.draft import Draft
from rules.entries import Decided, Switched
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
from rules.rulebook import Rulebook
from rules.state import CommunityState, GroupState


def decide(rulebook: Rulebook, state: CommunityState, event: AnyEvent) -> Decided:
    """What is done about one event, given all before it. Changes nothing."""
    group = state.group(event.group)
    if isinstance(event, GroupChanged):
        group = GroupState(id=event.group, title=event.title, platform=event.platform)
    draft = Draft(rulebook.governing(group), state, event)
    footprint = _stages(draft, event)
    return Decided(event=event, footprint=footprint, decision=draft.decision())


def switch(rulebook: Rulebook, state: CommunityState, at: datetime) -> Switched:
    """The entry by which a rulebook takes over: its topics are due and groups hear what is new."""
    opened: list[Deadline] = []
    for group in state.groups.values():
        ruleset = rulebook.governing(group)
        opened += topics.deadlines(ruleset, group.id, at)
        opened += announcements.deadlines(ruleset, group, state, at)
    new = {one.key for one in opened}
    closed = [
        key for key, one in state.deadlines.items() if one.kind == topics.TOPIC and key not in new
    ]
    return Switched(
        at=at,
        rules=rulebook.digest,
        opened=tuple(opened),
        closed=tuple(closed),
        renamed=tuple(_renamed(rulebook, state)),
    )


def _renamed(rulebook: Rulebook, state: CommunityState) -> Iterator[tuple[str, str, str]]:
    """The rules that groups remember by a former id."""
    for group in state.groups.values():
        for rule in rulebook.governing(group).rules:
            yield from (
                (group.id, former, rule.id) for former in rule.was if former in group.history
            )


def due_event(deadline: Deadline, seen_at: datetime) -> Tick | TopicDue:
    """The event by which a deadline that has passed is decided."""
    if deadline.kind == topics.TOPIC:
        return TopicDue(
            key=deadline.key,
            at=deadline.at,
            seen_at=seen_at,
            group=deadline.group,
            topic=deadline.ref,
        )
    return Tick(
        key=deadline.key,
        at=deadline.at,
        seen_at=seen_at,
        group=deadline.group,
        deadline=deadline.kind,
        ref=deadline.ref,
    )


def advance(
    rulebook: Rulebook, state: CommunityState, until: datetime, seen_at: datetime | None = None
) -> Iterator[Decided]:
    """Decide all that is due at `until`, in order. The caller folds each before asking for the
    next.

    `seen_at` is when it is really seen (a restart may be late); None: each at its own time.
    """
    while (deadline := state.next_deadline(until)) is not None:
        yield decide(rulebook, state, due_event(deadline, seen_at or deadline.due_at))


def _stages(draft: Draft, event: AnyEvent) -> Footprint | None:  # noqa: C901 - one case per event
    match event:
        case MessagePosted() | MessageEdited():
            view = engine.look(draft.ruleset, draft.state, event)
            engine.decide(draft, view)
            if isinstance(event, MessagePosted):
                commands.obey(draft, view)
            return view.footprint
        case MemberJoined() | MemberRenamed():
            _named(draft, event)
        case ButtonPressed():
            cards.pressed(draft, event)
        case TopicDue():
            topics.due(draft, event)
        case OperatorCommanded():
            undo.obey(draft, event)
        case GroupChanged():
            draft.opened += topics.deadlines(draft.ruleset, event.group, event.seen_at)
        case Tick():
            _tick(draft, event)
        case MessageRecalled():
            duties.taken_back(draft, event.message_id)
        case MemberLeft():
            duties.left(draft, event.member)
        case AdminsSeen() | Unreadable():
            pass
        case _:
            assert_never(event)
    return None


def _named(draft: Draft, event: MemberJoined | MemberRenamed) -> None:
    """Judge a name where a rule is on names, remind of the format, and welcome who joined."""
    if draft.ruleset.judges_names:
        engine.decide(draft, engine.look(draft.ruleset, draft.state, engine.named(event)))
    nicknames.remind(draft, event)
    if isinstance(event, MemberJoined):
        greetings.joined(draft, event)


def _tick(draft: Draft, tick: Tick) -> None:
    match tick.deadline:
        case duties.OBLIGATION:
            duties.due(draft, tick)
        case sanctions.MUTE_ENDS:
            draft.sanctions.append(sanctions.unmuted(tick.ref))
            draft.actions.append(Unmute(key=draft.key(), group=tick.group, member=tick.ref))
        case greetings.GREETING:
            greetings.welcome(draft, tick)
        case asking.CARD:
            asking.card_due(draft, tick)
        case asking.CASE_EXPIRES:
            cards.expired(draft, tick)
        case announcements.ANNOUNCE:
            announcements.due(draft, tick)
        case undo.SORRY:
            undo.sorry_due(draft, tick)
        case _:  # a deadline of a later version: it is closed, and nothing else happens
            pass
