"""A rule and a ruleset, compiled and ready to be asked. Reading them from a file is
`rules.files`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.conditions.base import Condition
from rules.conditions.matchers import Matchers, On
from rules.conditions.triggers import triggers_of
from rules.decision import Mode, Step
from rules.message import Role
from rules.obligations import FollowUp


class Rung(Struct, frozen=True, kw_only=True):
    """One step of the ladder. `confirm`: an admin has to tap before it is done."""

    do: Step
    length: timedelta | None = None
    confirm: bool = False


class Ladder(Struct, frozen=True, kw_only=True):
    """What follows at each level, how fast a level falls, and how long a burst counts once."""

    rungs: tuple[Rung, ...] = (
        Rung(do=Step.WARN),
        Rung(do=Step.MUTE, length=timedelta(days=1)),
        Rung(do=Step.MUTE, length=timedelta(days=7)),
        Rung(do=Step.MUTE, length=timedelta(days=15)),
        Rung(do=Step.REMOVE, confirm=True),
    )
    decay: timedelta = timedelta(days=30)
    burst: timedelta = timedelta(seconds=60)


class Limits(Struct, frozen=True, kw_only=True):
    """Brakes on one rule in one group, over the last hour; None switches a limit off.

    Only established members count: whoever was there before the bot, or is no newcomer any more.
    `share_percent` is of the hour's messages, from 100 messages and 5 hits on.
    """

    per_hour: int | None = None
    share_percent: int | None = None
    established_members: int | None = 3


class Roles(Struct, frozen=True, kw_only=True):
    """Who is never judged, who is new (a join was seen less than `newcomer_for` ago), who is
    trusted.
    """

    exempt: tuple[Role, ...] = (Role.OWNER, Role.ADMIN, Role.BOT)
    newcomer_for: timedelta = timedelta(hours=24)
    trusted_after: timedelta = timedelta(days=30)
    clean_for: timedelta = timedelta(days=30)


class Consequence(Struct, frozen=True, kw_only=True):
    """What a breach costs. `say` is an operator's own sentence, "" for the shipped one.

    A rule with no strikes, no `delete`, no `ask` and no `say` only records.
    """

    strikes: int = 0
    delete: bool = False
    say: str = ""
    ask: bool = False
    notify: bool = False


class Unless(Struct, frozen=True, kw_only=True):
    """What forgives a breach in time. `if_unverifiable`: ask, allow or act. `say`: the reminder at
    once.
    """

    follow_up: FollowUp
    if_unverifiable: str = "ask"
    say: str = ""


class AtMost(Struct, frozen=True, kw_only=True):
    """How often a rule may speak in a group."""

    times: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as its file says it. `line` is where it stands; `audience` everyone, newcomer,
    trusted.
    """

    id: str
    title: str
    when: Condition
    then: Consequence = Consequence()
    why: str = ""
    owner: str = ""
    mode: Mode = Mode.ENFORCE
    audience: str = "everyone"
    applies_to_staff: bool = False
    unless: Unless | None = None
    exception: Condition | None = None
    at_most: AtMost | None = None
    match: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    triggers: frozenset[int] | None = field(init=False, default=None, compare=False)
    """What a message must have for `when` to hold: `rules.conditions.triggers`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "triggers", triggers_of(self.when))


class Greeting(Struct, frozen=True, kw_only=True):
    """The welcome. `say` is the operator's sentence, "" for the shipped one; joins in `window` are
    merged.
    """

    say: str = ""
    about: str = ""
    window: timedelta = timedelta(seconds=30)


class Topic(Struct, frozen=True, kw_only=True):
    """A sentence said on schedule: `cron` in five fields, on the ruleset's clock."""

    id: str
    cron: str
    say: str


class AppliesTo(Struct, frozen=True, kw_only=True):
    """Which groups: shell patterns of titles (empty: all), and platforms (empty: all)."""

    groups: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


class Searched(Struct, frozen=True, kw_only=True):
    """What the matchers of a ruleset were built of, by number: to build them again for several
    files.
    """

    words: tuple[tuple[str, ...], ...] = ()
    patterns: tuple[tuple[str, On], ...] = ()
    templates: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """All that one file (and what it extends) says. `digest` is of its meaning, 16 hex digits."""

    name: str
    rules: tuple[Rule, ...]
    matchers: Matchers
    digest: str
    searched: Searched = Searched()
    title: str = ""
    owner: str = ""
    locale: str = "zh-CN"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    mode: Mode = Mode.SHADOW
    applies_to: AppliesTo = AppliesTo()
    ladder: Ladder = Ladder()
    limits: Limits = Limits()
    roles: Roles = Roles()
    greeting: Greeting | None = None
    topics: tuple[Topic, ...] = ()

    def rule(self, rule: str) -> Rule | None:
        """The rule of that id, or None."""
        return next((one for one in self.rules if one.id == rule), None)
