"""Conditions that have no sense where they stand: scores inside others, pace and kinds of names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.files.lint import Finding, Loc, list_of, map_of
from rules.phrases import Key, phrase

NOT_OF_NAMES: Final = ("kind", "rate", "repeat")


def misplaced(data: object) -> Iterator[Finding]:
    """A score that is not the whole condition or a part of `all`, and what is not in a name."""
    file = map_of(data)
    for name, when in map_of(file.get("signs")).items():
        yield from _scores(when, ("signs", name), may=False)
    for n, rule in enumerate(list_of(file.get("rules"))):
        inside = map_of(rule)
        yield from _scores(inside.get("when"), ("rules", n, "when"), may=True)
        yield from _scores(inside.get("except"), ("rules", n, "except"), may=False)
        on = inside.get("on")
        if on == "name" or "name" in list_of(on):
            for key in ("when", "except"):
                yield from _of_messages(inside.get(key), ("rules", n, key))


def _scores(when: object, loc: Loc, *, may: bool) -> Iterator[Finding]:
    score = map_of(when).get("score")
    if score is not None and not may:
        message = phrase("a score cannot be a part of something else than all")
        yield Finding((*loc, "score"), message, phrase("make it a rule of its own"), at_key=True)
    for key, part, where in _parts(when, loc):
        yield from _scores(part, where, may=may and key == "all")


def _of_messages(when: object, loc: Loc) -> Iterator[Finding]:
    for key in NOT_OF_NAMES:
        if key in map_of(when):
            message = phrase("a name has no {key}", key=Key(key))
            yield Finding(
                (*loc, key), message, phrase("leave on: name out, or the condition"), at_key=True
            )
    for _, part, where in _parts(when, loc):
        yield from _of_messages(part, where)


def _parts(when: object, loc: Loc) -> Iterator[tuple[str, object, Loc]]:
    """The conditions within a condition: the key they stand under, themselves, their places."""
    inside = map_of(when)
    for key in ("any", "all"):
        for n, part in enumerate(list_of(inside.get(key))):
            yield key, part, (*loc, key, n)
    if "not" in inside:
        yield "not", inside["not"], (*loc, "not")
    for n, signal in enumerate(list_of(map_of(inside.get("score")).get("signals"))):
        yield "score", map_of(signal).get("when"), (*loc, "score", "signals", n, "when")
