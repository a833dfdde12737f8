"""The tests inside rule files: single messages that a rule must hit or leave alone, and timelines.

Every rule is taken as in force unless it is off. Pure: the same stages and the same fold as live.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.decide import advance, decide
from rules.capability import Capability
from rules.conditions.values import as_written
from rules.decision import Decision, Step
from rules.entries import Decided
from rules.events import GroupChanged, MemberJoined, MessagePosted
from rules.files import Loaded, enforced
from rules.files.schema_tests import Expect, Timeline
from rules.files.schema_tests import Step as Said
from rules.files.values import Moment
from rules.fold import apply
from rules.links import written
from rules.message import Author, Kind, Media, Message
from rules.rulebook import Rulebook
from rules.ruleset import AppliesTo, Rule, Ruleset
from rules.state import CommunityState, GroupState, MemberState

GROUP = "test"
FIRST_DAY = date(2026, 1, 5)  # a Monday
NOON = time(12)
LONG_AGO = timedelta(days=400)
JUST_NOW = timedelta(minutes=1)
MESSAGES_OF_OLD = 100  # an old member has talked before
AFTERWARDS = timedelta(hours=1)  # so long after the last step consequences still count
CONSEQUENCES = {"asked": False, "confirm": True, "done": False}
"""Whether a removal still waits for an admin, by the status that a case begins with."""


class TestResult(NamedTuple):
    """What came of one test. `message` says what was expected and what came, "" if it passed."""

    name: str
    passed: bool
    message: str = ""


class Result(NamedTuple):
    """One consequence of a timeline."""

    at: datetime
    rule: str
    do: Step
    to: str
    length: timedelta | None = None
    confirm: bool = False


def run(loaded: Loaded, ruleset: Ruleset | None = None) -> list[TestResult]:
    """Run all tests of a file that has no errors, in the order of the file.

    `ruleset` is tested in place of the file's own: to see whether a change is noticed.
    """
    own = loaded.ruleset
    if own is None:
        raise ValueError(f"expected a rule file without errors, found {loaded.file} with some")
    tested = replace(enforced(ruleset or own), applies_to=AppliesTo())
    examples = [result for rule in own.rules for result in _examples(rule, tested)]
    return examples + [_timeline(one, tested) for one in loaded.tests]


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


def without(ruleset: Ruleset, rule: str) -> Ruleset:
    """The ruleset without one of its rules."""
    return replace(ruleset, rules=tuple(one for one in ruleset.rules if one.id != rule))


def results_of(decided: Decided) -> Iterator[Result]:
    """The consequences of one decision; a reminder of what may still follow is none."""
    decision, at = decided.decision, decided.event.at
    begun = [case for case in decision.cases if case.status in CONSEQUENCES]
    for case in begun:
        length = case.until - case.at if case.until is not None else None
        confirm = CONSEQUENCES[case.status]
        yield Result(at, case.rule, case.step, case.member, length, confirm)
    if not begun and decision.step is Step.NOTICE and decision.member:
        yield Result(at, _noticed_by(decision), Step.NOTICE, decision.member)


def _noticed_by(decision: Decision) -> str:
    return decision.said[0] if decision.said else decision.verdict.rule


def _examples(rule: Rule, ruleset: Ruleset) -> Iterator[TestResult]:
    for texts, is_wanted in ((rule.match, True), (rule.passes, False)):
        for text in texts:
            name = f"{rule.id}: {'match' if is_wanted else 'pass'} “{text}”"
            if _hits(rule, ruleset, text) is is_wanted:
                yield TestResult(name, passed=True)
            else:
                found = "it was left alone" if is_wanted else "it was hit"
                wanted = "hit" if is_wanted else "left alone"
                message = f"expected: {wanted} by {rule.id}\ngot: {found}"
                yield TestResult(name, passed=False, message=message)


def _hits(rule: Rule, ruleset: Ruleset, text: str) -> bool:
    """Whether the rule hits a message of an old member; of a newcomer if it is only for those."""
    at = _utc(FIRST_DAY, NOON, ruleset.timezone)
    is_new = rule.audience == "newcomer"
    member = MemberState(
        name="member",
        first_seen_at=at - (JUST_NOW if is_new else LONG_AGO),
        joined_at=at - JUST_NOW if is_new else None,
        messages=0 if is_new else MESSAGES_OF_OLD,
    )
    group = GroupState(id=GROUP, capabilities=tuple(Capability), members={"member": member})
    state = CommunityState(groups={GROUP: group})
    event = _posted("example", at, Author(id="member", name="member"), written(text))
    decision = decide(Rulebook((ruleset,)), state, event).decision
    return any(one.rule == rule.id and one.counts for one in decision.verdict.matches)


def _timeline(test: Timeline, ruleset: Ruleset) -> TestResult:
    got = [result for decided in _played(test, ruleset) for result in results_of(decided)]
    pairs = list(zip_longest(test.expect, got))
    if all(_is_same(one, other, ruleset.timezone) for one, other in pairs):
        return TestResult(test.name, passed=True)
    wanted = [f"  {_expected(one)}" for one in test.expect] or ["  nothing"]
    came = [f"  {_got(one, ruleset.timezone)}" for one in got] or ["  nothing"]
    message = "\n".join(["expected:", *wanted, "got:", *came])
    return TestResult(test.name, passed=False, message=message)


def _played(test: Timeline, ruleset: Ruleset) -> Iterator[Decided]:
    """Every decision, folded before the next is made."""
    rulebook, state = Rulebook((ruleset,)), CommunityState()
    events = _events(test, ruleset.timezone)
    for event in events:
        for decided in advance(rulebook, state, event.at):
            apply(state, decided)
            yield decided
        decided = decide(rulebook, state, event)
        apply(state, decided)
        yield decided
    for decided in advance(rulebook, state, events[-1].at + AFTERWARDS):
        apply(state, decided)
        yield decided


def _events(
    test: Timeline, zone: ZoneInfo
) -> Sequence[GroupChanged | MemberJoined | MessagePosted]:
    first = _at(test.steps[0].at, zone) - 2 * JUST_NOW
    joined: dict[str, MemberJoined] = {}
    spoken: list[MessagePosted] = []
    for step in test.steps:
        for n in range(step.repeat):
            name = step.from_[n % len(step.from_)]
            at = _at(step.at, zone) + n * step.every
            key = f"{len(spoken) + 1}"
            if step.newcomer and name not in joined:
                joined[name] = _joined(f"join-{key}", at - JUST_NOW, name)
            author = Author(id=name, name=name, role=step.role)
            spoken.append(_posted(key, at, author, _message(step, n + 1)))
    group = GroupChanged(
        key="group",
        at=first,
        seen_at=first,
        group=GROUP,
        title=GROUP,
        platform="",
        capabilities=tuple(Capability),
    )
    said: list[MemberJoined | MessagePosted] = [*joined.values(), *spoken]
    return [group, *sorted(said, key=lambda event: event.at)]


def _message(step: Said, n: int) -> Message:
    message = written(step.text.replace("{n}", str(n)))
    if step.kind is Kind.TEXT:
        return message
    media = Media(kind=step.kind, amount_cents=step.amount, parts=step.parts)
    return Message(text=message.text, links=message.links, media=(media,))


def _posted(key: str, at: datetime, author: Author, message: Message) -> MessagePosted:
    return MessagePosted(
        key=key, at=at, seen_at=at, group=GROUP, author=author, message_id=key, message=message
    )


def _joined(key: str, at: datetime, name: str) -> MemberJoined:
    return MemberJoined(key=key, at=at, seen_at=at, group=GROUP, member=name, name=name)


def _at(moment: Moment, zone: ZoneInfo) -> datetime:
    return _utc(FIRST_DAY + timedelta(days=moment.day - 1), moment.time, zone)


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _is_same(expected: Expect | None, got: Result | None, zone: ZoneInfo) -> bool:
    if expected is None or got is None:
        return False
    asked = (
        (expected.rule, got.rule),
        (expected.do, got.do.value),
        (expected.to, got.to),
        (expected.for_, got.length),
        (expected.confirm, "admin" if got.confirm else "never"),
    )
    return _is_then(expected.at, got.at, zone) and all(
        one is None or one == other for one, other in asked
    )


def _is_then(expected: Moment | None, got: datetime, zone: ZoneInfo) -> bool:
    """Whether it came at that time; seconds count only where they are written."""
    if expected is None:
        return True
    at = got if expected.exact else got.replace(second=0, microsecond=0)
    return at == _at(expected, zone)


def _expected(one: Expect) -> str:
    at = f"d{one.at.day} {one.at.time}" if one.at is not None else ""
    length = as_written(one.for_) if one.for_ is not None else ""
    return _sentence(at, one.rule, one.do, one.to, length, one.confirm)


def _got(one: Result, zone: ZoneInfo) -> str:
    local = one.at.astimezone(zone)
    at = f"d{(local.date() - FIRST_DAY).days + 1} {local.time()}"
    length = as_written(one.length) if one.length is not None else ""
    return _sentence(at, one.rule, one.do.value, one.to, length, "admin" if one.confirm else "")


def _sentence(  # noqa: PLR0913, PLR0917 - one word each
    at: str, rule: str | None, do: str | None, to: str | None, length: str, confirm: str | None
) -> str:
    words = (
        at,
        f"by {rule}:" if rule else "",
        do or "anything",
        f"to {to}" if to else "",
        f"for {length}" if length else "",
        f"confirmed by {confirm}" if confirm == "admin" else "",
    )
    return " ".join(word for word in words if word)
