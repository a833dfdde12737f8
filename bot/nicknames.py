"""Names that are not in the group's format: one gentle line a week that names nobody."""

from __future__ import annotations

from datetime import timedelta

from rules.actions import Line
from rules.conditions.names import is_in_format
from rules.decision import Mode, Step
from rules.draft import Draft
from rules.events import MemberJoined, MemberRenamed

REMINDED = "/nickname"
AGAIN_AFTER = timedelta(days=7)  # first-hour.md 3.3: one unnamed line at most a week


def remind(draft: Draft, event: MemberJoined | MemberRenamed) -> None:
    """Remind the group of its format when somebody has a name that is not in it."""
    nickname = draft.ruleset.nickname
    if nickname is None or is_in_format(event.name, nickname.format):
        return
    if event.is_backlog or draft.ruleset.mode.hardness < Mode.ASK.hardness:
        return
    history = draft.group.history.get(REMINDED)
    if history and history.said_at and event.at - history.said_at[-1] < AGAIN_AFTER:
        return
    line = Line(key="nickname", values={"format": nickname.format}, own=nickname.say)
    if draft.say(line):
        draft.said.append(REMINDED)
        draft.amounts_to(Step.NOTICE, "")
