"""Equal inputs give equal bytes: under any hash seed, under any Python, on any day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from bot.storage.codec import decode_entry
from rules.actions import AnyAction, Ban
from rules.entries import Decided
from rules.events import AnyEvent
from tests.golden.deciding import DIGEST, GOLDEN, digest

ROOT = Path(__file__).parents[2]
OTHER = ROOT / ".venv-other" / "bin" / "python"
LINES = GOLDEN.read_text(encoding="utf-8").splitlines()


def redecided(python: str, seed: str) -> str:
    """The digest of what another process decides about the golden journal's events."""
    run = subprocess.run(  # noqa: S603 - our own module
        [python, "-m", "tests.golden.deciding"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    return run.stdout.strip()


def test_the_golden_journal_is_what_was_committed() -> None:
    """Nobody changed the journal without its digest."""
    assert DIGEST.read_text(encoding="utf-8").strip() == digest(LINES)


def test_the_golden_journal_holds_every_kind_of_event_and_action() -> None:
    """There is something to decide: each event, and each action that any rule can come to."""
    entries = [decode_entry(line) for line in LINES]
    decided = [one for one in entries if isinstance(one, Decided)]
    actions = {type(action) for one in decided for action in one.decision.actions}
    assert 300 <= len(decided)
    assert set(get_args(AnyEvent)) == {type(one.event) for one in decided}
    assert set(get_args(AnyAction)) - {Ban} == actions  # no rung of a ladder bans
    rules = {match.rule for one in decided for match in one.decision.verdict.matches}
    assert {"ads", "pay", "links", "night", "again", "files"} == rules


@pytest.mark.parametrize("seed", ["0", "1"])
def test_hash_seeds_do_not_matter(seed: str) -> None:
    """The order of sets and the hashes of strings have no part in a decision."""
    assert digest(LINES) == redecided(sys.executable, seed)


@pytest.mark.skipif(not OTHER.exists(), reason="needs another Python: make pytest looks for one")
@pytest.mark.parametrize("seed", ["0", "1"])
def test_another_python_decides_the_same(seed: str) -> None:
    """Tables of Unicode, dictionaries and numbers of another version change nothing."""
    other = subprocess.run(  # noqa: S603 - our own interpreter
        [OTHER, "-c", "import sys; print(sys.version_info[:2])"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert str(sys.version_info[:2]) != other.stdout.strip()
    assert digest(LINES) == redecided(str(OTHER), seed)
