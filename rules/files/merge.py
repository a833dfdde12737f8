"""Several rulesets to one, and rulesets taken as if every rule were in force."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import msgspec

from rules.conditions.base import Condition
from rules.conditions.likeness import Like
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.conditions.matchers import MatcherBuilder, Matchers
from rules.conditions.patterns import Regex
from rules.conditions.score import Score
from rules.conditions.words import Words
from rules.decision import Mode, softest
from rules.files.digest import digest_of_texts
from rules.ruleset import Rule, Ruleset, Searched


def merge(rulesets: Sequence[Ruleset]) -> Ruleset:
    """One ruleset with the rules of all, in order; everything else is of the first.

    A rule keeps the mode that its own file allowed it. ValueError if there is no ruleset, or if two
    have a rule of the same id: it names the rule and both files.
    """
    if not rulesets:
        raise ValueError("expected at least one ruleset to merge, found none")
    if len(rulesets) == 1:
        return rulesets[0]
    _check_ids(rulesets)
    searched = Searched()
    rules: list[Rule] = []
    for one in rulesets:
        rules += [_moved(rule, one.mode, searched) for rule in one.rules]
        searched = _joined(searched, one.searched)
    return dataclasses.replace(
        rulesets[0],
        rules=tuple(rules),
        searched=searched,
        matchers=matchers_of(searched),
        digest=digest_of_texts("merged", *(one.digest for one in rulesets)),
    )


def enforced(ruleset: Ruleset) -> Ruleset:
    """The ruleset with itself and every rule in force, except what is off."""
    rules = tuple(dataclasses.replace(rule, mode=_in_force(rule.mode)) for rule in ruleset.rules)
    mode = _in_force(ruleset.mode)
    if (mode, rules) == (ruleset.mode, ruleset.rules):
        return ruleset
    digest = digest_of_texts("enforced", ruleset.digest)
    return dataclasses.replace(ruleset, rules=rules, mode=mode, digest=digest)


def matchers_of(searched: Searched) -> Matchers:
    """The matchers in which every list and pattern has its number."""
    builder = MatcherBuilder()
    for words in searched.words:
        builder.add_words(words)
    for pattern, on in searched.patterns:
        builder.add_pattern(pattern, on)
    for templates in searched.templates:
        builder.add_templates(templates)
    return builder.build()


def _in_force(mode: Mode) -> Mode:
    return Mode.OFF if mode is Mode.OFF else Mode.ENFORCE


def _check_ids(rulesets: Sequence[Ruleset]) -> None:
    files: dict[str, str] = {}
    for ruleset in rulesets:
        for rule in ruleset.rules:
            if rule.id in files:
                raise ValueError(
                    f"the rule {rule.id} stands in both {files[rule.id]} and {rule.file}: "
                    "give one of them another id"
                )
        files |= {rule.id: rule.file for rule in ruleset.rules}


def _joined(one: Searched, other: Searched) -> Searched:
    return Searched(
        words=one.words + other.words,
        patterns=one.patterns + other.patterns,
        templates=one.templates + other.templates,
    )


def _moved(rule: Rule, mode: Mode, before: Searched) -> Rule:
    exception = rule.exception and _behind(rule.exception, before)
    return dataclasses.replace(
        rule,
        when=_behind(rule.when, before),
        exception=exception,
        mode=softest(rule.mode, mode),
    )


def _behind(  # noqa: PLR0911 - one case per family
    condition: Condition, before: Searched
) -> Condition:
    """The condition with its lists and patterns numbered behind those of other files."""
    match condition:
        case Words():
            return msgspec.structs.replace(condition, number=condition.number + len(before.words))
        case Regex():
            number = condition.number + len(before.patterns)
            return msgspec.structs.replace(condition, number=number)
        case Like():
            number = condition.number + len(before.templates)
            return msgspec.structs.replace(condition, number=number)
        case AnyOf() | AllOf():
            parts = tuple(_behind(one, before) for one in condition.conditions)
            return msgspec.structs.replace(condition, conditions=parts)
        case Score():
            signals = tuple(
                msgspec.structs.replace(one, when=_behind(one.when, before))
                for one in condition.signals
            )
            return msgspec.structs.replace(condition, signals=signals)
        case Not():
            return Not(condition=_behind(condition.condition, before))
        case _:
            return condition
