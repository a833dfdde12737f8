"""A group under a rule file, for tests of the engine: say, wait, press, and look at what came."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.decide import advance, decide
from rules.capability import Capability
from rules.decision import Decision
from rules.events import AnyEvent, ButtonPressed, GroupChanged, MemberJoined, MessagePosted
from rules.files import load
from rules.fold import apply
from rules.message import Author, Message, Role
from rules.rulebook import Rulebook
from rules.ruleset import Ruleset
from rules.state import CommunityState, GroupState
from tests.builders import at, posted

GROUP = "g1"


class Scene:
    """One group with everything a platform can do and show. Times are seconds after T0."""

    def __init__(self, rules: str) -> None:
        loaded = load(rules, file="scene.yaml")
        assert loaded.ruleset is not None, loaded.faults
        self.state = CommunityState()
        self.decisions: list[Decision] = []
        self.rules(loaded.ruleset)
        self.able(*Capability)

    @property
    def group(self) -> GroupState:
        """The group as it stands."""
        return self.state.group(GROUP)

    def rules(self, ruleset: Ruleset) -> None:
        """From here on these rules decide."""
        self.ruleset = ruleset
        self.book = Rulebook((ruleset,))

    def able(self, *capabilities: Capability) -> None:
        """What the platform can do and show."""
        self.take(
            GroupChanged(
                key=f"able-{len(self.decisions)}",
                at=at(-60),
                seen_at=at(-60),
                group=GROUP,
                title="Group",
                platform="",
                capabilities=capabilities,
            )
        )

    def say(
        self,
        said: str | Message,
        *,
        seconds: float = 0,
        by: str = "m1",
        role: Role = Role.MEMBER,
        late: float = 0,
    ) -> MessagePosted:
        """Somebody says something; `late` is how long it took to be seen."""
        event = posted(said, seconds=seconds, by=by, role=role)
        event = msgspec.structs.replace(event, seen_at=event.at + timedelta(seconds=late))
        self.take(event)
        return event

    def join(self, by: str, *, seconds: float = 0) -> None:
        """Somebody comes in."""
        self.take(
            MemberJoined(
                key=f"join-{by}-{seconds}",
                at=at(seconds),
                seen_at=at(seconds),
                group=GROUP,
                member=by,
                name=by.upper(),
            )
        )

    def press(self, case: int, choice: str, *, seconds: float, role: Role = Role.ADMIN) -> None:
        """An admin answers a card."""
        self.take(
            ButtonPressed(
                key=f"press-{case}-{choice}-{seconds}",
                at=at(seconds),
                seen_at=at(seconds),
                group=GROUP,
                presser=Author(id="boss", name="Boss", role=role),
                case=case,
                choice=choice,
            )
        )

    def take(self, event: AnyEvent) -> Decision:
        """Decide what was due before an event, then the event; fold each."""
        for decided in advance(self.book, self.state, event.at):
            apply(self.state, decided)
            self.decisions.append(decided.decision)
        decided = decide(self.book, self.state, event)
        apply(self.state, decided)
        self.decisions.append(decided.decision)
        return decided.decision

    def wait(self, seconds: float, *, seen: bool = False) -> None:
        """Let everything fall due that is due by then; with `seen` it is only seen then."""
        for decided in advance(self.book, self.state, at(seconds), at(seconds) if seen else None):
            apply(self.state, decided)
            self.decisions.append(decided.decision)
