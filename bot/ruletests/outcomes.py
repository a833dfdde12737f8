"""What came of a test, and how it is compared with what was expected, and said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.ruletests.world import FIRST_DAY, instant
from rules.conditions.values import as_written
from rules.decision import Decision, Step
from rules.entries import Decided
from rules.files.schema_tests import Expect, Timeline
from rules.files.values import Moment
from rules.phrases import Phrase, Tongue

CONSEQUENCES = {"asked": False, "confirm": True, "done": False}
"""Whether a removal still waits for an admin, by the status that a case begins with."""


class TestResult(NamedTuple):
    """What came of one test. `message` says what was expected and what came, "" if it passed."""

    name: str
    passed: bool
    message: str = ""

    def said(self, tongue: Tongue) -> TestResult:
        """The same in the language of the file, as far as it is not in the file's own words."""
        return self._replace(name=_said(self.name, tongue), message=_said(self.message, tongue))


def _said(text: str, tongue: Tongue) -> str:
    return text.said(tongue) if isinstance(text, Phrase) else text


class Result(NamedTuple):
    """One consequence of a timeline."""

    at: datetime
    rule: str
    do: Step
    to: str
    length: timedelta | None = None
    confirm: bool = False


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


def compared(test: Timeline, got: list[Result], zone: ZoneInfo) -> TestResult:
    """Whether a timeline had exactly the consequences that it expects, in their order."""
    if all(_is_same(one, other, zone) for one, other in zip_longest(test.expect, got)):
        return TestResult(test.name, passed=True)
    wanted = [f"  {_expected(one)}" for one in test.expect] or ["  nothing"]
    came = [f"  {_got(one, zone)}" for one in got] or ["  nothing"]
    return TestResult(test.name, False, "\n".join(["expected:", *wanted, "got:", *came]))


def _noticed_by(decision: Decision) -> str:
    return decision.said[0] if decision.said else decision.verdict.rule


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
    return at == instant(expected, zone)


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
