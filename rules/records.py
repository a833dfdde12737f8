"""The part of the fold that keeps what each rule did in a group, and what operators command."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from rules.actions import Delete
from rules.decision import Decision, Mode, Step
from rules.events import AnyEvent, MessageEdited, MessagePosted, Release, Saved, Undo
from rules.recent import KEPT_FOR
from rules.state import GroupState, RuleHistory

NOTICES = 2000  # of one rule in one group that can be taken back: more is a day of a wild rule


def keep(group: GroupState, event: AnyEvent, decision: Decision) -> None:
    """Fold what a decision says of rules: hits, matches in trial, sentences, brakes."""
    at = event.at
    if decision.verdict.matches:
        _matched(group, decision)
    if decision.member and decision.acted:
        history = _of(group, decision.acted)
        history.hits = [hit for hit in history.hits if hit[0] > at - KEPT_FOR]
        history.hits.append((at, decision.member))
        if decision.step is Step.NOTICE:
            _noted(history, event, decision.member, _deleted(event, decision))
    for strike in decision.strikes:
        if strike.burst and (deleted := _deleted(event, decision)):
            _noted(_of(group, strike.rule), event, strike.member, deleted)
    for rule in decision.said:
        _spoke(_of(group, rule), decision.member, at)
    for rule in decision.braked:
        _of(group, rule).is_braked = True


def commanded(group: GroupState, command: Release | Undo | Saved) -> None:
    """Fold a command: a rule that is released begins its hour anew."""
    match command:
        case Release(rule=rule):
            history = _of(group, rule)
            history.is_braked, history.hits = False, []
        case Undo(rule=rule, since=since):
            history = _of(group, rule)
            history.notices = [one for one in history.notices if one[0] < since]
        case Saved(faults=0):
            group.refused.pop(command.file, None)
        case Saved():
            group.refused[command.file] = command
        case _:
            assert_never(command)


def rename(group: GroupState, former: str, rule: str) -> None:
    """What a rule did under its former id it did: it counts for its brakes and `at_most`."""
    old = group.history.pop(former, None)
    if old is None:
        return
    new = _of(group, rule)
    new.hits = sorted(old.hits + new.hits)
    new.said_at = sorted(old.said_at + new.said_at)
    new.noticed = old.noticed | new.noticed
    new.is_braked |= old.is_braked
    new.shadow += old.shadow
    new.acted += old.acted
    new.notices = sorted(old.notices + new.notices)
    for message, rules in group.judged.items():
        group.judged[message] = [rule if one == former else one for one in rules]


def _of(group: GroupState, rule: str) -> RuleHistory:
    return group.history.setdefault(rule, RuleHistory())


def _matched(group: GroupState, decision: Decision) -> None:
    for match in decision.verdict.matches:
        if match.counts:
            _of(group, match.rule).acted += 1
        elif match.mode is Mode.SHADOW and not match.exempt:
            _of(group, match.rule).shadow += 1


def _noted(history: RuleHistory, event: AnyEvent, member: str, deleted: str) -> None:
    history.notices.append((event.seen_at, member, deleted))
    if len(history.notices) > NOTICES:
        del history.notices[0]


def _spoke(history: RuleHistory, member: str, at: datetime) -> None:
    history.said_at = [*history.said_at[-31:], at]
    history.noticed[member] = at
    if len(history.noticed) > 512:
        del history.noticed[next(iter(history.noticed))]


def _deleted(event: AnyEvent, decision: Decision) -> str:
    """The key of the message that was deleted, "" if none was."""
    is_deleted = any(isinstance(one, Delete) for one in decision.actions)
    return event.key if is_deleted and isinstance(event, MessagePosted | MessageEdited) else ""
