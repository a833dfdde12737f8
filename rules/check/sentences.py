"""Sentences of a rule that would repeat, before everybody, the words that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from rules.check.subject import Subject
from rules.conditions.base import Condition
from rules.conditions.logic import AllOf, AnyOf
from rules.conditions.words import Words
from rules.files.faults import quoted
from rules.files.lint import Finding
from rules.phrases import phrase
from rules.text import fold


def findings(subject: Subject) -> Iterator[Finding]:
    """A warning at each sentence that holds a word of its rule's own lists."""
    for n, rule in subject.rules():
        numbers = set(_lists(rule.when))
        said = {("then", "say"): rule.then.say, ("unless", "say"): ""}
        if rule.unless is not None:
            said["unless", "say"] = rule.unless.say
        for way, sentence in said.items():
            hits = subject.ruleset.matchers.words.find(fold(sentence))
            words = [hit.word for number in sorted(numbers & hits.keys()) for hit in hits[number]]
            if words:
                message = phrase(
                    "the sentence repeats {word}, which this rule is about", word=quoted(words[0])
                )
                hint = phrase("everybody reads it: say it without the word")
                yield Finding(("rules", n, *way), message, hint, level="warning")


def _lists(condition: Condition) -> Iterator[int]:
    """The numbers of the word lists that make a rule hold."""
    match condition:
        case Words():
            yield condition.number
        case AnyOf() | AllOf():
            for one in condition.conditions:
                yield from _lists(one)
        case _:
            return
