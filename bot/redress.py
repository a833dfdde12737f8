"""Taking back: strikes that no longer count, sanctions that end, and when to say sorry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta

from rules import sanctions
from rules.actions import Mute, Unmute
from rules.decision import Case, Counted, Step, Strike
from rules.draft import Draft
from rules.quiet import quiet_until
from rules.recount import recount
from rules.ruleset import Ruleset

STANDING = ("done", "upheld")
"""Statuses of a case whose sanction holds."""

NIGHT = (time(22, 30), time(8))  # first-hour.md 7.7: what the bot starts itself waits till morning


def uncount(draft: Draft, member: str, is_gone: Callable[[Counted], bool]) -> list[Strike]:
    """Take a member's strikes back as if they had never been; gives how the others count then.

    Empty if there were none to take back.
    """
    standing = draft.state.standing(draft.group.id, member)
    gone = [one for one in standing.strikes if is_gone(one)]
    if not gone:
        return []
    left = [one for one in standing.strikes if not is_gone(one)]
    counted, struck = recount(member, left, draft.ruleset.ladder)
    draft.recounts.append(counted)
    draft.strikes.append(
        Strike(
            member=member,
            rule=gone[-1].rule,
            count=-sum(one.count for one in gone),
            breach_at=gone[-1].breach_at,
            level_before=standing.level,
            level_after=counted.level,
        )
    )
    return struck


def relieve(draft: Draft, member: str, changed: Mapping[int, Case], theirs: Iterable[Case]) -> None:
    """End or shorten a mute that rests on a case that changed; what other cases ask for stays.

    `theirs`: at least all cases of the member in the group, as they were.
    """
    now = draft.event.seen_at
    sanction = draft.group.sanctions.get(member)
    if sanction is None or sanction.case not in changed:
        return
    draft.closed.append(sanctions.mute_key(draft.group.id, sanction.case))
    cases = [changed.get(case.number, case) for case in theirs]
    left = max(_in_force(cases, draft.group.id, member, now), default=None)
    if left is None:
        draft.sanctions.append(sanctions.unmuted(member))
        draft.actions.append(Unmute(key=draft.key(), group=draft.group.id, member=member))
        return
    until, case = left
    begun, deadline = sanctions.muted(draft.group.id, member, until, case)
    draft.sanctions.append(begun)
    draft.opened.append(deadline)
    draft.actions.append(Mute(key=draft.key(), group=draft.group.id, member=member, until=until))


def day_after(at: datetime, ruleset: Ruleset) -> datetime:
    """The time itself by day, else the end of the file's quiet hours, or of the night."""
    if ruleset.quiet is not None:
        return quiet_until(ruleset, at)
    local = at.astimezone(ruleset.timezone)
    begin, end = NIGHT
    if end <= local.time() < begin:
        return at
    morning = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return (morning + timedelta(days=local.time() >= begin)).astimezone(at.tzinfo)


def _in_force(
    cases: Iterable[Case], group: str, member: str, now: datetime
) -> Iterable[tuple[datetime, int]]:
    """The mutes that hold for a member: until when, and by which case."""
    for case in cases:
        is_theirs = (case.group, case.member) == (group, member) and case.status in STANDING
        if is_theirs and case.step is Step.MUTE and case.until is not None and case.until > now:
            yield case.until, case.number
