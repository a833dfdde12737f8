"""Names in the group's format: a reminder a week that names nobody, and nothing more."""

from __future__ import annotations

import pytest

from rules.actions import AnyAction
from rules.decision import Step
from rules.events import MemberRenamed
from tests.builders import at
from tests.scenes import GROUP, Scene

DAY = 86_400
RULES = """\
pack: p
mode: {mode}
nickname: {{ format: 名称-地区 }}
quiet: {{ between: ["02:00", "03:00"] }}
"""


def renamed(scene: Scene, name: str, *, seconds: float = 0, late: float = 0) -> list[AnyAction]:
    """What is done when somebody takes a name."""
    event = MemberRenamed(
        key=f"{name}-{seconds}",
        at=at(seconds),
        seen_at=at(seconds + late),
        group=GROUP,
        member="m1",
        name=name,
    )
    return list(scene.take(event).actions)


def lines(actions: list[AnyAction]) -> list[tuple[str, str]]:
    """What is said, by key, and with what format."""
    return [(act.line.key, act.line.values["format"]) for act in actions]  # type: ignore[union-attr]


def test_the_group_is_reminded_once_a_week() -> None:
    """Of the format, without a name; a name that is in it is nothing to talk about."""
    scene = Scene(RULES.format(mode="enforce"))
    assert [] == renamed(scene, "小李-上海")
    assert [("nickname", "名称-地区")] == lines(renamed(scene, "小李", seconds=10))
    assert (Step.NOTICE, "") == (scene.decisions[-1].step, scene.decisions[-1].member)
    assert [] == renamed(scene, "小王", seconds=7 * DAY)
    assert 1 == len(renamed(scene, "小王", seconds=7 * DAY + 10))


def test_who_joins_is_looked_at_too() -> None:
    """The reminder is the group's, so it is said when a newcomer gives occasion."""
    scene = Scene(RULES.format(mode="ask"))
    scene.join("m9")
    assert 1 == len(scene.decisions[-1].actions)


@pytest.mark.parametrize("mode", ["off", "shadow"])
def test_a_file_on_trial_reminds_nobody(mode: str) -> None:
    """It only watches."""
    assert [] == renamed(Scene(RULES.format(mode=mode)), "小李")


def test_no_reminder_comes_late_or_at_night() -> None:
    """After a gap, or in quiet hours, nothing is said; the next occasion is as good."""
    scene = Scene(RULES.format(mode="enforce"))
    assert [] == renamed(scene, "小李", late=600)
    assert [] == renamed(scene, "小李", seconds=6.5 * 3600)
    assert 1 == len(renamed(scene, "小李", seconds=8 * 3600))
