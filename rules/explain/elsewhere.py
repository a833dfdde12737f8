"""What the same decision would have come to in a group where the bot is able to do other things."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from rules.actions import (
    NEEDS,
    AnyAction,
    Ask,
    Ban,
    Delete,
    Line,
    Mute,
    Remove,
    Say,
    Tell,
    Unmute,
    fallback,
)
from rules.capability import Capability
from rules.decision import Decision
from rules.explain.reason import Reason
from rules.message import Kind


def elsewhere(decision: Decision, able: Collection[Capability]) -> tuple[Reason, ...]:
    """What would have been done in a group where the bot has these capabilities."""
    waits_for_packet = any(one.follow_up.kind is Kind.RED_PACKET for one in decision.obligations)
    if waits_for_packet and Capability.SEE_RED_PACKETS not in able:
        return (Reason(key="else_blind"),)
    return tuple(_else(action, able) for action in decision.actions)


def _else(action: AnyAction, able: Collection[Capability]) -> Reason:
    step: AnyAction | None = action
    while step is not None and NEEDS[type(step)] not in able:
        step = fallback(step)
    if step is None:
        return Reason(key="else_cannot", terms={"action": (action_word(action),)})
    if isinstance(step, Mute):
        return Reason(key="else_mute", times={"until": step.until})
    return Reason(key="else_do", terms={"action": (action_word(step),)}, says=_line(step, able))


def _line(action: AnyAction, able: Collection[Capability]) -> Line | None:
    match action:
        case Say():
            is_able = action.needs is None or action.needs in able
            return action.line if is_able or action.otherwise is None else action.otherwise
        case Ask() | Tell():
            return action.line
        case Delete() | Mute() | Unmute() | Remove() | Ban():
            return None
        case _:
            assert_never(action)


def action_word(action: AnyAction) -> str:
    """The key of the word for an action."""
    return f"action_{type(action).__name__.lower()}"
