"""What operators command: a rule acts again, everything that a rule did is taken back; and what
they hear of rules that they saved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple, assert_never

import msgspec

from bot import redress
from rules import consequences, duties, ladder
from rules.actions import Line, Say
from rules.asking import CASE_EXPIRES
from rules.capability import Capability
from rules.decision import Case, Deadline, Step, Strike
from rules.draft import Draft
from rules.events import OperatorCommanded, Release, Saved, Tick, Undo
from rules.obligations import Obligation
from rules.ruleset import Rung

SORRY = "undo_sorry"
TAKEN_BACK = ("done", "upheld", "confirm", "contested")
NAMED_AT_MOST = 5  # people in one sentence: requirements.md S03
MANY, NAMED_OF_MANY = 25, 50  # more people: longer sentences rather than a hundred of them
QUOTED_AT_MOST = 10  # deleted messages on one card: a screen of a phone
CUT = ("confirm", True)  # the removal waits, but the message was deleted
Notice = tuple[datetime, str, str]


class _Done(NamedTuple):
    """What the rule did: cases, what it did without one, and what it waits for."""

    cases: list[Case]
    notices: list[Notice]
    owed: list[Obligation]


_GRAVITY = {step: rank for rank, step in enumerate(Step)}


def obey(draft: Draft, event: OperatorCommanded) -> None:
    """Do what an operator commands."""
    match event.command:
        case Release(rule=rule):
            history = draft.group.history.get(rule)
            if history is not None and history.is_braked:
                line = Line(key="tell_released", values={"title": _title(draft, rule)})
                consequences.tell(draft, line)
        case Undo():
            _undo(draft, event.command)
        case Saved():
            _saved(draft, event.command)
        case _:
            assert_never(event.command)


def _saved(draft: Draft, saved: Saved) -> None:
    """Tell the admins of a mistake in the rules, and when it is gone; of each only once."""
    told = draft.group.refused.get(saved.file)
    if saved == told or (told is None and not saved.faults):
        return
    if not saved.faults:
        consequences.tell(draft, Line(key="tell_mended", values={"file": saved.file}))
        return
    values = {"file": saved.place, "line": str(saved.line), "message": saved.message}
    key = "tell_refused"
    if saved.faults > 1:
        key, values["n"] = "tell_refused_many", str(saved.faults)
    consequences.tell(draft, Line(key=key, values=values))


def sorry_due(draft: Draft, tick: Tick) -> None:
    """It is morning: say sorry for what was taken back in the night."""
    _apologise(draft, tick.ref.split("\n"))


def _undo(draft: Draft, command: Undo) -> None:
    ids = _ids(draft, command.rule)
    cases = _by_member(draft)
    found = [
        case
        for case in chain.from_iterable(cases.values())
        if case.rule in ids and case.at >= command.since and case.status in (*TAKEN_BACK, "asked")
    ]
    gone = sorted(found, key=lambda one: one.number)
    changed = {case.number: _taken_back(case) for case in gone}
    owed = _forgiven(draft, ids, command.since)
    for member in _struck(draft, ids, command.since):
        again = redress.uncount(
            draft, member, lambda one: one.rule in ids and one.at >= command.since
        )
        softened = _softened(draft, cases.get(member, ()), again, changed)
        changed |= {case.number: case for case in softened}
    draft.cases += changed.values()
    draft.closed += [f"{CASE_EXPIRES}:{number}" for number in changed]
    for member in dict.fromkeys(case.member for case in changed.values()):
        redress.relieve(draft, member, changed, cases[member])
    done = _Done(gone, _notices(draft, ids, command.since), owed)
    _tell(draft, command, done)
    _make_up(draft, _wronged(done))


def _by_member(draft: Draft) -> dict[str, list[Case]]:
    """The group's cases by member: of all that there ever were, looked through once."""
    found: dict[str, list[Case]] = {}
    for case in draft.state.cases.values():
        if case.group == draft.group.id:
            found.setdefault(case.member, []).append(case)
    return found


def _forgiven(draft: Draft, ids: Collection[str], since: datetime) -> list[Obligation]:
    """Wait no more for what the rule is owed since; gives what that was."""
    owed = draft.group.obligations.values()
    found = [one for one in owed if one.rule in ids and one.breach_at >= since]
    for one in found:
        duties.settle(draft, one)
    return found


def _taken_back(case: Case) -> Case:
    """A question that nobody answered yet is let go; all else was a mistake of the rule."""
    status = "let_go" if case.status == "asked" else "overturned"
    return msgspec.structs.replace(case, status=status)


def _ids(draft: Draft, rule: str) -> frozenset[str]:
    """All ids that the rule has had."""
    found = draft.ruleset.rule(rule)
    return frozenset((rule, *found.was)) if found is not None else frozenset((rule,))


def _struck(draft: Draft, ids: Collection[str], since: datetime) -> list[str]:
    """The members of the group whom the rule has struck since, in the order of their ids."""
    return sorted(
        member
        for member, person in draft.state.persons.items()
        if (standing := person.standings.get(draft.group.id)) is not None
        and any(one.rule in ids and one.at >= since for one in standing.strikes)
    )


