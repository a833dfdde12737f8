"""The admins' answers to cards: act or let go, confirm a removal, and whether it was a mistake."""

from __future__ import annotations

import msgspec

from bot import redress
from rules import consequences
from rules.actions import Ask, Line, Remove
from rules.asking import ACT, ASK_FOR, CASE_EXPIRES, CONFIRM, LET_GO
from rules.consequences import MISTAKE
from rules.decision import Case, Deadline, Mode, Step, Strike
from rules.draft import Breach, Draft
from rules.events import ButtonPressed, Tick
from rules.message import Role

STANDS = "stands"
STAFF = (Role.OWNER, Role.ADMIN, Role.HELPER)
ANSWERS = {
    "asked": (ACT, LET_GO),
    "confirm": (CONFIRM, LET_GO),
    "contested": (MISTAKE, STANDS),
    "done": (MISTAKE,),
    "upheld": (MISTAKE,),
}
"""Which answers a case takes, by its status; any other answer changes nothing."""


def pressed(draft: Draft, event: ButtonPressed) -> None:
    """Carry out an admin's answer. A second answer, or one of somebody else's, does nothing."""
    case = draft.state.cases.get(event.case)
    if case is None or not _may_answer(draft, event, case):
        return
    case = msgspec.structs.replace(case, answer=event.choice)
    draft.closed.append(f"{CASE_EXPIRES}:{case.number}")
    if event.choice == ACT:
        _act(draft, case)
    elif event.choice == CONFIRM:
        _remove(draft, case)
    elif event.choice == MISTAKE:
        overturn(draft, case, "appeal_yes" if case.status == "contested" else "sorry")
    elif event.choice == STANDS:
        _stands(draft, case, event.presser.name)
    else:
        _let_go(draft, case)


def _may_answer(draft: Draft, event: ButtonPressed, case: Case) -> bool:
    """Whether this person may give this answer now: rules that only watch never act."""
    is_watching = draft.ruleset.mode.hardness < Mode.ASK.hardness
    if is_watching and event.choice in (ACT, CONFIRM):
        return False
    is_theirs = case.group == event.group and event.presser.role in STAFF
    return is_theirs and event.choice in ANSWERS.get(case.status, ())


def _act(draft: Draft, case: Case) -> None:
    consequences.enforce(draft, _breach(case), case=case)
    if not draft.cases:  # it fell into a burst: nothing was counted for it
        _became(draft, msgspec.structs.replace(case, strikes=0), "done")


def contest(draft: Draft, case: Case) -> None:
    """A member says it was a mistake: it does not count until somebody has looked."""
    if case.status in ("done", "confirm"):
        _undo(draft, case)
    _became(draft, case, "contested")
    due_at = draft.event.at + ASK_FOR
    line = Line(key="appeal_got", values={"name": case.name}, times={"due": due_at})
    _say(draft, case, line)
    card = Line(
        key="card_mistake",
        values={"case": str(case.number), "name": case.name, "title": case.title},
        times={"at": case.breach_at},
    )
    draft.actions.append(
        Ask(
            key=draft.key(),
            group=case.group,
            case=case.number,
            line=card,
            choices=(MISTAKE, STANDS),
        )
    )
    key = f"{CASE_EXPIRES}:{case.number}"
    draft.opened.append(
        Deadline(
            key=key,
            kind=CASE_EXPIRES,
            group=case.group,
            ref=str(case.number),
            at=due_at,
            due_at=due_at,
        )
    )


def expired(draft: Draft, tick: Tick) -> None:
    """Nobody answered in time: a question is let go, a contested case is cleared with a sorry."""
    case = draft.state.cases.get(int(tick.ref))
    if case is None or case.status not in ("asked", "confirm", "contested"):
        return
    if case.status == "contested":
        overturn(draft, case, "appeal_late")
    else:
        _let_go(draft, case)


def overturn(draft: Draft, case: Case, sentence: str) -> None:
    """Take everything of a case back, and say sorry where it was said."""
    if case.status != "contested":
        _undo(draft, case)
    _became(draft, case, "overturned")
    _say(draft, case, Line(key=sentence, values={"name": case.name}))


def _let_go(draft: Draft, case: Case) -> None:
    """Nothing comes of it: also what a removal was counted for is taken back."""
    if case.status == "confirm":
        _undo(draft, case)
    _became(draft, case, "let_go")


def _undo(draft: Draft, case: Case) -> None:
    """A burst is one breach: what fell into it goes with it."""
    burst = draft.ruleset.ladder.burst
    if case.strikes:
        redress.uncount(
            draft, case.member, lambda one: abs(one.breach_at - case.breach_at) <= burst
        )
    gone = msgspec.structs.replace(case, status="overturned")
    redress.relieve(draft, case.member, {case.number: gone}, draft.state.cases.values())


def _stands(draft: Draft, case: Case, admin: str) -> None:
    if case.strikes:
        draft.strikes.append(_counted(draft, case))
    _became(draft, case, "upheld")
    line = Line(key="appeal_no", values={"name": case.name, "admin": admin, "reason": case.title})
    _say(draft, case, line)


def _counted(draft: Draft, case: Case) -> Strike:
    standing = draft.state.standing(case.group, case.member)
    return Strike(
        member=case.member,
        rule=case.rule,
        count=case.strikes,
        breach_at=case.breach_at,
        level_before=standing.level,
        level_after=max(standing.level + case.strikes, case.start_level),
        start_level=case.start_level,
        aggravated=case.aggravated,
    )


def _remove(draft: Draft, case: Case) -> None:
    _became(draft, case, "done")
    draft.actions.append(
        Remove(key=draft.key(), group=case.group, member=case.member, name=case.name)
    )
    draft.amounts_to(Step.REMOVE, case.member)


def _became(draft: Draft, case: Case, status: str) -> None:
    draft.cases.append(msgspec.structs.replace(case, status=status))


def _say(draft: Draft, case: Case, line: Line) -> None:
    draft.say(line, to=case.member)


def _breach(case: Case) -> Breach:
    return Breach(
        rule=case.rule,
        title=case.title,
        member=case.member,
        name=case.name,
        message_id=case.message_id,
        evidence=case.evidence,
        strikes=case.strikes,
        breach_at=case.breach_at,
        deletes=case.deletes,
        say=case.say,
        start_level=case.start_level,
        aggravated=case.aggravated,
    )
