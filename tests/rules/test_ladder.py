"""The ladder: how a level rises and falls, what a burst is, and which rung is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import ladder
from rules.decision import Step
from rules.ruleset import Ladder
from rules.state import NEVER, Standing
from tests.builders import T0

DAY = timedelta(days=1)
MONTH = 30 * DAY


@pytest.mark.parametrize(
    ("level", "later", "expected"),
    [
        (0, 100 * DAY, 0),
        (2, timedelta(0), 2),
        (2, -DAY, 2),
        (2, MONTH - timedelta(seconds=1), 2),
        (2, MONTH, 1),
        (2, 2 * MONTH - timedelta(seconds=1), 1),
        (2, 2 * MONTH, 0),
        (2, 50 * MONTH, 0),
    ],
)
def test_a_level_falls_one_per_clean_period(level: int, later: timedelta, expected: int) -> None:
    """Only whole periods count, and a level never falls below 0."""
    standing = Standing(level=level, since=T0)
    assert expected == ladder.level_at(standing, T0 + later, MONTH)


@pytest.mark.parametrize(
    ("seconds", "is_burst"), [(0, True), (60, True), (61, False), (-60, True), (-61, False)]
)
def test_a_burst_counts_once_in_either_order(seconds: int, is_burst: bool) -> None:
    """Breaches within the burst of the one that counted add nothing, whichever is seen first."""
    standing = Standing(level=1, since=T0, burst_at=T0)
    struck = ladder.strike(
        standing,
        Ladder(),
        member="m",
        rule="r",
        count=2,
        breach_at=T0 + timedelta(seconds=seconds),
    )
    expected = (0, 1, 1) if is_burst else (2, 1, 3)
    assert (is_burst, *expected) == (
        struck.burst,
        struck.count,
        struck.level_before,
        struck.level_after,
    )


def test_a_first_breach_is_no_burst() -> None:
    """Somebody who was never struck has no burst to fall into."""
    assert not ladder.in_burst(Standing(), T0, timedelta(seconds=60))
    assert NEVER == Standing().burst_at


@pytest.mark.parametrize(
    ("level", "step", "length"),
    [
        (1, Step.WARN, None),
        (2, Step.MUTE, DAY),
        (3, Step.MUTE, 7 * DAY),
        (4, Step.MUTE, 15 * DAY),
        (5, Step.REMOVE, None),
        (6, Step.REMOVE, None),
        (100, Step.REMOVE, None),
    ],
)
def test_each_level_has_its_rung(level: int, step: Step, length: timedelta | None) -> None:
    """Above the last rung the last one holds."""
    rung = ladder.rung_at(level, Ladder())
    assert (step, length) == (rung.do, rung.length)


@given(st.integers(0, 20), st.integers(0, 10**9), st.integers(0, 10**9))
def test_time_never_raises_a_level(level: int, sooner: int, later: int) -> None:
    """The longer clean, the lower: never the other way round."""
    standing = Standing(level=level, since=T0)
    first, then = sorted((sooner, later))
    assert ladder.level_at(standing, T0 + timedelta(seconds=then), MONTH) <= ladder.level_at(
        standing, T0 + timedelta(seconds=first), MONTH
    )
