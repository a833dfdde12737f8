"""Actions: what each needs, and what is tried where it is not possible."""

from __future__ import annotations

import typing

import pytest

from rules.actions import (
    NEEDS,
    REPEATABLE,
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
from tests.builders import T0

LINE = Line(key="x")


def test_a_ban_falls_back_to_a_removal_and_that_to_a_request() -> None:
    """Where nothing else helps the admins are asked by name; key, group and deadline are kept."""
    ban = Ban(key="k", group="g", expires_at=T0, member="m", name="M")
    remove = fallback(ban)
    assert Remove(key="k", group="g", expires_at=T0, member="m", name="M") == remove
    assert remove is not None
    line = Line(key="ask_owner_to_remove", values={"name": "M"})
    assert Tell(key="k", group="g", expires_at=T0, line=line) == fallback(remove)


@pytest.mark.parametrize(
    "action",
    [
        Say(key="k", group="g", line=LINE),
        Delete(key="k", group="g", message_id="1", member="m"),
        Mute(key="k", group="g", member="m", until=T0),
        Unmute(key="k", group="g", member="m"),
        Ask(key="k", group="g", case=1, line=LINE, choices=()),
        Tell(key="k", group="g", line=LINE),
    ],
)
def test_others_have_no_fallback(action: AnyAction) -> None:
    """What cannot be done is left, and the bot keeps the term itself."""
    assert fallback(action) is None


def test_every_action_says_what_it_needs() -> None:
    """No action is without a capability; nothing that speaks may be repeated."""
    kinds = set(typing.get_args(AnyAction))
    assert kinds == set(NEEDS)
    assert REPEATABLE <= kinds
    assert REPEATABLE.isdisjoint({Say, Ask, Tell})
