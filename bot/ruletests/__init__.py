"""The tests inside rule files: single messages that a rule must hit or leave alone, and timelines.

Pure: the same stages and the same fold as live.
"""

from __future__ import annotations

from bot.ruletests.outcomes import TestResult, results_of
from bot.ruletests.reached import Reached, watched
from bot.ruletests.suite import (
    Suite,
    results,
    run,
    some_results,
    suite_of,
    unspared,
    untested,
    without,
)

__all__ = [
    "Reached",
    "Suite",
    "TestResult",
    "results",
    "results_of",
    "run",
    "some_results",
    "suite_of",
    "unspared",
    "untested",
    "watched",
    "without",
]
