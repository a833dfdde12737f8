"""Killed at every step between an event's arrival and its receipt: nothing lost, nothing twice."""

from __future__ import annotations

import signal
from pathlib import Path

import msgspec
import pytest

from rules.actions import Tell
from rules.events import MessagePosted, OperatorCommanded, Tick
from tests.crash.forks import Nursery, Order
from tests.crash.judge import Record, judge, read
from tests.crash.points import NAMES
from tests.crash.script import script

SEED, MOMENTS = 13, 40


@pytest.fixture(scope="module")
def undisturbed(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on which the whole script ran in one life."""
    home = tmp_path_factory.mktemp("undisturbed")
    assert 0 == nursery.live(Order(home=str(home), seed=SEED, moments=MOMENTS)), log(home)
    return home


@pytest.fixture(scope="module")
def record(undisturbed: Path) -> Record:
    """What the undisturbed home says."""
    return read(undisturbed)


def log(home: Path) -> str:
    """What the lives on a home had to say."""
    return (home / "log").read_text(encoding="utf-8")[-2000:]


def test_the_script_holds_everything_that_can_go_wrong(record: Record) -> None:
    """The suite kills at more than 40 steps of a story with every kind of action in it."""
    judge(record, record, script(SEED, MOMENTS), kills=0)
    kinds = {type(one).__name__ for one in record.wanted}
    assert {"Ask", "Delete", "Mute", "Remove", "Say", "Tell", "Unmute"} <= kinds
    for name in ("strikes", "sanctions", "obligations", "settled", "cases", "opened", "closed"):
        assert any(getattr(one.decision, name) for one in record.decided), name
    ticks = {one.event.deadline for one in record.decided if isinstance(one.event, Tick)}
    assert {"obligation", "greeting", "mute_ends", "case"} <= ticks
    late = [one for one in record.decided if isinstance(one.event, Tick) and one.decision.strikes]
    met = [one for one in record.decided if one.decision.settled and one not in late]
    assert late
    assert any(isinstance(one.event, MessagePosted) for one in met)
    undone = [one for one in record.decided if isinstance(one.event, OperatorCommanded)]
    assert any(one.decision.recounts for one in undone)
    assert any(one.decision.braked for one in record.decided)
    assert "tell_released" in [one.line.key for one in record.wanted if isinstance(one, Tell)]
    assert 30 < len(record.wanted)
    assert 80 < len(NAMES)


@pytest.mark.parametrize("point", NAMES)
def test_a_kill_is_not_noticed(
    nursery: Nursery, undisturbed: Path, record: Record, home: Path, point: str
) -> None:
    """Killed there at its first and at a later time: the same decisions, state and effects."""
    passed = msgspec.json.decode((undisturbed / "hits").read_bytes())[point]
    kills = 0
    for nth in sorted({1, passed * 2 // 3 or 1}):
        life = Order(home=str(home), seed=SEED, moments=MOMENTS, fatal=point, nth=nth)
        status = nursery.live(life)
        assert status in (0, -signal.SIGKILL), log(home)
        kills += status != 0
    assert kills >= 1
    assert 0 == nursery.live(Order(home=str(home), seed=SEED, moments=MOMENTS)), log(home)
    judge(read(home), record, script(SEED, MOMENTS), kills)
