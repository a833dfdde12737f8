"""Brakes: which limit one more act would break, and that a raid of newcomers breaks none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules import brakes
from rules.actions import Tell
from rules.decision import Step
from rules.ruleset import Limits, Roles
from rules.state import GroupState, MemberState, RuleHistory
from tests.builders import T0
from tests.scenes import Scene

CAME = T0 - timedelta(days=300)  # when the bot did
OFF = Limits(established_members=None)


def group(hits: list[tuple[float, str]], *, messages: int = 0, **members: int) -> GroupState:
    """A group in which a rule hit members so many minutes ago; members wrote so much."""
    seen = T0 - timedelta(days=1)
    known = {
        name: MemberState(name=name, messages=count, first_seen_at=seen)
        for name, count in members.items()
    }
    known["first"] = MemberState(name="first", first_seen_at=CAME)
    history = RuleHistory(hits=[(T0 - timedelta(minutes=ago), name) for ago, name in hits])
    minute = int(T0.timestamp()) // 60
    return GroupState(
        id="g", members=known, history={"r": history}, minutes={minute: messages, minute - 61: 999}
    )


def seen(messages: int, *, ago: float, joined_ago: float | None = None) -> MemberState:
    """A member who was first seen, and perhaps joined, so many hours ago."""
    joined_at = T0 - timedelta(hours=joined_ago) if joined_ago is not None else None
    first_seen_at = T0 - timedelta(hours=ago)
    return MemberState(
        name="a", messages=messages, first_seen_at=first_seen_at, joined_at=joined_at
    )


def hits(count: int, *names: str, ago: float = 1) -> list[tuple[float, str]]:
    """So many hits, of these members in turn."""
    return [(ago, names[n % len(names)]) for n in range(count)]


@pytest.mark.parametrize(
    ("limits", "found", "messages", "expected"),
    [
        pytest.param(Limits(), [], 0, "", id="nothing yet"),
        pytest.param(Limits(), hits(4, "a", "b", "c"), 0, "", id="never before five"),
        pytest.param(
            Limits(), hits(5, "a", "b", "c"), 0, "established_members", id="three regulars"
        ),
        pytest.param(Limits(), hits(9, "a", "b"), 0, "", id="two regulars"),
        pytest.param(OFF, hits(9, "a", "b", "c"), 0, "", id="switched off"),
        pytest.param(Limits(), hits(50, "x", "y", "z"), 0, "", id="a raid of unknown ones"),
        pytest.param(Limits(), hits(9, "a", "b", "c", ago=60), 0, "", id="an hour ago"),
        pytest.param(
            Limits(per_hour=6, established_members=None), hits(5, "a"), 0, "", id="the sixth"
        ),
        pytest.param(
            Limits(per_hour=6, established_members=None),
            hits(6, "a"),
            0,
            "enforcements_per_hour",
            id="the seventh",
        ),
        pytest.param(
            Limits(share_percent=5, established_members=None),
            hits(5, "a"),
            119,
            "share_of_messages",
            id="more than a share",
        ),
        pytest.param(
            Limits(share_percent=5, established_members=None), hits(5, "a"), 120, "", id="a share"
        ),
        pytest.param(
            Limits(share_percent=5, established_members=None),
            hits(5, "a"),
            99,
            "",
            id="too few messages to tell",
        ),
        pytest.param(
            Limits(same_member=6), hits(6, "a"), 0, "same_member", id="again the same member"
        ),
        pytest.param(Limits(same_member=7), hits(6, "a"), 0, "", id="as often as allowed"),
        pytest.param(Limits(same_member=6), hits(9, "b"), 0, "", id="somebody else"),
    ],
)
def test_limits(
    limits: Limits, found: list[tuple[float, str]], messages: int, expected: str
) -> None:
    """Only acts against regulars in the last hour count, and never fewer than six."""
    known = group(found, messages=messages, a=5, b=5, c=9, x=4, y=0)
    over = brakes.tripped(limits, Roles(), known, "r", "a", T0)
    assert expected == (over.limit if over else "")


def test_a_rule_without_history_has_no_brake() -> None:
    """What never acted cannot have acted too much."""
    group = GroupState(id="g")
    assert None is brakes.tripped(Limits(per_hour=1), Roles(), group, "r", "a", T0)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (None, False),
        (seen(4, ago=2), False),
        (seen(5, ago=2), True),
        (seen(5, ago=0.9), False),
        (seen(50, ago=9, joined_ago=23), False),
        (seen(50, ago=24, joined_ago=24), True),
    ],
)
def test_who_is_established(member: MemberState | None, expected: bool) -> None:
    """Known is who has talked before and is no newcomer."""
    assert expected is brakes.is_established(member, Roles(), T0)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (None, False),
        (seen(1, ago=300 * 24), True),
        (seen(9, ago=300 * 24 - 1), False),
        (seen(9, ago=300 * 24, joined_ago=300 * 24), False),
    ],
)
def test_who_was_there_before_the_bot(member: MemberState | None, expected: bool) -> None:
    """Whoever was seen in the bot's first hour, and did not join in it."""
    assert expected is brakes.was_there(member, CAME)


