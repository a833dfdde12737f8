"""Tables for `who`: classes, roles, tenure and how much somebody has said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.conditions.values import as_written
from rules.conditions.who import Who
from rules.events import MemberJoined
from rules.message import Role
from tests.builders import after, at, posted, view

DAY = timedelta(days=1)
JOINED = MemberJoined(key="j", at=at(0), seen_at=at(0), group="g1", member="m1", name="M1")

CLASSES = [
    # is_a, classes, role, what is named (None: no match)
    (("newcomer",), ["newcomer"], Role.MEMBER, "newcomer"),
    (("newcomer",), [], Role.MEMBER, None),
    (("newcomer", "trusted"), ["trusted"], Role.MEMBER, "trusted"),
    (("trusted", "admin"), ["trusted"], Role.ADMIN, "trusted、admin"),
    (("member",), [], Role.MEMBER, "member"),
    (("helper", "owner"), [], Role.OWNER, "owner"),
    (("admin",), ["newcomer"], Role.MEMBER, None),
]


@pytest.mark.parametrize(("is_a", "classes", "role", "expected"), CLASSES)
def test_one_class_or_role_is_enough(
    is_a: tuple[str, ...], classes: list[str], role: Role, expected: str | None
) -> None:
    """Any of the named classes and roles holds, and those that do are named."""
    answer = Who(is_a=is_a).ask(view(posted("好", role=role), classes=classes))
    assert expected == (answer and answer[0].values["is_a"])


@pytest.mark.parametrize(("seconds", "expected"), [(0, True), (86_399, True), (86_400, False)])
def test_tenure_ends_on_the_second(seconds: float, expected: bool) -> None:
    """Exactly a day after the join is no longer less than a day."""
    asked = view(posted("好", seconds=seconds), state=after(JOINED))
    assert expected is (Who(joined_less_than=DAY).ask(asked) is not None)


def test_who_was_there_before_the_bot_did_not_join() -> None:
    """Neither somebody never seen nor somebody first seen speaking is new."""
    condition = Who(joined_less_than=DAY)
    assert None is condition.ask(view("好"))
    assert None is condition.ask(view(posted("好", seconds=1), state=after(posted("早"))))


@pytest.mark.parametrize(("before", "expected"), [(0, True), (2, True), (3, False)])
def test_messages_before_this_one_are_counted(before: int, expected: bool) -> None:
    """The third message is still one of somebody who had said fewer than three."""
    state = after(*(posted("好", seconds=n) for n in range(before)))
    answer = Who(messages_fewer_than=3).ask(view(posted("好", seconds=9), state=state))
    assert expected is (answer is not None)


def test_all_that_is_asked_must_hold() -> None:
    """A newcomer by class who joined long ago is not both; the evidence has what was asked."""
    condition = Who(is_a=("member",), joined_less_than=DAY, messages_fewer_than=5)
    state = after(JOINED)
    answer = condition.ask(view(posted("好", seconds=60), state=state))
    assert answer is not None
    expected = {"is_a": "member", "joined_less_than": "1d", "messages_fewer_than": "5"}
    assert expected == answer[0].values
    assert None is condition.ask(view(posted("好", seconds=90_000), state=state))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(days=7), "7d"),
        (timedelta(hours=36), "36h"),
        (timedelta(minutes=90), "90m"),
        (timedelta(seconds=90), "90s"),
        (timedelta(0), "0s"),
    ],
)
def test_spans_are_written_as_in_rule_files(span: timedelta, expected: str) -> None:
    """A length of time reads as an operator would have typed it."""
    assert expected == as_written(span)
