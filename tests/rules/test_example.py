"""The example of the documentation: it loads, it proves itself, and nothing in it is idle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.ruletests import run, untested, without
from rules.decision import Mode
from rules.files import Loaded, load
from rules.ruleset import Rule

EXAMPLE = Path(__file__).parents[2] / "examples" / "chuangfu.rules.yaml"
RULES = (
    "ad-needs-red-packet",
    "gambling",
    "flood",
    "copy-paste",
    "newcomer-no-links",
    "quiet-hours",
)


@pytest.fixture(scope="module")
def example() -> Loaded:
    """The example as it is loaded."""
    return load(EXAMPLE.read_bytes(), file=EXAMPLE.name)


def test_the_example_has_no_faults(example: Loaded) -> None:
    """It loads without a word, and is in force: it is a demonstration."""
    assert () == example.faults
    assert example.ruleset is not None
    assert (RULES, Mode.ENFORCE) == (
        tuple(rule.id for rule in example.ruleset.rules),
        example.ruleset.mode,
    )


def test_the_example_proves_itself(example: Loaded) -> None:
    """All its 13 timelines and its 9 examples of single messages pass."""
    results = run(example)
    assert [] == [result for result in results if not result.passed]
    assert (13, 22) == (len(example.tests), len(results))


@pytest.mark.parametrize("rule", RULES)
def test_without_any_rule_a_timeline_fails(example: Loaded, rule: str) -> None:
    """Each rule is held by a timeline, not only by its own examples."""
    assert example.ruleset is not None
    bare = replace(example.ruleset, rules=tuple(_bare(example)))
    timelines = replace(example, ruleset=bare)
    assert all(result.passed for result in run(timelines))
    assert not all(result.passed for result in run(timelines, without(bare, rule)))


def test_no_rule_of_the_example_is_untested(example: Loaded) -> None:
    """The mutation check finds nothing to say."""
    assert [] == untested(example)


def _bare(example: Loaded) -> list[Rule]:
    """The rules without their examples of single messages."""
    assert example.ruleset is not None
    return [replace(rule, match=(), passes=()) for rule in example.ruleset.rules]
