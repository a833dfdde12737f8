"""A standing from which strikes were taken back is that of a history without them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules import ladder, standings
from rules.decision import Counted, Strike
from rules.recount import recount
from rules.ruleset import Ladder
from rules.state import Standing
from tests.builders import at

LADDER = Ladder(decay=timedelta(seconds=100), burst=timedelta(seconds=5))
Breach = tuple[int, str, int]  # seconds since the one before, rule, strikes


def struck(breaches: list[tuple[int, str, int]]) -> tuple[Standing, list[Strike]]:
    """The standing of somebody who did all this, and how each was counted."""
    standing, strikes = Standing(), []
    for seconds, rule, count in breaches:
        made = ladder.strike(
            standing, LADDER, member="m", rule=rule, count=count, breach_at=at(seconds)
        )
        standings.count(standing, made, at(seconds))
        strikes.append(made)
    return standing, strikes


@given(
    st.lists(
        st.tuples(st.integers(0, 120), st.sampled_from(["ad", "swear"]), st.integers(1, 3)),
        max_size=12,
    )
)
def test_a_recount_is_a_history_without_the_rule(steps: list[Breach]) -> None:
    """Level, clean period and burst are as if the rule had never struck anybody."""
    seconds, breaches = 0, []
    for pause, rule, count in steps:
        seconds += pause
        breaches.append((seconds, rule, count))
    standing, _ = struck(breaches)
    without, strikes = struck([one for one in breaches if one[1] != "ad"])
    counted, again = recount("m", [one for one in standing.strikes if one.rule != "ad"], LADDER)
    standings.recount(standing, counted)
    assert (without, strikes) == (standing, again)


def test_what_fell_into_a_burst_counts_by_itself_once_the_burst_is_gone() -> None:
    """A breach that was spared because of a mistake is counted as if it had stood alone."""
    standing, strikes = struck([(0, "ad", 1), (3, "swear", 2)])
    assert [False, True] == [one.burst for one in strikes]
    counted, _ = recount("m", standing.strikes[1:], LADDER)
    assert (1, 2) == (standing.level, counted.level)


def test_a_strike_that_is_taken_back_is_forgotten_with_what_it_was() -> None:
    """Who protests has the strike no more; it comes back when an admin says that it stands."""
    standing, (first, _) = struck([(0, "ad", 1), (20, "swear", 1)])
    back = Strike(
        member="m", rule="ad", count=-1, breach_at=first.breach_at, level_before=2, level_after=1
    )
    standings.count(standing, back, at(30))
    assert ["swear"] == [one.rule for one in standing.strikes]
    stands = Strike(
        member="m", rule="ad", count=1, breach_at=first.breach_at, level_before=1, level_after=2
    )
    standings.count(standing, stands, at(40))
    assert Counted(rule="ad", at=at(40), breach_at=at(0), count=1) == standing.strikes[-1]
    assert at(20) == standing.since


def test_only_the_latest_strikes_are_kept() -> None:
    """Whoever is struck for ever does not fill the memory."""
    standing, _ = struck([(10 * n, "ad", 1) for n in range(150)])
    assert (100, at(1490)) == (len(standing.strikes), standing.strikes[-1].breach_at)
