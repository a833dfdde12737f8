"""A whole rule file as pydantic reads it. How its parts fit together is `rules.files.lint`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from rules.decision import Mode
from rules.files import values
from rules.files.schema_rule import Rule
from rules.files.schema_tests import Timeline
from rules.files.schema_types import (
    CountOrOff,
    Cron,
    Id,
    Length,
    Model,
    ModeWord,
    Read,
    ShareOrOff,
    StaffWord,
    Texts,
    Window,
    Word,
    Zone,
    choice,
    sentence,
    some,
)
from rules.files.values import ValueRefused, one_of_words
from rules.message import Role

SPEAKS_IS_NO_BREACH = (
    "talking during a rest is no breach: the member is told once until when, "
    "and only a new breach counts"
)


class AppliesTo(Model):
    """Which groups the file governs. Of several files that fit the most exact title wins."""

    groups: Texts = Field(
        default=(), description="titles, `*` stands for anything; none: all groups"
    )
    platforms: tuple[Annotated[str, choice("telegram", "wechat")], ...] = Field(
        default=(), description="none: all platforms"
    )


class Trusted(Model):
    """Who is trusted: long here, and long without a breach."""

    member_for: Length = Field(default=timedelta(days=30), description="here for this long")
    clean_for: Length = Field(
        default=timedelta(days=30), description="without a strike for this long"
    )


class Newcomer(Model):
    """Who is new. Whoever was there before the bot never is."""

    member_for_less_than: Length = Field(
        default=timedelta(hours=24), description="came in less than this ago"
    )


class Roles(Model):
    """Who is never judged, who is new and who is trusted."""

    exempt: tuple[StaffWord, ...] = Field(
        default=(Role.OWNER, Role.ADMIN, Role.BOT),
        description="never judged, unless a rule says so",
    )
    trusted: Trusted = Field(default=Trusted(), description="who is trusted")
    newcomer: Newcomer = Field(default=Newcomer(), description="who is new")


class LadderStep(Model):
    """One step: warn, mute for a time, or remove."""

    do: Annotated[str, choice("warn", "mute", "remove")] = Field(description="what is done")
    for_: Length | None = Field(default=None, alias="for", description="how long a mute is")
    confirm: Annotated[str, choice("admin", "never")] | None = Field(
        default=None, description="whether a removal waits for an admin; it does if nothing is said"
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.do == "mute" and self.for_ is None:
            raise ValueRefused("a mute needs a length", "write for: 1d beside do: mute")
        if self.do != "mute" and self.for_ is not None:
            raise ValueRefused(f"{self.do} has no length", "only a mute has one")
        if self.confirm is not None and self.do != "remove":
            raise ValueRefused(f"{self.do} is never confirmed", "only a removal is")
        return self


class Decay(Model):
    """How a level falls."""

    one_step_per: Length = Field(
        default=timedelta(days=30), description="one level less per clean time of this"
    )


class WhenNotPossible(Model):
    """What is done where a platform cannot do it."""

    mute: tuple[Annotated[str, Read(one_of_words(("rest",), SPEAKS_IS_NO_BREACH), "rest")], ...] = (
        Field(
            default=("rest",),
            description="rest: a term that is announced once and kept; talking is no breach",
        )
    )
    delete: tuple[Annotated[str, choice("notice")], ...] = Field(
        default=("notice",), description="notice: only the sentence is said"
    )


class Ladder(Model):
    """What follows at each level of a member. A level rises by strikes."""

    steps: Annotated[tuple[LadderStep, ...] | None, BeforeValidator(some)] = Field(
        default=None, description="from level 1 up; above the last the last one holds"
    )
    decay: Decay = Field(default=Decay(), description="how a level falls")
    burst: Length = Field(
        default=timedelta(seconds=60), description="breaches within this time count once"
    )
    when_not_possible: WhenNotPossible = Field(
        default=WhenNotPossible(), description="what is done where a platform cannot do it"
    )


class Limits(Model):
    """Brakes: what is too much for one rule in one group and hour; beyond it it only watches."""

    enforcements_per_hour: CountOrOff = Field(
        default=None, description="acts against established members"
    )
    share_of_messages: ShareOrOff = Field(
        default=None, description="acts by messages, from 100 messages and 5 hits on"
    )
    established_members: CountOrOff = Field(
        default=3, description="different established members hit"
    )


class Greeting(Model):
    """The welcome. Those who come in close together are welcomed together."""

    say: Annotated[
        str, sentence("names", "newcomer", "新人", "name", "member", "成员", "n", "about")
    ] = Field(default="", description="the sentence; none: the shipped one")
    about: str = Field(default="", description="what the group is for, within the shipped sentence")
    window: Window = Field(
        default=timedelta(seconds=30), description="joins within this time are one welcome"
    )


class Topic(Model):
    """A sentence said on schedule."""

    id: Id = Field(description="a short name that stays")
    at: Cron = Field(
        description="when: minute, hour, day, month, day of the week, on the file's clock"
    )
    say: Annotated[str, Read(values.said, "text")] = Field(description="the sentence")


class RuleFile(Model):
    """One rule file."""

    schema_: Annotated[str, choice("1")] = Field(
        default="1", alias="schema", description="the format"
    )
    pack: Id = Field(description="the name of the file's rules")
    title: str = Field(default="", description="what people call it")
    owner: str = Field(default="", description="who answers for this file")
    locale: Annotated[str, choice("zh-CN", "en")] = Field(
        default="zh-CN", description="the language spoken"
    )
    timezone: Zone = Field(
        default=ZoneInfo("Asia/Shanghai"), description="the clock of times of day"
    )
    applies_to: AppliesTo = Field(default=AppliesTo(), description="which groups it governs")
    mode: ModeWord = Field(default=Mode.SHADOW, description="how far it may go")
    extends: Texts = Field(
        default=(), description="shipped packs, whose rules and lists come first"
    )
    lists: dict[str, tuple[Word, ...]] = Field(
        default={}, description="words, texts and hosts, by name"
    )
    roles: Roles = Field(
        default=Roles(), description="who is never judged, who is new, who is trusted"
    )
    ladder: Ladder = Field(default=Ladder(), description="what follows at each level")
    limits: Limits = Field(default=Limits(), description="brakes on the bot itself")
    rules: tuple[Rule, ...] = Field(default=(), description="the rules")
    greeting: Greeting | None = Field(
        default=None, description="the welcome; none: nobody is welcomed"
    )
    topics: tuple[Topic, ...] = Field(default=(), description="sentences on schedule")
    tests: tuple[Timeline, ...] = Field(default=(), description="timeline tests")
