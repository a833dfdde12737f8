"""A rule and a ruleset, compiled and ready to be asked. Reading them from a file is
`rules.files`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec import field as struct_field

from rules.conditions.base import Condition
from rules.conditions.clock import TimeOfDay
from rules.conditions.examples import Example
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
    """What follows at each level, how fast a level falls, and how long a burst counts once.

    `aggravations`: strikes more for what makes a breach worse, by name.
    """

    rungs: tuple[Rung, ...] = (
        Rung(do=Step.WARN),
        Rung(do=Step.MUTE, length=timedelta(days=1)),
        Rung(do=Step.MUTE, length=timedelta(days=7)),
        Rung(do=Step.MUTE, length=timedelta(days=15)),
        Rung(do=Step.REMOVE, confirm=True),
    )
    decay: timedelta = timedelta(days=30)
    burst: timedelta = timedelta(seconds=60)
    aggravations: dict[str, int] = struct_field(
        default_factory=lambda: {"minors": 2, "multi_account": 1, "evasion": 1}
    )


class Limits(Struct, frozen=True, kw_only=True):
    """Brakes on one rule in one group, over the last hour; None switches a limit off.

    Only established members count: whoever was there before the bot, or is no newcomer any more.
    `share_percent` is of the hour's messages, from 100 messages and 5 hits on.
    """

    per_hour: int | None = None
    share_percent: int | None = None
    established_members: int | None = 3
    same_member: int | None = None


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

    A rule with no strikes, no `delete`, no `ask` and no `say` only records. `aggravate` names what
    makes it worse; `start_level` is the level that a first breach reaches at least, 0: by its
    strikes alone.
    """

    strikes: int = 0
    aggravate: tuple[str, ...] = ()
    start_level: int = 0
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
    known (no newcomer), trusted; `on` holds message, name or both;
    `was` its former ids; `changed_at` the places (`file:line`) of what changed it in files that
    extend its own; `spares` what the operators' own files leave alone.

    `article` is the number of the clause that members read, 0 for none; `public` its sentence.
    """

    id: str
    title: str
    when: Condition
    was: tuple[str, ...] = ()
    then: Consequence = Consequence()
    why: str = ""
    owner: str = ""
    category: str = ""
    mode: Mode = Mode.ENFORCE
    article: int = 0
    public: str = ""
    on: tuple[str, ...] = ("message",)
    audience: str = "everyone"
    applies_to_staff: bool = False
    unless: Unless | None = None
    exception: Condition | None = None
    at_most: AtMost | None = None
    match: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    spares: tuple[Example, ...] = ()
    file: str = ""
    line: int = 0
    changed_at: tuple[str, ...] = ()
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


class Nickname(Struct, frozen=True, kw_only=True):
    """The format that names should have, and the operator's reminder, "" for the shipped one."""

    format: str
    say: str = ""


class Topic(Struct, frozen=True, kw_only=True):
    """A sentence said on schedule: `cron` in five fields, on the ruleset's clock."""

    id: str
    cron: str
    say: str


class AppliesTo(Struct, frozen=True, kw_only=True):
    """Which groups: by patterns of titles, ids and classes, on some platforms (empty: on all).

    If no group is named: all groups, or none at all, if it `is_class`: others extend it.
    """

    groups: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    is_class: bool = False

    @property
    def is_everywhere(self) -> bool:
        """Whether all groups are meant."""
        return not (self.groups or self.ids or self.classes or self.is_class)


class Searched(Struct, frozen=True, kw_only=True):
    """What the matchers of a ruleset were built of, by number: to build them again for several
    files.
    """

    words: tuple[tuple[str, ...], ...] = ()
    patterns: tuple[tuple[str, On], ...] = ()
    templates: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """All that one file (and what it extends) says. `digest` is of its meaning, 16 hex digits.

    `quiet`: when the bot starts nothing itself. `texts`: the file's own sentences, by their keys.
    """

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
    classes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ladder: Ladder = Ladder()
    limits: Limits = Limits()
    roles: Roles = Roles()
    quiet: TimeOfDay | None = None
    announces: bool = False
    greeting: Greeting | None = None
    nickname: Nickname | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    _places: dict[int | None, list[int]] = field(init=False, compare=False, repr=False)
    """Where the rules stand that need a trigger; under None those that need none."""

    def __post_init__(self) -> None:
        places: dict[int | None, list[int]] = {None: []}
        for place, rule in enumerate(self.rules):
            if rule.mode is not Mode.OFF:
                for trigger in (None,) if rule.triggers is None else rule.triggers:
                    places.setdefault(trigger, []).append(place)
        object.__setattr__(self, "_places", places)

    @property
    def judges_names(self) -> bool:
        """Whether any rule is on names."""
        return any("name" in rule.on for rule in self.rules)

    def concerned(self, triggers: frozenset[int]) -> list[Rule]:
        """The rules that may hold for a message with these triggers, in order; none that is off."""
        places = self._places[None]
        for trigger in triggers & self._places.keys():
            places = places + self._places[trigger]
        return [self.rules[place] for place in sorted(set(places))]

    def rule(self, rule: str) -> Rule | None:
        """The rule of that id, or else the one that had it formerly; None if none did."""
        named = (one for one in self.rules if one.id == rule)
        return next(named, None) or next((one for one in self.rules if rule in one.was), None)
