"""Timeline tests: who says what at what time, played through the stages and the fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.decide import advance, decide
from bot.ruletests.outcomes import TestResult, compared, results_of
from bot.ruletests.world import founded, instant, joined, posted, renamed
from rules.entries import Decided
from rules.events import GroupChanged, MemberJoined, MemberRenamed, MessagePosted
from rules.files.schema_tests import Step, Timeline
from rules.fold import apply
from rules.links import written
from rules.message import Author, Kind, Media, Message
from rules.rulebook import Rulebook
from rules.ruleset import Ruleset
from rules.state import CommunityState

JUST_NOW = timedelta(minutes=1)
AFTERWARDS = timedelta(hours=1)  # so long after the last step consequences still count


Happens = MemberJoined | MemberRenamed | MessagePosted


def timelines(test: Timeline, ruleset: Ruleset, platform: str = "") -> Iterator[TestResult]:
    """What comes of a timeline on each platform that it names, else on `platform`.

    Of a timeline that names others than a `platform` asked for, nothing is said.
    """
    if not test.platforms:
        yield timeline(test, ruleset, platform)
    for one in test.platforms:
        if platform in {"", one}:
            result = timeline(test, ruleset, one)
            yield result._replace(name=f"{test.name} ({one})")


def timeline(test: Timeline, ruleset: Ruleset, platform: str = "") -> TestResult:
    """What comes of a timeline in a group of that platform ("": one that can do everything)."""
    played = _played(test, ruleset, platform)
    got = [result for decided in played for result in results_of(decided)]
    return compared(test, got, ruleset.timezone)


def _played(test: Timeline, ruleset: Ruleset, platform: str) -> Iterator[Decided]:
    """Every decision, folded before the next is made."""
    rulebook, state = Rulebook((ruleset,)), CommunityState()
    events = _events(test, ruleset.timezone, platform)
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


def _events(test: Timeline, zone: ZoneInfo, platform: str) -> Sequence[GroupChanged | Happens]:
    first = instant(test.steps[0].at, zone) - 2 * JUST_NOW
    came: dict[str, MemberJoined] = {}
    spoken: list[MessagePosted | MemberRenamed] = []
    for step in test.steps:
        for n in range(step.repeat):
            name = step.from_[n % len(step.from_)]
            at = instant(step.at, zone) + n * step.every
            key = f"{len(spoken) + 1}"
            if step.newcomer and name not in came:
                came[name] = joined(f"join-{key}", at - JUST_NOW, name)
            author = Author(id=name, name=name, role=step.role)
            if step.name is not None:
                spoken.append(renamed(key, at, name, step.name))
            else:
                spoken.append(posted(key, at, author, _message(step, n + 1)))
    said: list[Happens] = [*came.values(), *spoken]
    return [founded(first, platform), *sorted(said, key=lambda event: event.at)]


def _message(step: Step, n: int) -> Message:
    message = written(step.text.replace("{n}", str(n)))
    if step.kind is Kind.TEXT:
        return message
    media = Media(kind=step.kind, amount_cents=step.amount, parts=step.parts)
    return Message(text=message.text, links=message.links, media=(media,))
