"""Words that are too short to mean anything, and rules for which one word is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.check.subject import Subject
from rules.conditions.base import Condition
from rules.conditions.logic import AnyOf
from rules.conditions.words import Words, known_word
from rules.files.faults import quoted
from rules.files.lint import Finding
from rules.files.schema_types import Model
from rules.files.schema_when import WordsWhen

SHORT: Final = 4  # characters: what is longer is never folded to one


def findings(subject: Subject) -> Iterator[Finding]:
    """A warning at each word of one letter, a note at each rule that a single word sets off."""
    used = {name for rule in subject.says.rules for name in _named(rule.when)}
    used |= {name for sign in subject.says.signs.values() for name in _named(sign)}
    for name in used & subject.says.lists.keys():
        for n, word in enumerate(subject.says.lists[name]):
            if len(word) < SHORT and len(known_word(word).pattern) < 2:
                yield _too_short(("lists", name, n), word)
    for n, rule in subject.own():
        if (rule.then.strikes or rule.then.delete) and _is_enough(rule.when):
            message = "a single word is enough for this rule: words alone hit innocent people"
            hint = "ask for a second sign beside it, such as a link or a contact, under all:"
            yield Finding(("rules", n, "when"), message, hint, level="note")


def _too_short(loc: tuple[str | int, ...], word: str) -> Finding:
    message = f"{quoted(word)} is a single letter: it stands in nearly everything"
    return Finding(loc, message, "write the words that it stands in", level="warning")


def _named(value: object) -> Iterator[str]:
    """The lists that are searched for words, wherever in a condition."""
    match value:
        case WordsWhen():
            if value.list_ is not None:
                yield value.list_
        case Model():
            for name in value.model_fields_set:
                yield from _named(getattr(value, name))
        case tuple():
            for one in value:
                yield from _named(one)
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
