"""Killed at a hundred random moments under load: nothing lost, nothing twice."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

import pytest

from tests.crash.forks import Nursery, Order
from tests.crash.judge import judge, read
from tests.crash.script import script

HOMES, KILLS = 10, 10
MOMENTS = 90


@pytest.mark.parametrize("seed", range(HOMES))
def test_kills_at_random_moments_are_not_noticed(
    nursery: Nursery, home: Path, tmp_path: Path, seed: int
) -> None:
    """Ten kills, at any moment from a start on: each home ends as if there had been none."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    assert 0 == nursery.live(Order(home=str(tmp_path), seed=seed, moments=MOMENTS))
    calm = read(tmp_path)
    left = KILLS
    while left:  # on a fast machine a script may end before all of them
        place = home / str(left)
        place.mkdir()
        kills = _killed(nursery, place, seed, [chance.uniform(0.02, 0.25) for _ in range(left)])
        judge(read(place), calm, script(seed, MOMENTS), kills)
        left -= kills


def _killed(nursery: Nursery, home: Path, seed: int, lives: list[float]) -> int:
    """Kill lives after so many seconds each, and let one end; gives how many were killed."""
    for kills, lasts in enumerate(lives):
        order = Order(home=str(home), seed=seed, moments=MOMENTS, lasts=lasts)
        status = nursery.live(order)
        if status == 0:
            return kills
        assert -signal.SIGKILL == status
    assert 0 == nursery.live(Order(home=str(home), seed=seed, moments=MOMENTS))
    return len(lives)
