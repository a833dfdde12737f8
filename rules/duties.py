"""Obligations at work: how a breach that may be forgiven is opened, met, found short, or falls
due.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from rules import consequences
from rules.actions import Line
from rules.capability import Capability
from rules.decision import Case, Deadline, Mode, Step
from rules.draft import Breach, Draft
from rules.events import MessagePosted, Tick
from rules.fold import PAID_BEFORE
from rules.message import Kind
from rules.obligations import GRACE, FollowUp, Obligation, answer
from rules.ruleset import Rule, Unless

OBLIGATION = "obligation"
LATE = timedelta(minutes=1)  # after a gap what was owed may have come unseen: ask, never punish


def open_duty(draft: Draft, rule: Rule, unless: Unless, breach: Breach) -> None:
    """Let the breach wait for what may follow; say so at once, once per member and rule."""
    paid = _paid_before(draft, unless.follow_up, breach)
    if paid == "met":
        return
    is_unsure = paid == "unverifiable" and unless.if_unverifiable != "act"
    if is_unsure or _is_blind(draft, unless.follow_up.kind):
        _unverifiable(draft, unless.if_unverifiable, breach, asks=breach.asks)
        return
    open_one = _open_one(draft, rule, breach)
    if open_one is not None:
        also = (*open_one.also, breach.message_id)
        further = (*open_one.further, breach.evidence)
        draft.obligations.append(msgspec.structs.replace(open_one, also=also, further=further))
        return
    reminded = _may_speak(draft, rule, breach) and _remind(draft, unless, breach)
    duty = _obligation(draft, rule, unless, breach)
    _open(draft, msgspec.structs.replace(duty, reminded=reminded))


def _obligation(draft: Draft, rule: Rule, unless: Unless, breach: Breach) -> Obligation:
    """What is owed, frozen. Time runs from when it was seen: nobody was told before."""
    return Obligation(
        key=f"{OBLIGATION}:{draft.event.key}:{rule.id}",
        rule=rule.id,
        title=rule.title,
        group=draft.group.id,
        member=breach.member,
        name=breach.name,
        message_id=breach.message_id,
        evidence=breach.evidence,
        breach_at=breach.breach_at,
        until=max(breach.breach_at, draft.event.seen_at) + unless.follow_up.within,
        follow_up=unless.follow_up,
        if_unverifiable=unless.if_unverifiable,
        strikes=breach.strikes,
        deletes=breach.deletes,
        asks=breach.asks or draft.event.is_backlog,
        say=breach.say,
        start_level=breach.start_level,
        aggravated=breach.aggravated,
    )


def _open(draft: Draft, obligation: Obligation) -> None:
    draft.obligations.append(obligation)
    draft.opened.append(
        Deadline(
            key=obligation.key,
            kind=OBLIGATION,
            group=draft.group.id,
            ref=obligation.key,
            at=obligation.until,
            due_at=obligation.until + GRACE,
        )
    )


def follow_ups(draft: Draft, event: MessagePosted) -> None:
    """Settle every open obligation that this message answers."""
    for obligation in draft.group.obligations.values():
        if obligation.follow_up.same_member and obligation.member != event.author.id:
            continue
        answers = [answer(obligation.follow_up, part) for part in event.message.media]
        if "met" in answers:
            settle(draft, obligation)
        elif "unverifiable" in answers and obligation.if_unverifiable != "act":
            settle(draft, obligation)
            policy, asks = obligation.if_unverifiable, obligation.asks
            _unverifiable(draft, policy, breach_of(obligation), asks=asks)


def due(draft: Draft, tick: Tick) -> None:
    """Nothing followed in time: what the breach costs is done, unless its rule is gone or off."""
    obligation = draft.group.obligations.get(tick.ref)
    if obligation is None:
        return
    draft.settled.append(obligation.key)
    is_late = tick.seen_at - tick.at > LATE
    _unforgiven(draft, breach_of(obligation), asks=obligation.asks or is_late)


def taken_back(draft: Draft, message_id: str) -> None:
    """The message that owes something is gone, or no longer a breach: nothing is owed for it."""
    for obligation in draft.group.obligations.values():
        if obligation.message_id == message_id:
            settle(draft, obligation)


def left(draft: Draft, member: str) -> None:
    """Who has gone owes nothing, and is not warned behind their back."""
    for obligation in draft.group.obligations.values():
        if obligation.member == member:
            settle(draft, obligation)


def protested(draft: Draft, member: str) -> Case | None:
    """A member's breach that still waits, as a case for the admins to look at: it waits no longer.

    None if nothing of the member waits. What waits under the same rule is settled with it.
    """
    mine = [one for one in draft.group.obligations.values() if one.member == member]
    if not mine:
        return None
    for one in mine:
        if one.rule == mine[0].rule:
            settle(draft, one)
    return consequences.case_of(draft, breach_of(mine[0]), Step.ASK, "asked")


def settle(draft: Draft, obligation: Obligation) -> None:
    """Wait for nothing more, and forgive the breach."""
    draft.settled.append(obligation.key)
    draft.closed.append(obligation.key)


def breach_of(obligation: Obligation) -> Breach:
    """The breach that an obligation has frozen."""
    return Breach(
        rule=obligation.rule,
        title=obligation.title,
        member=obligation.member,
        name=obligation.name,
        message_id=obligation.message_id,
        evidence=obligation.evidence,
        strikes=obligation.strikes,
        breach_at=obligation.breach_at,
        deletes=obligation.deletes,
        say=obligation.say,
        also=obligation.also,
        further=obligation.further,
        start_level=obligation.start_level,
        aggravated=obligation.aggravated,
    )


def _open_one(draft: Draft, rule: Rule, breach: Breach) -> Obligation | None:
    """What the member owes under the rule already: one waiting time is one breach."""
    for one in draft.group.obligations.values():
        if (one.rule, one.member) == (rule.id, breach.member):
            return one
    return None


def _paid_before(draft: Draft, follow_up: FollowUp, breach: Breach) -> str:
    """How the message itself, or a packet of the minute before it, answers: see `answer`."""
    since = breach.breach_at - PAID_BEFORE
    parts = [
        one.media
        for one in draft.group.packets
        if one.at >= since and (one.member == breach.member or not follow_up.same_member)
    ]
    if isinstance(draft.event, MessagePosted):
        parts += draft.event.message.media
    answers = [answer(follow_up, part) for part in parts]
    return next((one for one in ("met", "unverifiable") if one in answers), "")


def _is_blind(draft: Draft, kind: Kind) -> bool:
    able = draft.group.capabilities
    return kind is Kind.RED_PACKET and bool(able) and Capability.SEE_RED_PACKETS not in able


def _unverifiable(draft: Draft, policy: str, breach: Breach, *, asks: bool) -> None:
    if policy != "allow":
        _unforgiven(draft, breach, asks=asks or policy == "ask")


def _unforgiven(draft: Draft, breach: Breach, *, asks: bool) -> None:
    """Do what the breach costs, as far as its rule may go now; a rule that is gone does nothing."""
    mode = _mode(draft, breach.rule)
    if mode is Mode.ASK or (mode is Mode.ENFORCE and (asks or draft.event.is_backlog)):
        consequences.ask(draft, breach)
    elif mode is Mode.ENFORCE and not consequences.is_braked(draft, breach):
        consequences.enforce(draft, breach)


def _mode(draft: Draft, rule: str) -> Mode:
    found = draft.ruleset.rule(rule)
    return draft.mode(found) if found is not None else Mode.OFF


def _may_speak(draft: Draft, rule: Rule, breach: Breach) -> bool:
    """Whether a reminder may be said: not where the admins are asked, and not too late."""
    return draft.mode(rule) is Mode.ENFORCE and not breach.asks and not draft.event.is_backlog


def _remind(draft: Draft, unless: Unless, breach: Breach) -> bool:
    if not unless.say and unless.follow_up.kind is not Kind.RED_PACKET:
        return False
    line = Line(
        key="ad_packet",
        values={"name": breach.name, "title": breach.title},
        spans={"left": unless.follow_up.within},
        own=unless.say,
    )
    return draft.say(line, to=breach.member)
