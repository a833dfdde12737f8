"""Rules that hit ordinary talk: every rule is asked about a shipped sample of innocent messages.

Where the sample comes from is in its README.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from rules.capability import Capability
from rules.check.subject import Numbered, Subject
from rules.conditions.base import View
from rules.decision import Match
from rules.engine import look
from rules.events import MessagePosted
from rules.files.faults import Level, quoted
from rules.files.lint import Finding
from rules.links import written
from rules.message import Author
from rules.phrases import NOTHING, joined, phrase, semicolons
from rules.ruleset import Rule
from rules.state import CommunityState, GroupState, MemberState

NOON: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)
EXAMPLES: Final = 3
TOO_MANY: Final = 500  # more than one in so many, and one more, is no slip


class _Hit(NamedTuple):
    text: str
    words: str


def findings(subject: Subject) -> Iterator[Finding]:
    """A note at each rule that hits some of the sample; a warning if it acts on more than a few."""
    rules = list(subject.own())
    texts = sample("zh" if subject.says.locale == "zh-CN" else "en") if rules else ()
    hits: dict[int, list[_Hit]] = {n: [] for n, _ in rules}
    for text in texts:
        views = {is_new: _view(subject, text, is_new=is_new) for is_new in (False, True)}
        for one in rules:
            found = _asked(one.rule, views[one.rule.audience == "newcomer"])
            if found is not None:
                hits[one.number].append(_Hit(text, _words(found)))
    for one in rules:
        if hits[one.number]:
            yield _finding(one, hits[one.number], len(texts))


@cache
def sample(language: str) -> tuple[str, ...]:
    """Innocent messages in a language, zh or en."""
    file = resources.files("rules.check.ordinary").joinpath(f"{language}.txt")
    return tuple(file.read_text("utf-8").splitlines())


def _view(subject: Subject, text: str, *, is_new: bool) -> View:
    """A message of somebody who is long here, or came in a minute ago."""
    since = NOON - timedelta(minutes=1) if is_new else NOON - timedelta(days=400)
    member = MemberState(
        name="member", first_seen_at=since, joined_at=since if is_new else None, messages=10
    )
    group = GroupState(id="g", capabilities=tuple(Capability), members={"member": member})
    event = MessagePosted(
        key="e",
        at=NOON,
        seen_at=NOON,
        group="g",
        author=Author(id="member", name="member"),
        message_id="m",
        message=written(text),
    )
    return look(subject.ruleset, CommunityState(groups={"g": group}), event)


def _asked(rule: Rule, view: View) -> Sequence[Match] | None:
    if "message" not in rule.on:
        return None
    found = rule.when.ask(view)
    if found is not None and rule.exception is not None and rule.exception.ask(view) is not None:
        return None
    return found


def _words(found: Sequence[Match]) -> str:
    return next((one.values["words"] for one in found if "words" in one.values), "")


def _finding(one: Numbered, hits: Sequence[_Hit], of: int) -> Finding:
    then = one.rule.then
    acts = then.strikes or then.delete or then.ask
    level: Level = "warning" if acts and len(hits) > 1 + of // TOO_MANY else "note"
    words = Counter(hit.words for hit in hits if hit.words).most_common(EXAMPLES)
    by = phrase(" by {words}", words=joined([quoted(word) for word, _ in words]))
    examples = semicolons([quoted(hit.text) for hit in hits[:EXAMPLES]])
    message = phrase(
        "this rule hits {hits} of {of:,} ordinary messages{by}: {examples}",
        hits=len(hits),
        of=of,
        by=by if words else NOTHING,
        examples=examples,
    )
    hint = phrase("ask for a second sign, or add them under pass:")
    return Finding(("rules", one.number, "when"), message, hint, level=level)
