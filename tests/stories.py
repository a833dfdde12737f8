"""A group's story told event by event, decided and folded as it goes: for tables of decisions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.decide import advance, decide
from rules.actions import Say, Tell
from rules.capability import Capability
from rules.decision import Decision
from rules.entries import Decided
from rules.events import (
    AnyEvent,
    ButtonPressed,
    GroupChanged,
    MemberJoined,
    MessagePosted,
    OperatorCommanded,
    Undo,
)
from rules.fold import apply
from rules.message import Author, Message, Role
from rules.rulebook import Rulebook
from rules.ruleset import Ruleset
from rules.state import CommunityState
from tests.bots import ruleset
from tests.builders import T0, at, message


class Story:
    """One group `g1`. Seconds are counted from T0; what falls due on the way is decided."""

    def __init__(self, rules: Ruleset | None = None) -> None:
        self.book = Rulebook((rules or ruleset(topics=()),))
        self.state = CommunityState()
        self.due: list[Decided] = []
        self._count = 0

    def tell(self, event: AnyEvent) -> Decision:
        """Decide an event, after what is due before it."""
        for one in advance(self.book, self.state, event.seen_at, event.seen_at):
            apply(self.state, one)
            self.due.append(one)
        decided = decide(self.book, self.state, event)
        apply(self.state, decided)
        return decided.decision

    def wait(self, seconds: float) -> list[Decision]:
        """What has fallen due until then."""
        before = len(self.due)
        for one in advance(self.book, self.state, at(seconds), at(seconds)):
            apply(self.state, one)
            self.due.append(one)
        return [one.decision for one in self.due[before:]]

    def common(self, seconds: float, late: float = 0) -> dict[str, Any]:
        """The fields all events share; `late` seconds pass until it is seen."""
        self._count += 1
        seen_at = at(seconds) + timedelta(seconds=late)
        return {"key": f"e{self._count}", "at": at(seconds), "seen_at": seen_at, "group": "g1"}

    def say(
        self,
        said: str | Message,
        seconds: float = 0,
        by: str = "m1",
        role: Role = Role.MEMBER,
        late: float = 0,
    ) -> Decision:
        """Somebody says something."""
        return self.tell(
            MessagePosted(
                author=Author(id=by, name=by.upper(), role=role),
                message_id=f"n{self._count}",
                message=said if isinstance(said, Message) else message(said),
                **self.common(seconds, late),
            )
        )

    def join(self, name: str, seconds: float = 0, late: float = 0) -> Decision:
        """Somebody comes in."""
        return self.tell(MemberJoined(member=name, name=name, **self.common(seconds, late)))

    def press(
        self, case: int, choice: str, seconds: float = 0, role: Role = Role.ADMIN
    ) -> Decision:
        """Somebody answers a card."""
        presser = Author(id="boss", name="BOSS", role=role)
        common = self.common(seconds)
        return self.tell(ButtonPressed(presser=presser, case=case, choice=choice, **common))


def kinds(decision: Decision) -> list[str]:
    """The actions by name, sentences by their keys."""
    return [
        one.line.key if hasattr(one, "line") else type(one).__name__ for one in decision.actions
    ]


def statuses(story: Story) -> list[str]:
    """Where each case stands."""
    return [one.status for one in story.state.cases.values()]


def able(**more: Any) -> Story:
    """A group in which everything can be done."""
    made = Story(ruleset(topics=(), **more))
    changed = GroupChanged(
        title="G", platform="telegram", capabilities=tuple(Capability), **made.common(-100)
    )
    made.tell(changed)
    return made


def undo(of: Story, rule: str, seconds: float, since: float = -50) -> Decision:
    """An operator takes back what a rule did."""
    command = Undo(rule=rule, since=at(since))
    return of.tell(OperatorCommanded(command=command, **of.common(seconds)))


def lines(decision: Decision) -> dict[str, dict[str, str]]:
    """What is told or said, by key, with its values."""
    said = [one for one in decision.actions if isinstance(one, Say | Tell)]
    return {one.line.key: one.line.values for one in said}


__all__ = ["T0", "Story", "able", "kinds", "lines", "statuses", "undo"]
