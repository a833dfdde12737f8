"""Decide by the rules: every rule is asked, all matches are kept, the gravest wins, then file
order.

A pure function of ruleset, state and event. What else the bot does about an event (welcomes,
topics,
answers to cards) is `bot.decide`.
"""

from __future__ import annotations

from rules import consequences, duties
from rules.actions import Line
from rules.conditions.base import View
from rules.decision import Mode, RuleFault, RuleMatch, Verdict
from rules.draft import Breach, Draft
from rules.events import (
    MemberJoined,
    MemberRenamed,
    MessageEdited,
    MessagePosted,
    Named,
    Spoken,
)
from rules.footprint import footprint
from rules.links import find_links
from rules.message import Author, Message
from rules.ruleset import Roles, Rule, Ruleset
from rules.state import CommunityState, MemberState, Standing
from rules.text import fold
from rules.verdicts import match_of


def named(event: MemberJoined | MemberRenamed) -> Named:
    """The name that somebody has from now on, to be looked at as if they had said it."""
    return Named(
        key=event.key,
        at=event.at,
        seen_at=event.seen_at,
        group=event.group,
        author=Author(id=event.member, name=event.name),
        message=Message(text=event.name, links=find_links(event.name)),
        is_join=isinstance(event, MemberJoined),
    )


def look(ruleset: Ruleset, state: CommunityState, event: Spoken | Named) -> View:
    """What the conditions may look at, for one message, or one name."""
    group = state.group(event.group)
    member = group.members.get(event.author.id)
    folded = fold(event.message.text)
    hosts = [link.host for link in event.message.links]
    standing = state.standing(event.group, event.author.id)
    return View(
        event=event,
        folded=folded,
        footprint=footprint(folded, kind=event.message.kind, hosts=hosts),
        group=group,
        member=member,
        classes=classes(ruleset.roles, member, standing, event),
        timezone=ruleset.timezone,
        matchers=ruleset.matchers,
    )


def classes(
    roles: Roles, member: MemberState | None, standing: Standing, event: Spoken | Named
) -> frozenset[str]:
    """What a member is to the rules: a newcomer's join was seen lately, everybody else is known;
    trusted: long here, and clean.
    """
    if isinstance(event, Named) and event.is_join:
        return frozenset({"newcomer"})
    if member is None:
        return frozenset({"known"})
    if member.joined_at is not None and event.at - member.joined_at < roles.newcomer_for:
        return frozenset({"newcomer"})
    since = member.joined_at or member.first_seen_at
    is_trusted = event.at - since >= roles.trusted_after and (
        standing.level == 0 or event.at - standing.since >= roles.clean_for
    )
    return frozenset({"known", "trusted"}) if is_trusted else frozenset({"known"})


def decide(draft: Draft, view: View) -> None:
    """Ask all rules about one message and put into the draft what follows."""
    ruleset, event = draft.ruleset, view.event
    found = [
        (rule, match)
        for rule in _asked(ruleset, view)
        if (match := _ask(draft, rule, view)) is not None
    ]
    if isinstance(event, MessagePosted) and event.message.media and draft.group.obligations:
        duties.follow_ups(draft, event)
    if found:
        winner = min(found, key=lambda one: _gravity(one[1]))
        draft.verdict = Verdict(
            rule="" if winner[1].exempt else winner[0].id,
            matches=tuple(match for _, match in found),
        )
        _act(draft, view, found)
    if isinstance(event, MessageEdited) and draft.group.obligations:
        _forgive(draft, event, found)


def _forgive(draft: Draft, event: MessageEdited, found: list[tuple[Rule, RuleMatch]]) -> None:
    """An edit that takes the breach away takes away what is owed for it."""
    still = {match.rule for _, match in found if not match.exempt}
    owed = [
        one.rule for one in draft.group.obligations.values() if one.message_id == event.message_id
    ]
    if owed and not any(rule in still for rule in owed):
        duties.taken_back(draft, event.message_id)


