"""Rules that can never hold, or never win against another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple, TypeVar

from rules.check.implies import covers
from rules.check.subject import Numbered, Subject
from rules.conditions.base import Condition
from rules.conditions.clock import TimeOfDay
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.conditions.media import KindIs, Length
from rules.conditions.who import Who
from rules.conditions.words import Words
from rules.files.faults import quoted
from rules.files.lint import Finding
from rules.message import Kind
from rules.phrases import NOTHING, Noun, Phrase, either, phrase
from rules.ruleset import Rule, Ruleset

T = TypeVar("T", bound=Condition)

MINUTES: Final = range(24 * 60)
APART: Final = {"newcomer": {"trusted", "known"}, "trusted": {"newcomer"}, "known": {"newcomer"}}
"""Classes of members that nobody is in who is in the other."""


class _Together(NamedTuple):
    """Conditions that must all hold for a rule, and the rule."""

    rule: Rule
    ruleset: Ruleset
    parts: Sequence[Condition]

    def of(self, kind: type[T]) -> list[T]:
        """Those of a family."""
        return [one for one in self.parts if isinstance(one, kind)]


def findings(subject: Subject) -> Iterator[Finding]:
    """Warnings at the conditions, and at rules that another always wins against."""
    rules = list(subject.rules())
    for n, rule in rules:
        for reason in dict.fromkeys(_never(rule.when, rule, subject.ruleset)):
            yield _warning(
                ("rules", n, "when"), phrase("this can never hold: {reason}", reason=reason)
            )
        if rule.exception is not None and covers(rule.exception, rule.when):
            message = phrase("this can never hold: whatever it hits, its exception lets pass")
            yield _warning(("rules", n, "except"), message)
    lost = {one.loc: one for pair in combinations(rules, 2) for one in _lost(*pair)}
    yield from lost.values()


def _never(condition: Condition, rule: Rule, ruleset: Ruleset) -> Iterator[Phrase]:
    """Why the condition, or one that it is made of, cannot hold."""
    parts = _flat(condition)
    together = _Together(rule, ruleset, parts)
    for reason in _REASONS:
        yield from reason(together)
    for part in parts:
        if isinstance(part, AnyOf):
            for one in part.conditions:
                yield from _never(one, rule, ruleset)


def _flat(condition: Condition) -> list[Condition]:
    if isinstance(condition, AllOf):
        return [part for one in condition.conditions for part in _flat(one)]
    return [condition]


def _kinds(together: _Together) -> Iterator[Phrase]:
    kinds = [set(one.kinds) for one in together.of(KindIs)]
    for other in kinds:
        if {Kind.TEXT} in kinds and Kind.TEXT not in other:
            yield phrase("a message of the kind text is never {kinds}", kinds=_any(other))


def _any(words: Iterable[str]) -> Phrase:
    return either([Noun(word) for word in sorted(words)])


def _members(together: _Together) -> Iterator[Phrase]:
    wanted = [set(one.is_a) for one in together.of(Who) if one.is_a]
    if together.rule.audience != "everyone":
        wanted.insert(0, {together.rule.audience})
    for one, other in combinations(wanted, 2):
        if all(APART.get(a, set()) & {b} for a in one for b in other):
            yield phrase("nobody is both {one} and {other}", one=_any(one), other=_any(other))


def _staff(together: _Together) -> Iterator[Phrase]:
    spared = {str(role) for role in together.ruleset.roles.exempt}
    for one in together.of(Who):
        if one.is_a and set(one.is_a) <= spared and not together.rule.applies_to_staff:
            whom = either([Noun(word) for word in one.is_a])
            yield phrase("{whom} is never judged unless applies_to_staff is written", whom=whom)


def _lengths(together: _Together) -> Iterator[Phrase]:
    lengths = together.of(Length)
    least = max((one.at_least for one in lengths if one.at_least is not None), default=0)
    most = min((one.at_most for one in lengths if one.at_most is not None), default=least)
    if least > most:
        yield phrase(
            "no text has at least {least} and at most {most} characters", least=least, most=most
        )


def _counts(together: _Together) -> Iterator[Phrase]:
    for one in together.of(Words):
        words = set(together.ruleset.searched.words[one.number])
        if words and one.at_least > len(words):
            named = phrase("the list {name}", name=quoted(one.list))
            yield phrase(
                "it asks for {count} different words, and {list} has {there}",
                count=one.at_least,
                list=named if one.list else phrase("the list"),
                there=len(words),
            )


def _times(together: _Together) -> Iterator[Phrase]:
    for one, other in combinations(together.of(TimeOfDay), 2):
        if not _minutes(one) & _minutes(other):
            yield phrase("the two times of day have no minute in common")


def _minutes(time: TimeOfDay) -> set[int]:
    begins, ends = (one.hour * 60 + one.minute for one in time.between)
    if begins == ends:
        return set(MINUTES)
    return set(MINUTES[begins:ends] if begins < ends else [*MINUTES[begins:], *MINUTES[:ends]])


def _opposites(together: _Together) -> Iterator[Phrase]:
    for one in together.of(Not):
        if any(covers(one.condition, other) for other in together.parts if other is not one):
            yield phrase("what one part asks for, another excludes")


_REASONS: Final[tuple[Callable[[_Together], Iterator[Phrase]], ...]] = (
    _kinds,
    _members,
    _staff,
    _lengths,
    _counts,
    _times,
    _opposites,
)


def _lost(one: Numbered, other: Numbered) -> Iterator[Finding]:
    """Of two rules, the one of which the other takes every message."""
    for winner, loser in ((one, other), (other, one)):
        if _takes(winner, loser):
            message = phrase(
                "this rule never decides: {id} hits all that it hits and weighs as much",
                id=quoted(winner.rule.id),
            )
            hint = phrase("make one of them narrower, or weigh this one more")
            yield _warning(
                ("rules", loser.number),
                message,
                hint,
            )
            return


def _takes(winner: Numbered, loser: Numbered) -> bool:
    a, b = winner.rule, loser.rule
    weighs = (_weight(a), -winner.number) > (_weight(b), -loser.number)
    same = a.mode is b.mode and a.on == b.on and a.unless is None and b.unless is None
    wide = a.audience in {"everyone", b.audience} and a.exception in {None, b.exception}
    acts = a.then.delete >= b.then.delete and a.applies_to_staff >= b.applies_to_staff
    return weighs and same and wide and acts and covers(a.when, b.when)


def _weight(rule: Rule) -> tuple[int, bool, bool, bool]:
    then = rule.then
    return then.strikes, then.delete, then.ask, bool(then.say)


def _warning(loc: tuple[str | int, ...], message: Phrase, hint: Phrase = NOTHING) -> Finding:
    return Finding(loc, message, hint, level="warning")
