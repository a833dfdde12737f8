"""The story of one case, in words: every entry of the journal that made it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from adapters.simulator.room import ALIKE
from bot.storage import Store
from bot.texts.why import because, words_of
from bot.versions import rule_texts, version_of
from rules.decision import Case
from rules.entries import Decided, Delivered
from rules.events import MessageEdited, MessagePosted
from rules.explain import Reason, elsewhere, explain
from rules.fold import apply
from rules.rulebook import Rulebook
from rules.ruleset import Ruleset
from rules.state import CommunityState
from rules.text import fold

MARK = "[", "]"


def case_story(store: Store, rulebook: Rulebook, number: int, language: str) -> str | None:
    """All that the journal knows of a case; None if there is no such case.

    Rules that have changed since are not named by file and line: the digest says which decided.
    """
    state, evidence, told, delivered = _read(store, number)
    case = state.cases.get(number)
    if case is None:
        return None
    ruleset = rulebook.governing(state.group(case.group))
    words = words_of(language)
    lines = [f"#{number}  {case.name}  {state.group(case.group).title}  {case.rule}: {case.title}"]
    lines += _version(store, [*evidence, *told], case, language, ruleset.timezone)
    for decided in [*evidence, *told]:
        lines += ["", *_entry(decided, ruleset, delivered, language)]
    lines += ["", words[f"why_case_{case.status}"].replace("{name}", case.name)]
    return "\n".join(lines) + "\n"


def _version(
    store: Store, decided: Sequence[Decided], case: Case, language: str, zone: tzinfo
) -> Iterator[str]:
    """The rule as its file said it when the case was decided, whatever the file says today."""
    digest = next((one.decision.rules for one in decided), "")
    version = version_of(store.versions(), digest)
    if version is None:
        return
    words = words_of(language)
    at = f"{version.at.astimezone(zone):%Y-%m-%d %H:%M}"
    yield words["why_version"].format(digest=digest, at=at)
    for place, text in rule_texts(store, version, case.rule):
        yield f"  {place}"
        yield from (f"    {line}" for line in text.splitlines())


def _read(
    store: Store, number: int
) -> tuple[CommunityState, list[Decided], list[Decided], dict[str, Delivered]]:
    """The state, the message that the case rests on, the decisions about it, and all receipts."""
    state, told = CommunityState(), []
    delivered: dict[str, Delivered] = {}
    for _, entry in store.entries():
        apply(state, entry)
        if isinstance(entry, Delivered):
            delivered[entry.action] = entry
        elif isinstance(entry, Decided) and _is_about(entry, number):
            told.append(entry)
    case = state.cases.get(number)
    first = store.entry_of(case.evidence) if case and case.evidence else None
    evidence = [first[1]] if first and isinstance(first[1], Decided) else []
    return state, [one for one in evidence if one not in told], told, delivered


def _is_about(decided: Decided, number: int) -> bool:
    return any(case.number == number for case in decided.decision.cases)


def _entry(
    decided: Decided, ruleset: Ruleset, delivered: Mapping[str, Delivered], language: str
) -> Iterator[str]:
    zone = ruleset.timezone
    explained = explain(decided, ruleset, delivered)
    at = decided.event.at
    yield f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}  {_said(decided, explained.marks)}"
    if explained.place:
        yield f"  {explained.place}  ({explained.digest})"
    elif explained.digest:
        yield f"  ({explained.digest})"
    for reason in explained.reasons:
        yield f"  - {_words(reason, language, ruleset, zone, at)}"
    for name, able in sorted(ALIKE.items()):
        for reason in elsewhere(decided.decision, able):
            yield f"  {name}: {_words(reason, language, ruleset, zone, at)}"


def _words(reason: Reason, language: str, ruleset: Ruleset, zone: tzinfo, at: datetime) -> str:
    return because(reason, language=language, locale=ruleset.locale, zone=zone, at=at)


def _said(decided: Decided, marks: tuple[tuple[int, int], ...]) -> str:
    """The text as sent with the matched spans in brackets, and as it was read."""
    event = decided.event
    if not isinstance(event, MessagePosted | MessageEdited):
        return type(event).__name__
    text, shown, end = event.message.text, [], 0
    for start, stop in marks:
        shown += [text[end:start], MARK[0], text[start:stop], MARK[1]]
        end = stop
    shown.append(text[end:])
    return f"{event.author.name}: {''.join(shown)}\n  = {fold(text).text}"