def _asked(ruleset: Ruleset, view: View) -> list[Rule]:
    """The rules that could hold for a message: few of many can."""
    if not ruleset.rules or ruleset.mode is Mode.OFF:
        return []
    judged = "name" if isinstance(view.event, Named) else "message"
    return [
        rule
        for rule in ruleset.concerned(view.triggers)
        if judged in rule.on and (rule.audience == "everyone" or rule.audience in view.classes)
    ]


def _ask(draft: Draft, rule: Rule, view: View) -> RuleMatch | None:
    """The match if the rule applies. A rule that fails is journaled as a fault; the others
    count.
    """
    try:
        evidence = rule.when.ask(view)
        if evidence is None:
            return None
        if rule.exception is not None and rule.exception.ask(view) is not None:
            return None
    except Exception as error:  # noqa: BLE001 - one broken rule must not silence the others
        draft.faults.append(RuleFault(rule=rule.id, error=type(error).__name__))
        return None
    return match_of(draft, rule, view, evidence)


def _gravity(match: RuleMatch) -> tuple[bool, bool, int, bool, bool, bool]:
    """Sorts the gravest first; the sort is stable, so file order decides among equals."""
    return (
        bool(match.exempt),
        not match.counts,
        -match.strikes,
        not match.deletes,
        not match.asks,
        not match.says,
    )


def _act(draft: Draft, view: View, found: list[tuple[Rule, RuleMatch]]) -> None:
    """The gravest rule that may act does; one that asks adds its card if it is graver still."""
    counting = sorted(
        (one for one in found if one[1].counts and not _is_settled(draft, view, one[0])),
        key=lambda one: _gravity(one[1]),
    )
    acting = [one for one in counting if not one[1].waits and not _asks(view, one[1])]
    asking = [one for one in counting if not one[1].waits and _asks(view, one[1])]
    waiting = [one for one in counting if one[1].waits]
    if acting:
        deletes = any(match.deletes for _, match in acting)
        _enforce(draft, view, *acting[0], deletes=deletes)
    if asking and (not acting or asking[0][1].strikes > acting[0][1].strikes):
        _ask_admins(draft, view, *asking[0])
    if waiting and not draft.strikes:
        rule, match = waiting[0]
        if rule.unless is not None:  # pragma: no branch - it waits, so it has one
            breach = _breach(view, rule, match, deletes=match.deletes)
            duties.open_duty(draft, rule, rule.unless, breach)


def _asks(view: View, match: RuleMatch) -> bool:
    return match.mode is Mode.ASK or match.asks or view.event.is_backlog


def _is_settled(draft: Draft, view: View, rule: Rule) -> bool:
    """Whether an edited message has had its consequence under a rule already: it counts once."""
    event = view.event
    if not isinstance(event, MessageEdited):
        return False
    return rule.id in draft.group.judged.get(event.message_id, ())


def _enforce(draft: Draft, view: View, rule: Rule, match: RuleMatch, *, deletes: bool) -> None:
    breach = _breach(view, rule, match, deletes=deletes)
    if consequences.is_braked(draft, breach):
        return
    consequences.enforce(draft, breach)
    only_tells = not (rule.then.strikes or rule.then.delete or rule.then.say)
    if rule.then.notify and (only_tells or draft.acted == rule.id):
        values = {"name": breach.name, "title": rule.title}
        consequences.tell(draft, Line(key="tell_match", values=values))


def _ask_admins(draft: Draft, view: View, rule: Rule, match: RuleMatch) -> None:
    breach = _breach(view, rule, match, deletes=match.deletes)
    has_cost = match.strikes or match.deletes or match.asks
    if has_cost and not consequences.is_braked(draft, breach):
        consequences.ask(draft, breach)


def _breach(view: View, rule: Rule, match: RuleMatch, *, deletes: bool) -> Breach:
    words = [word for one in match.matches for word in one.values.get("words", "").split("、")]
    return Breach(
        rule=rule.id,
        title=rule.title,
        member=view.event.author.id,
        name=view.event.author.name,
        message_id=view.event.message_id,
        evidence=view.event.key,
        strikes=match.strikes,
        breach_at=view.event.at,
        deletes=deletes,
        say=rule.then.say,
        words="、".join(dict.fromkeys(word for word in words if word)),
        asks=match.asks,
        start_level=rule.then.start_level,
        aggravated=match.aggravated,
    )
