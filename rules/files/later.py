"""What a rule file may say already, and what the bot does nothing about yet: said in notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.files.lint import Finding, Loc, list_of, map_of
from rules.phrases import Key, Word, phrase

MESSAGE: Final = "{key} is read and kept; it works from a later version on"
KEPT: Final[tuple[Loc, ...]] = (
    ("admin_chat",),
    ("roles", "admins"),
    ("roles", "helpers"),
    ("questions",),
    ("probation",),
)
KEPT_OF_TOPICS: Final = ("or_say", "follow_up", "skip")


def kept_for_later(data: object) -> Iterator[Finding]:
    """A note for each thing of a file that has no effect yet."""
    file = map_of(data)
    for loc in KEPT:
        around = map_of(file.get(str(loc[0]))) if len(loc) > 1 else file
        if loc[-1] in around:
            yield _note(loc)
    yield from _of_topics(list_of(file.get("topics")))
    yield from _of_rules(list_of(file.get("rules")))


def _of_topics(topics: list[object]) -> Iterator[Finding]:
    for n, topic in enumerate(topics):
        yield from (_note(("topics", n, key)) for key in KEPT_OF_TOPICS if key in map_of(topic))


def _of_rules(rules: list[object]) -> Iterator[Finding]:
    for n, rule in enumerate(rules):
        named = map_of(map_of(rule).get("then")).get("aggravate")
        if named == "multi_account" or "multi_account" in list_of(named):
            yield _note(("rules", n, "then", "aggravate"), "multi_account")


def _note(loc: Loc, what: str = "") -> Finding:
    key = Word(what) if what else Key(loc[-1])
    message = phrase("{key} is read and kept; it works from a later version on", key=key)
    return Finding(loc, message, at_key=True, level="note")
