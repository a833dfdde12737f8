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
from rules.events import MessageEdited, MessagePosted, Spoken
from rules.footprint import footprint
from rules.message import Author
from rules.ruleset import Roles, Rule, Ruleset
from rules.state import CommunityState, MemberState, Standing
from rules.text import fold


def look(ruleset: Ruleset, state: CommunityState, event: Spoken) -> View:
    """What the conditions may look at, for one message."""
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
    roles: Roles, member: MemberState | None, standing: Standing, event: Spoken
) -> frozenset[str]:
    """What a member is to the rules: a newcomer's join was seen lately; trusted: long here, and
    clean.
    """
    if member is None:
        return frozenset()
    if member.joined_at is not None and event.at - member.joined_at < roles.newcomer_for:
        return frozenset({"newcomer"})
    since = member.joined_at or member.first_seen_at
    is_trusted = event.at - since >= roles.trusted_after and (
        standing.level == 0 or event.at - standing.since >= roles.clean_for
    )
    return frozenset({"trusted"}) if is_trusted else frozenset()


def decide(draft: Draft, view: View) -> None:
    """Ask all rules about one message and put into the draft what follows."""
    ruleset, event = draft.ruleset, view.event
    found = [
        (rule, match)
        for rule in ruleset.rules
        if _is_asked(ruleset, rule, view) and (match := _ask(draft, rule, view)) is not None
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


def _is_asked(ruleset: Ruleset, rule: Rule, view: View) -> bool:
    """Whether a rule is to be asked about a message, and could hold for it."""
    if rule.triggers is not None and rule.triggers.isdisjoint(view.triggers):
        return False
    if rule.audience != "everyone" and rule.audience not in view.classes:
        return False
    return rule.mode is not Mode.OFF and ruleset.mode is not Mode.OFF


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
    return RuleMatch(
        rule=rule.id,
        title=rule.title,
        mode=draft.mode(rule),
        strikes=rule.then.strikes,
        deletes=rule.then.delete,
        says=bool(rule.then.say),
        asks=rule.then.ask,
        matches=evidence,
        exempt=_exempt(draft.ruleset.roles, rule, view.event.author),
        waits=rule.unless is not None,
    )


def _exempt(roles: Roles, rule: Rule, author: Author) -> str:
    is_spared = author.role in roles.exempt and not rule.applies_to_staff
    return str(author.role) if is_spared else ""


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
    counting = sorted(
        (one for one in found if one[1].counts and not _is_settled(draft, view, one[0])),
        key=lambda one: _gravity(one[1]),
    )
    at_once = [one for one in counting if not one[1].waits]
    waiting = [one for one in counting if one[1].waits]
    is_struck = bool(at_once) and at_once[0][1].strikes > 0
    if at_once:
        deletes = any(match.deletes and match.mode is Mode.ENFORCE for _, match in at_once)
        _consequence(draft, view, *at_once[0], deletes=deletes)
    if waiting and not is_struck:
        rule, match = waiting[0]
        if rule.unless is not None:  # pragma: no branch - it waits, so it has one
            breach = _breach(view, rule, match, deletes=match.deletes)
            duties.open_duty(draft, rule, rule.unless, breach)


def _is_settled(draft: Draft, view: View, rule: Rule) -> bool:
    """Whether an edited message has had its consequence under a rule already: it counts once."""
    event = view.event
    if isinstance(event, MessagePosted):
        return False
    here = (event.group, event.message_id, rule.id)
    waits = [(one.group, one.message_id, one.rule) for one in draft.group.obligations.values()]
    cases = [(one.group, one.message_id, one.rule) for one in draft.state.cases.values()]
    return here in waits or here in cases


def _consequence(draft: Draft, view: View, rule: Rule, match: RuleMatch, *, deletes: bool) -> None:
    breach = _breach(view, rule, match, deletes=deletes)
    if rule.then.notify:
        consequences.tell(
            draft, Line(key="tell_match", values={"name": breach.name, "title": rule.title})
        )
    if consequences.is_braked(draft, breach):
        return
    if match.mode is Mode.ASK or rule.then.ask or view.event.is_backlog:
        if rule.then.strikes or rule.then.delete or rule.then.ask:
            consequences.ask(draft, breach)
    else:
        consequences.enforce(draft, breach)


def _breach(view: View, rule: Rule, match: RuleMatch, *, deletes: bool) -> Breach:
    words = [word for one in match.matches for word in one.values.get("words", "").split("、")]
    return Breach(
        rule=rule.id,
        title=rule.title,
        member=view.event.author.id,
        name=view.event.author.name,
        message_id=view.event.message_id,
        evidence=view.event.key,
        strikes=rule.then.strikes,
        breach_at=view.event.at,
        deletes=deletes,
        say=rule.then.say,
        words="、".join(dict.fromkeys(word for word in words if word)),
    )


def is_spoken(event: object) -> bool:
    """Whether an event is a message that the rules judge."""
    return isinstance(event, MessagePosted | MessageEdited)
