"""A decision while it is being made: what the parts of the engine add to, one event at a time."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from rules.actions import AnyAction, Line, Say
from rules.capability import Capability
from rules.decision import (
    Case,
    Deadline,
    Decision,
    Mode,
    Recount,
    RuleFault,
    Sanctioned,
    Step,
    Strike,
    Verdict,
    softest,
)
from rules.events import AnyEvent
from rules.obligations import Obligation
from rules.quiet import STARTED, is_quiet
from rules.ruleset import Rule, Ruleset
from rules.state import CommunityState, GroupState
from rules.text import TABLES_DIGEST

ENGINE = f"3-{TABLES_DIGEST[:12]}"
"""The engine's digest: its version and that of its tables. Raise the version when decisions change.
"""

_GRAVITY = {step: rank for rank, step in enumerate(Step)}


class Breach(Struct, frozen=True, kw_only=True):
    """What somebody did against a rule, frozen: it no longer depends on the rule file."""

    rule: str
    title: str
    member: str
    name: str
    message_id: str
    evidence: str
    strikes: int
    breach_at: datetime
    deletes: bool = False
    say: str = ""
    words: str = ""
    also: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    asks: bool = False
    start_level: int = 0
    aggravated: dict[str, int] = {}


class Draft:
    """Collects what is decided about one event; `decision()` makes it final."""

    def __init__(self, ruleset: Ruleset, state: CommunityState, event: AnyEvent) -> None:
        self.ruleset = ruleset
        self.state = state
        self.event = event
        self.group: GroupState = state.group(event.group)
        self.step = Step.NONE
        self.member = ""
        self.acted = ""
        self.verdict = Verdict()
        self.strikes: list[Strike] = []
        self.recounts: list[Recount] = []
        self.actions: list[AnyAction] = []
        self.obligations: list[Obligation] = []
        self.settled: list[str] = []
        self.cases: list[Case] = []
        self.sanctions: list[Sanctioned] = []
        self.opened: list[Deadline] = []
        self.closed: list[str] = []
        self.said: list[str] = []
        self.braked: list[str] = []
        self.faults: list[RuleFault] = []
        self.clauses: tuple[str, ...] | None = None

    def key(self) -> str:
        """The key of the next action: the event's, and its place."""
        return f"{self.event.key}/{len(self.actions)}"

    def say(
        self,
        line: Line,
        *,
        to: str | None = None,
        expires_at: datetime | None = None,
        needs: Capability | None = None,
        otherwise: Line | None = None,
    ) -> bool:
        """Say a line in the group, in the file's own words if it has some; whether it is said.

        In quiet hours what nobody waits for is not.
        """
        if line.key in STARTED and is_quiet(self.ruleset, self.event.seen_at):
            return False
        self.actions.append(
            Say(
                key=self.key(),
                group=self.group.id,
                expires_at=expires_at,
                line=self._own(line),
                to=to,
                needs=needs,
                otherwise=self._own(otherwise) if otherwise is not None else None,
            )
        )
        return True

    def _own(self, line: Line) -> Line:
        own = line.own or self.ruleset.texts.get(line.key, "")
        return msgspec.structs.replace(line, own=own) if own else line

    def amounts_to(self, step: Step, member: str, rule: str = "") -> None:
        """Say what the decision amounts to, for whom and by which rule; the gravest stays."""
        if _GRAVITY[step] > _GRAVITY[self.step]:
            self.step, self.member, self.acted = step, member, rule

    def mode(self, rule: Rule) -> Mode:
        """How far a rule may go here and now: the softest of its own, its file's and a brake's."""
        mode = softest(rule.mode, self.ruleset.mode)
        history = self.group.history.get(rule.id)
        if history is not None and history.is_braked:
            return softest(mode, Mode.SHADOW)
        return mode

    def next_case(self) -> int:
        """The number of the next case that this decision makes."""
        return self.state.next_case() + len(self.cases)

    def decision(self) -> Decision:
        """All that was collected, final."""
        return Decision(
            rules=self.ruleset.digest,
            engine=ENGINE,
            step=self.step,
            member=self.member,
            acted=self.acted,
            verdict=self.verdict,
            strikes=tuple(self.strikes),
            recounts=tuple(self.recounts),
            actions=tuple(self.actions),
            obligations=tuple(self.obligations),
            settled=tuple(self.settled),
            cases=tuple(self.cases),
            sanctions=tuple(self.sanctions),
            opened=tuple(self.opened),
            closed=tuple(self.closed),
            said=tuple(self.said),
            braked=tuple(self.braked),
            faults=tuple(self.faults),
            clauses=self.clauses,
        )


def sentence(own: str, key: str, **values: str) -> Line:
    """An operator's own words if there are any, else the shipped sentence `key`."""
    return Line(key=key, values=values, own=own)