def _softened(
    draft: Draft, theirs: Iterable[Case], struck: Sequence[Strike], gone: Collection[int]
) -> Iterator[Case]:
    """Of a member's cases those of other rules that had reached a higher rung by the strikes that
    are gone.
    """
    due = {
        (one.rule, one.breach_at): ladder.rung_at(one.level_after, draft.ruleset.ladder)
        for one in struck
        if not one.burst and one.level_after > 0
    }
    for case in theirs:
        rung = due.get((case.rule, case.breach_at))
        if rung is None or case.number in gone or case.status not in TAKEN_BACK:
            continue
        until = case.at + rung.length if rung.length is not None else None
        if not _is_softer(case, rung, until):
            continue
        if (
            case.status == "confirm"
        ):  # its removal was not done yet, and nothing else takes its place
            yield msgspec.structs.replace(case, status="let_go")
        else:
            yield msgspec.structs.replace(case, step=rung.do, until=until)


def _is_softer(case: Case, rung: Rung, until: datetime | None) -> bool:
    if rung.do is not case.step:
        return _GRAVITY[rung.do] < _GRAVITY[case.step]
    return until is not None and case.until is not None and until < case.until


def _notices(draft: Draft, ids: Collection[str], since: datetime) -> list[Notice]:
    """What the rule did since without a case: see `RuleHistory.notices`."""
    histories = [draft.group.history[one] for one in sorted(ids) if one in draft.group.history]
    return [one for history in histories for one in history.notices if one[0] >= since]


def _tell(draft: Draft, command: Undo, done: _Done) -> None:
    """Tell the admins what was taken back, and what cannot be."""
    people = [
        *(case.member for case in done.cases),
        *(member for _, member, _ in done.notices),
        *(one.member for one in done.owed),
    ]
    if not people:
        return
    values = {
        "title": _title(draft, command.rule),
        "n": str(len(people)),
        "people": str(len(set(people))),
    }
    consequences.tell(draft, Line(key="tell_undone", values=values, times={"since": command.since}))
    _repost(draft, _deleted(draft, done))
    for case in done.cases:
        if case.step is Step.REMOVE and case.status in redress.STANDING:
            _tell_removed(draft, case)


def _deleted(draft: Draft, done: _Done) -> list[str]:
    """The events whose messages were deleted, where the platform lets the bot delete."""
    if Capability.DELETE not in draft.group.capabilities:
        return []
    cases = [one for one in done.cases if one.deletes and one.status != "asked"]
    by_case = [key for one in cases for key in (one.evidence, *one.further)]
    return [*by_case, *(key for _, _, key in done.notices if key)]


def _repost(draft: Draft, events: Sequence[str]) -> None:
    """Show the admins what was deleted: its authors may want it back."""
    keys = list(dict.fromkeys(events))
    for start in range(0, len(keys), QUOTED_AT_MOST):
        quotes = tuple(keys[start : start + QUOTED_AT_MOST])
        consequences.tell(draft, Line(key="tell_deleted", quotes=quotes))


def _tell_removed(draft: Draft, case: Case) -> None:
    """Say who is outside, and who could invite them: the bot cannot."""
    member = draft.group.members.get(case.member)
    if member is not None and member.present:
        return
    inviter = draft.group.members.get(member.inviter) if member is not None else None
    values = {"name": case.name, "inviter": inviter.name if inviter is not None else ""}
    key = "tell_removed_by" if inviter is not None else "tell_removed"
    consequences.tell(draft, Line(key=key, values=values))


def _make_up(draft: Draft, members: Sequence[str]) -> None:
    """Say sorry where it was said, by day: at night it waits till morning."""
    event = draft.event
    at = redress.day_after(event.seen_at, draft.ruleset)
    if at == event.seen_at:
        _apologise(draft, members)
    elif members:
        draft.opened.append(
            Deadline(
                key=f"{SORRY}:{event.key}",
                kind=SORRY,
                group=event.group,
                ref="\n".join(members),
                at=at,
                due_at=at,
            )
        )


def _apologise(draft: Draft, members: Sequence[str]) -> None:
    """Once per member, several in one sentence."""
    known = draft.group.members
    named = [(one, known[one].name) for one in members if one in known]
    at_most = NAMED_AT_MOST if len(named) <= MANY else NAMED_OF_MANY
    for start in range(0, len(named), at_most):
        some = named[start : start + at_most]
        names = tuple(name for _, name in some)
        line = Line(key=SORRY, lists={"names": names})
        to = some[0][0] if len(some) == 1 else None
        draft.actions.append(Say(key=draft.key(), group=draft.group.id, line=line, to=to))


def _wronged(done: _Done) -> list[str]:
    """Who has felt anything of it: not who was only asked about."""
    felt = [
        *(one.member for one in done.cases if _is_felt(one)),
        *(member for _, member, _ in done.notices),
        *(one.member for one in done.owed if one.reminded),
    ]
    return list(dict.fromkeys(felt))


def _is_felt(case: Case) -> bool:
    return case.status in (*redress.STANDING, "contested") or (case.status, case.deletes) == CUT


def _title(draft: Draft, rule: str) -> str:
    found = draft.ruleset.rule(rule)
    return found.title if found is not None else rule
