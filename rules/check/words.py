"""Words that are too short to mean anything, and rules for which one word is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.check.subject import Subject
from rules.conditions.base import Condition
from rules.conditions.logic import AnyOf
from rules.conditions.words import Words, known_word
from rules.files.faults import quoted
from rules.files.lint import Finding, Loc
from rules.files.schema import RuleFile
from rules.files.schema_types import Model
from rules.files.schema_when import WordsWhen
from rules.phrases import phrase

SHORT: Final = 4  # characters: what is longer is never folded to one


def findings(subject: Subject) -> Iterator[Finding]:
    """A warning at each word of one letter, a note at each rule that a single word sets off."""
    for loc, word in _searched(subject.says):
        if len(word) < SHORT and len(known_word(word).pattern) < 2:
            yield _too_short(loc, word)
    for n, rule in subject.own():
        if (rule.then.strikes or rule.then.delete) and _is_enough(rule.when):
            message = phrase(
                "a single word is enough for this rule: words alone hit innocent people"
            )
            hint = phrase(
                "ask for a second sign beside it, such as a link or a contact, under all:"
            )
            yield Finding(("rules", n, "when"), message, hint, level="note")


def _too_short(loc: Loc, word: str) -> Finding:
    message = phrase("{word} is a single letter: it stands in nearly everything", word=quoted(word))
    return Finding(loc, message, phrase("write the words that it stands in"), level="warning")


def _searched(says: RuleFile) -> Iterator[tuple[Loc, str]]:
    """Every word that is looked for, and where it is written: in a list or in a condition."""
    found = [*_conditions(says.rules, ("rules",)), *_conditions(says.signs, ("signs",))]
    for name in dict.fromkeys(when.list_ for _, when in found if when.list_ is not None):
        yield from ((("lists", name, n), word) for n, word in enumerate(says.lists[name]))
    for loc, when in found:
        yield from (((*loc, "words", n), word) for n, word in enumerate(when.words or ()))


def _conditions(value: object, loc: Loc) -> Iterator[tuple[Loc, WordsWhen]]:
    """The conditions about words, wherever in a value."""
    match value:
        case WordsWhen():
            yield loc, value
        case Model():
            for name in value.model_fields_set:
                key = type(value).model_fields[name].alias or name
                yield from _conditions(getattr(value, name), (*loc, key))
        case tuple():
            for n, one in enumerate(value):
                yield from _conditions(one, (*loc, n))
        case dict():
            for name, one in value.items():
                yield from _conditions(one, (*loc, name))
        case _:
            return


def _is_enough(condition: Condition) -> bool:
    match condition:
        case Words():
            return condition.at_least == 1
        case AnyOf():
            return any(_is_enough(one) for one in condition.conditions)
        case _:
            return False