WILD = """\
pack: p
mode: enforce
ladder: { steps: [{ do: warn }], burst: 1s }
rules:
  - id: wild
    title: Wild
    when: { words: [hello] }
    then: { strikes: 1 }
  - id: waits
    title: Waits
    when: { words: [thing] }
    unless: { followed_by: { kind: red_packet, within: 1m } }
    then: { strikes: 1 }
"""


@pytest.mark.parametrize("word", ["hello", "thing"])
def test_a_rule_that_runs_wild_stops_by_itself(word: str) -> None:
    """After the third regular the rule only watches, and the admins are told once."""
    scene = Scene(WILD)
    for n in range(25):
        scene.say("fine", seconds=n, by=f"m{n % 5}")
    scene.decisions.clear()
    for n in range(8):
        scene.say(word, seconds=4000 + 100 * n, by=f"m{n % 5}")
    scene.wait(4900)
    assert [Step.WARN] * 5 == [one.step for one in scene.decisions if one.step is not Step.NONE]
    told = [act.line.key for one in scene.decisions for act in one.actions if isinstance(act, Tell)]
    assert ["tell_brake"] == told
    line = next(act.line for one in scene.decisions for act in one.actions if isinstance(act, Tell))
    assert {"acts": "6", "members": "5", "most": "3", "limit": "established_members"} == {
        key: line.values[key] for key in ("acts", "members", "most", "limit")
    }
    scene.say(word, seconds=9000, by="m1")
    scene.wait(9100)
    assert 5 == sum(one.step is Step.WARN for one in scene.decisions)


def test_a_raid_of_strangers_trips_no_brake() -> None:
    """Accounts that were first seen within the hour never stop a rule, however much they wrote."""
    scene = Scene(WILD)
    scene.say("fine", seconds=-86400, by="first")
    for n in range(50):
        scene.say("fine", seconds=n, by=f"m{n % 10}")
    scene.decisions.clear()
    for n in range(10):
        scene.say("hello", seconds=100 + n, by=f"m{n}")
    assert [Step.WARN] * 10 == [one.step for one in scene.decisions]


def test_a_raid_is_not_braked() -> None:
    """A hundred strangers are warned, every one."""
    scene = Scene(WILD)
    for n in range(100):
        scene.join(f"raid{n}", seconds=n)
        scene.say("hello", seconds=n, by=f"raid{n}")
    assert 100 == sum(one.step is Step.WARN for one in scene.decisions)


def test_a_rule_that_runs_wild_as_soon_as_the_bot_comes_stops_too() -> None:
    """In the bot's first hour everybody whose join was not seen is an old member."""
    scene = Scene(WILD)
    for n in range(40):
        scene.say("hello", seconds=10 * n, by=f"m{n}")
    acted = [one for one in scene.decisions if one.step is not Step.NONE]
    assert brakes.FEWEST_ACTS == len(acted)
