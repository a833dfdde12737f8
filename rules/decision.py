"""What was decided about one event, with the evidence that it rests on."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from rules.actions import AnyAction
from rules.obligations import Obligation


class Mode(StrEnum):
    """How far a rule may go. The order is from soft to hard."""

    OFF = "off"
    SHADOW = "shadow"
    ASK = "ask"
    ENFORCE = "enforce"

    @property
    def hardness(self) -> int:
        """0 for off up to 3 for enforce."""
        return _HARDNESS[self]


_HARDNESS = {mode: rank for rank, mode in enumerate(Mode)}


def softest(*modes: Mode) -> Mode:
    """The softest of several modes: it is the one that holds."""
    return min(modes, key=_HARDNESS.__getitem__)


class Step(StrEnum):
    """What a decision amounts to for the member it concerns."""

    NONE = "none"
    NOTICE = "notice"
    ASK = "ask"
    WARN = "warn"
    MUTE = "mute"
    REMOVE = "remove"


class Match(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The evidence of one condition: its family, values of the rule (never the member's text),
    spans.

    `spans` are half-open index pairs into the authored text, as sent.
    """

    condition: str
    values: dict[str, str] = {}
    spans: tuple[tuple[int, int], ...] = ()


class RuleMatch(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule that applied. `exempt` names the role that was spared, or says that the message is
    like an example that is left alone; `mode` what held for the rule; `aggravated` what made it
    worse, with its part of the strikes.
    """

    rule: str
    title: str
    mode: Mode
    strikes: int = 0
    deletes: bool = False
    says: bool = False
    asks: bool = False
    matches: tuple[Match, ...] = ()
    exempt: str = ""
    waits: bool = False
    aggravated: dict[str, int] = {}

    @property
    def counts(self) -> bool:
        """Whether it may have a consequence: not exempt, and more than a shadow."""
        return not self.exempt and self.mode.hardness > Mode.SHADOW.hardness


class Verdict(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that the rules say of one event: `rule` is the one that wins ("" for none)."""

    rule: str = ""
    matches: tuple[RuleMatch, ...] = ()


class Strike(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One counted breach and its arithmetic.

    `burst`: it fell into an earlier one, counts 0; `alone` is what it would have counted by itself.
    A negative `count` takes strikes back. `start_level`: the level that the rule begins with;
    `aggravated`: what made the breach worse, with its part of `count`.
    """

    member: str
    rule: str
    count: int
    breach_at: datetime
    level_before: int
    level_after: int
    burst: bool = False
    alone: int = 0
    start_level: int = 0
    aggravated: dict[str, int] = {}


class Counted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A strike that somebody has: what it counts by itself, and when it was counted."""

    rule: str
    at: datetime
    breach_at: datetime
    count: int
    start_level: int = 0


class Recount(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member's standing after strikes were taken back: that of a history without them.

    `left` are the strikes that stay, in the order in which they were counted; without any, it never
    began.
    """

    member: str
    level: int
    since: datetime | None = None
    burst_at: datetime | None = None
    left: tuple[Counted, ...] = ()


class Case(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The numbered record of one sanction, or of a question to the admins.

    `evidence`: the key of the event it rests on, `further`: of those whose messages went with it.
    `status`: asked (nothing done yet), confirm (the removal waits), done, let_go, contested (the
    member says it was a mistake), upheld, overturned. `answer`: what an admin last said to it.
    """

    number: int
    group: str
    member: str
    name: str
    rule: str
    title: str
    step: Step
    status: str
    at: datetime
    breach_at: datetime
    strikes: int = 0
    deletes: bool = False
    message_id: str = ""
    evidence: str = ""
    further: tuple[str, ...] = ()
    until: datetime | None = None
    say: str = ""
    answer: str = ""
    start_level: int = 0
    aggravated: dict[str, int] = {}


class Deadline(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that falls due. `at` is its own time, `due_at` (with any grace) when it is
    decided.
    """

    key: str
    kind: str
    group: str
    ref: str
    at: datetime
    due_at: datetime


class RuleFault(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that failed on an event; the other rules still counted. `error` holds no message
    text.
    """

    rule: str
    error: str


class Sanctioned(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A consequence that began, or (with `ended`) came to its end."""

    member: str
    kind: Step
    until: datetime | None = None
    case: int = 0
    ended: bool = False


class Decision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we do about one event. Equal inputs under equal `rules` and `engine` give equal bytes.

    `step`, `member`, `acted`: what it amounts to, for whom, by which rule. `obligations` opened;
    `settled` are keys
    of
    obligations met or cancelled. `said` are rules whose sentence was used (for `at_most`).
    """

    rules: str = ""
    engine: str = ""
    step: Step = Step.NONE
    member: str = ""
    acted: str = ""
    verdict: Verdict = Verdict()
    strikes: tuple[Strike, ...] = ()
    recounts: tuple[Recount, ...] = ()
    actions: tuple[AnyAction, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    settled: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    sanctions: tuple[Sanctioned, ...] = ()
    opened: tuple[Deadline, ...] = ()
    closed: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    braked: tuple[str, ...] = ()
    faults: tuple[RuleFault, ...] = ()
    clauses: tuple[str, ...] | None = None
