"""All tests of a rule file, run together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from bot.ruletests.examples import examples, left_alone, passing
from bot.ruletests.outcomes import TestResult
from bot.ruletests.timelines import timelines
from rules.decision import Mode
from rules.files import Loaded, enforced
from rules.files.schema import RuleFile
from rules.files.schema_tests import Timeline
from rules.ruleset import AppliesTo, Rule, Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The tests of one file: the examples of `rules`, and timelines.

    `says` and `ruleset` are the file's; `platform` is the one whose groups timelines are played in.
    """

    says: RuleFile
    ruleset: Ruleset
    rules: tuple[Rule, ...]
    timelines: tuple[Timeline, ...]
    platform: str = ""


def suite_of(loaded: Loaded, *, platform: str = "", only_own: bool = False) -> Suite:
    """The tests of a file; with `only_own` without the examples of rules that it extends.

    ValueError if the file has errors.
    """
    says, own = loaded.says, loaded.ruleset
    if says is None or own is None:
        raise ValueError(f"expected a rule file without errors, found {loaded.file} with some")
    rules = tuple(rule for rule in own.rules if not only_own or rule.file == loaded.file)
    return Suite(says=says, ruleset=own, rules=rules, timelines=loaded.tests, platform=platform)


def run(loaded: Loaded, ruleset: Ruleset | None = None, *, platform: str = "") -> list[TestResult]:
    """Run all tests of a file that has no errors, in the order of the file.

    `ruleset` is tested in place of the file's own: to see whether a change is noticed.
    """
    suite = suite_of(loaded, platform=platform)
    return list(results(suite, ruleset or suite.ruleset))


def results(suite: Suite, ruleset: Ruleset) -> Iterator[TestResult]:
    """What comes of the tests by a ruleset, examples first."""
    one = _tested(ruleset)
    for rule in suite.rules:
        yield from examples(rule, one)
    yield from left_alone(suite.says.pass_, one)
    for test in suite.timelines:
        yield from timelines(test, one, suite.platform)


def some_results(suite: Suite, ruleset: Ruleset, rules: Collection[str]) -> Iterator[TestResult]:
    """What comes of the tests by a ruleset that differs from the suite's in these rules.

    Of tests that cannot come out otherwise nothing is said; those that name a rule come first.
    """
    if not rules:
        return
    one = _tested(ruleset)
    for rule in suite.rules:
        if rule.id in rules:
            yield from examples(rule, one)
    for test in sorted(suite.timelines, key=lambda test: not _names(test, rules)):
        yield from timelines(test, one, suite.platform)


def _names(test: Timeline, rules: Collection[str]) -> bool:
    return any(one.rule in rules for one in test.expect)


def _tested(ruleset: Ruleset) -> Ruleset:
    """The ruleset as tests take it: for every group, and in force but for rules that are off."""
    return replace(enforced(replace(ruleset, mode=Mode.ENFORCE)), applies_to=AppliesTo())


def untested(loaded: Loaded) -> list[str]:
    """The rules that could be taken away without any test noticing."""
    own = loaded.ruleset
    if own is None:
        return []
    return [
        rule.id
        for rule in own.rules
        if all(result.passed for result in run(loaded, without(own, rule.id)))
    ]


def unspared(suite: Suite) -> Suite:
    """The suite with nobody spared for what an example says, and without tests that need it.

    So the others test what the rules themselves say.
    """
    if not any(rule.spares for rule in suite.ruleset.rules):
        return suite
    bare = replace(
        suite.ruleset, rules=tuple(replace(one, spares=()) for one in suite.ruleset.rules)
    )
    one = _tested(bare)
    return replace(
        suite,
        ruleset=bare,
        rules=tuple(replace(rule, passes=passing(rule, one), spares=()) for rule in suite.rules),
        timelines=tuple(
            test
            for test in suite.timelines
            if all(result.passed for result in timelines(test, one, suite.platform))
        ),
    )


def without(ruleset: Ruleset, rule: str) -> Ruleset:
    """The ruleset without one of its rules."""
    return replace(ruleset, rules=tuple(one for one in ruleset.rules if one.id != rule))
