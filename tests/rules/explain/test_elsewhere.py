"""The same decision on a platform that is able to do other things."""

from __future__ import annotations

import pytest

from rules.actions import AnyAction, Ban, Line, Say, Tell
from rules.capability import Capability
from rules.decision import Decision
from rules.explain import Reason, elsewhere
from tests.builders import at
from tests.rules.explain.values import ACTIONS, LINE, OTHER, TELEGRAM, WECHAT, duty

ELSEWHERE: list[tuple[AnyAction, frozenset[Capability], Reason]] = [
    (ACTIONS[0], TELEGRAM, Reason(key="else_do", terms={"action": ("action_delete",)})),
    (ACTIONS[0], WECHAT, Reason(key="else_cannot", terms={"action": ("action_delete",)})),
    (ACTIONS[3], TELEGRAM, Reason(key="else_mute", times={"until": at(60)})),
    (
        Ban(key="b", group="g1", member="m1", name="Ann"),
        WECHAT,
        Reason(
            key="else_do",
            terms={"action": ("action_tell",)},
            says=Line(key="ask_owner_to_remove", values={"name": "Ann"}),
        ),
    ),
    (
        Say(key="s", group="g1", line=LINE, needs=Capability.DELETE, otherwise=OTHER),
        WECHAT,
        Reason(key="else_do", terms={"action": ("action_say",)}, says=OTHER),
    ),
    (
        Say(key="s", group="g1", line=LINE, needs=Capability.DELETE, otherwise=OTHER),
        TELEGRAM,
        Reason(key="else_do", terms={"action": ("action_say",)}, says=LINE),
    ),
    (
        Tell(key="t", group="g1", line=LINE),
        WECHAT,
        Reason(key="else_do", terms={"action": ("action_tell",)}, says=LINE),
    ),
]


@pytest.mark.parametrize(("action", "able", "reason"), ELSEWHERE)
def test_elsewhere(action: AnyAction, able: frozenset[Capability], reason: Reason) -> None:
    """On a platform with other capabilities, what is done is its fallback, in its own words."""
    assert (reason,) == elsewhere(Decision(actions=(action,)), able)


def test_elsewhere_blind() -> None:
    """Where red packets cannot be seen, nothing is waited for: the admins are asked."""
    decision = Decision(obligations=(duty(),), actions=ACTIONS)
    assert (Reason(key="else_blind"),) == elsewhere(decision, TELEGRAM)
    assert len(ACTIONS) == len(elsewhere(decision, WECHAT))
