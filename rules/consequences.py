"""From a breach to what is done about it: strikes, the rung of the ladder, sentences, cards."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, takewhile

import msgspec

from rules import brakes, ladder, sanctions
from rules.actions import Delete, Line, Mute, Remove, Tell
from rules.asking import ASK_FOR, card
from rules.capability import Capability
from rules.decision import Case, Step
from rules.draft import Breach, Draft, sentence
from rules.ruleset import AtMost, Rung
from rules.state import RuleHistory

# first-hour.md 1.12: WeChat lets a message be recalled for 2:00
RECALL_WITHIN = timedelta(seconds=90)
SAME_NOTICE = timedelta(minutes=10)  # first-hour.md 1.16: one unasked line in ten minutes
TOO_LATE = timedelta(minutes=30)  # a sentence later than that answers nothing any more
MISTAKE = "mistake"


def enforce(draft: Draft, breach: Breach, *, case: Case | None = None) -> None:
    """Do what the breach costs: delete, count, and the step of the ladder that is reached."""
    if breach.deletes:
        _delete(draft, breach)
    if breach.strikes == 0:
        _notice(draft, breach)
        return
    standing = draft.state.standing(draft.group.id, breach.member)
    struck = ladder.strike(
        standing,
        draft.ruleset.ladder,
        member=breach.member,
        rule=breach.rule,
        count=breach.strikes,
        breach_at=breach.breach_at,
        start_level=breach.start_level,
    )
    if not struck.burst:
        struck = msgspec.structs.replace(struck, aggravated=breach.aggravated)
    draft.strikes.append(struck)
    if not struck.burst:
        counted = msgspec.structs.replace(breach, strikes=struck.count)
        _step(draft, counted, ladder.rung_at(struck.level_after, draft.ruleset.ladder), case)


def _delete(draft: Draft, breach: Breach) -> None:
    for message_id in (breach.message_id, *breach.also):
        draft.actions.append(
            Delete(
                key=draft.key(),
                group=draft.group.id,
                message_id=message_id,
                member=breach.member,
            )
        )


def is_braked(draft: Draft, breach: Breach) -> bool:
    """Whether the act would be one too many: then its rule rests, and the admins are told."""
    if not (breach.strikes or breach.deletes):
        return False
    limits, roles = draft.ruleset.limits, draft.ruleset.roles
    over = brakes.tripped(limits, roles, draft.group, breach.rule, breach.member, draft.event.at)
    if over is None:
        return False
    draft.braked.append(breach.rule)
    values = {"title": breach.title, "rule": breach.rule, "limit": over.limit}
    values |= {"acts": str(over.acts), "members": str(over.members), "most": over.most}
    tell(draft, Line(key="tell_brake", values=values))
    return True


def ask(draft: Draft, breach: Breach) -> None:
    """Ask the admins instead of acting; nothing is said in the group. A burst is one question."""
    if _is_asked(draft, breach):
        return
    case = _case(draft, breach, Step.ASK, "asked", None)
    card(draft, case, breach.words)
    draft.amounts_to(Step.ASK, breach.member, breach.rule)


def tell(draft: Draft, line: Line) -> None:
    """Tell the admins."""
    draft.actions.append(Tell(key=draft.key(), group=draft.group.id, line=line))


def may_say(history: RuleHistory | None, at_most: AtMost | None, draft: Draft, member: str) -> bool:
    """Whether a rule may speak again: not to the same member so soon, not more often than it
    says.
    """
    if history is None:
        return True
    at = draft.event.at
    noticed = history.noticed.get(member)
    if noticed is not None and at - noticed < SAME_NOTICE:
        return False
    if at_most is None:
        return True
    recent = sum(1 for said_at in history.said_at if at - said_at < at_most.within)
    return recent < at_most.times


def _is_asked(draft: Draft, breach: Breach) -> bool:
    """Whether the admins have the question before them, for the same member, rule and burst."""
    lately = chain(reversed(draft.cases), reversed(draft.state.cases.values()))
    for case in takewhile(lambda one: draft.event.seen_at - one.at <= ASK_FOR, lately):
        same = (case.group, case.member, case.rule) == (draft.group.id, breach.member, breach.rule)
        apart = abs(case.breach_at - breach.breach_at)
        if same and case.status == "asked" and apart <= draft.ruleset.ladder.burst:
            return True
    return False


def _notice(draft: Draft, breach: Breach) -> None:
    rule = draft.ruleset.rule(breach.rule)
    at_most = rule.at_most if rule else None
    history = draft.group.history.get(breach.rule)
    line = sentence(breach.say, "notice", **_names(breach))
    may = breach.say and may_say(history, at_most, draft, breach.member)
    if may and _say(draft, breach, line):
        draft.said.append(breach.rule)
        draft.amounts_to(Step.NOTICE, breach.member, breach.rule)
    elif breach.deletes:
        draft.amounts_to(Step.NOTICE, breach.member, breach.rule)


def _step(draft: Draft, breach: Breach, rung: Rung, case: Case | None) -> None:
    until = draft.event.seen_at + rung.length if rung.length is not None else None
    if rung.do is Step.REMOVE and rung.confirm:
        if _awaits_removal(draft, breach.member):
            return
        waiting = _case(draft, breach, Step.REMOVE, "confirm", case)
        card(draft, waiting, breach.words)
    else:
        done = _case(draft, breach, rung.do, "done", case, until=until)
        _carry_out(draft, breach, done)
    draft.amounts_to(rung.do, breach.member, breach.rule)


def _awaits_removal(draft: Draft, member: str) -> bool:
    """Whether a card about removing the member is open already: one is enough."""
    return any(
        (case.group, case.member, case.status) == (draft.group.id, member, "confirm")
        for case in draft.state.cases.values()
    )


def _carry_out(draft: Draft, breach: Breach, case: Case) -> None:
    if case.step is Step.WARN:
        _say(draft, breach, *_warning(draft, breach))
    elif case.step is Step.MUTE and case.until is not None:
        draft.actions.append(
            Mute(key=draft.key(), group=draft.group.id, member=case.member, until=case.until)
        )
        before = draft.group.sanctions.get(case.member)
        if before is not None:
            draft.closed.append(sanctions.mute_key(draft.group.id, before.case))
        begun, deadline = sanctions.muted(draft.group.id, case.member, case.until, case.number)
        draft.sanctions.append(begun)
        draft.opened.append(deadline)
        muted = Line(key="mute", values=_names(breach), times={"until": case.until})
        rests = msgspec.structs.replace(muted, key="rest")
        _say(draft, breach, muted, needs=Capability.MUTE, otherwise=rests)
    elif case.step is Step.REMOVE:  # pragma: no branch - a rung has no other step
        draft.actions.append(
            Remove(key=draft.key(), group=draft.group.id, member=case.member, name=case.name)
        )


def _warning(draft: Draft, breach: Breach) -> tuple[Line, Capability | None, Line | None]:
    if breach.say:
        return sentence(breach.say, "warn", **_names(breach)), None, None
    if not breach.deletes:
        return Line(key="warn", values=_names(breach)), None, None
    in_time = draft.event.seen_at - breach.breach_at < RECALL_WITHIN
    other = Line(key="warn_recall" if in_time else "warn_late", values=_names(breach))
    return Line(key="warn_deleted", values=_names(breach)), Capability.DELETE, other


def _names(breach: Breach) -> dict[str, str]:
    return {"name": breach.name, "title": breach.title}


def _say(
    draft: Draft,
    breach: Breach,
    line: Line,
    needs: Capability | None = None,
    otherwise: Line | None = None,
) -> bool:
    return draft.say(
        line,
        to=breach.member,
        expires_at=draft.event.seen_at + TOO_LATE,
        needs=needs,
        otherwise=otherwise,
    )


def case_of(draft: Draft, breach: Breach, step: Step, status: str) -> Case:
    """The record of a breach under the next number; it is not kept yet."""
    return Case(
        number=draft.next_case(),
        group=draft.group.id,
        member=breach.member,
        name=breach.name,
        rule=breach.rule,
        title=breach.title,
        step=step,
        status=status,
        at=draft.event.seen_at,
        breach_at=breach.breach_at,
        strikes=breach.strikes,
        deletes=breach.deletes,
        message_id=breach.message_id,
        evidence=breach.evidence,
        further=breach.further,
        say=breach.say,
        start_level=breach.start_level,
        aggravated=breach.aggravated,
    )


def _case(
    draft: Draft, breach: Breach, step: Step, status: str, case: Case | None, **more: object
) -> Case:
    made = case_of(draft, breach, step, status)
    if case is not None:
        made = msgspec.structs.replace(made, number=case.number, answer=case.answer)
    made = msgspec.structs.replace(made, **more)
    draft.cases.append(made)
    return made
