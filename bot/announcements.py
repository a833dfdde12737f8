"""Telling a group that its public clauses changed: once, by day, and only if its file says so."""

from __future__ import annotations

from datetime import datetime

from bot.commands import public_clauses
from bot.redress import day_after
from rules.actions import Line
from rules.consequences import TOO_LATE
from rules.decision import Deadline, Mode
from rules.draft import Draft
from rules.events import Tick
from rules.ruleset import Ruleset
from rules.state import CommunityState, GroupState

ANNOUNCE = "announce"
NAMED_AT_MOST = 3  # clauses in one sentence: the others are a word away


def deadlines(
    ruleset: Ruleset, group: GroupState, state: CommunityState, at: datetime
) -> list[Deadline]:
    """When the group hears of what its clauses say since `at`; nothing if it knows, or will."""
    is_known = group.clauses == _clauses(ruleset)
    waits = any((one.kind, one.group) == (ANNOUNCE, group.id) for one in state.deadlines.values())
    if not ruleset.announces or is_known or waits:
        return []
    return [_deadline(ruleset, group.id, at)]


def due(draft: Draft, tick: Tick) -> None:
    """Say what is new; what a group was never told anything of is only noted."""
    at = tick.seen_at
    if not draft.ruleset.announces:
        return
    if day_after(at, draft.ruleset) != at:  # seen late: the next morning
        draft.opened.append(_deadline(draft.ruleset, tick.group, at))
        return
    known, clauses = draft.group.clauses, _clauses(draft.ruleset)
    draft.clauses = clauses
    if known is None or draft.ruleset.mode.hardness < Mode.ASK.hardness:
        return
    new = [one for one in clauses if one not in known]
    gone = [one for one in known if one not in clauses]
    if new or gone:
        told = tuple((new or gone)[:NAMED_AT_MOST])
        line = Line(key=ANNOUNCE if new else "announce_gone", lists={"clauses": told})
        draft.say(line, expires_at=at + TOO_LATE)


def _clauses(ruleset: Ruleset) -> tuple[str, ...]:
    return tuple(clause for _, clause in public_clauses(ruleset))


def _deadline(ruleset: Ruleset, group: str, at: datetime) -> Deadline:
    due_at = day_after(at, ruleset)
    key = f"{ANNOUNCE}:{group}:{ruleset.digest}:{at.isoformat()}"
    return Deadline(key=key, kind=ANNOUNCE, group=group, ref=group, at=due_at, due_at=due_at)
