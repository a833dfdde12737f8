"""A whole rule file as pydantic reads it. How its parts fit together is `rules.files.lint`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from rules.decision import Mode
from rules.files.schema_ladder import Ladder, Limits
from rules.files.schema_rule import Rule
from rules.files.schema_sections import Greeting, Nickname, Probation, Questions, Quiet, Topic
from rules.files.schema_tests import Equivalent, Timeline
from rules.files.schema_texts import Sentences
from rules.files.schema_types import (
    Day,
    Id,
    Length,
    Model,
    ModeWord,
    StaffWord,
    Texts,
    Word,
    Zone,
    choice,
)
from rules.files.schema_when import When
from rules.message import Role


class AppliesTo(Model):
    """Which groups the file governs; all, if no group, id or class is named. Of several files that
    fit the most exact wins: an id, a whole title, a longer pattern, a class, all.
    """

    groups: Texts = Field(default=(), description="titles, `*` stands for anything")
    ids: Texts = Field(default=(), description="groups by their id, whatever their title is")
    classes: Texts = Field(
        default=(), description="sets of groups that some file of the home names"
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
    """Who is never judged, who is new, who is trusted, and who helps."""

    exempt: tuple[StaffWord, ...] = Field(
        default=(Role.OWNER, Role.ADMIN, Role.BOT),
        description="never judged, unless a rule says so",
    )
    trusted: Trusted = Field(default=Trusted(), description="who is trusted")
    newcomer: Newcomer = Field(default=Newcomer(), description="who is new")
    admins: Texts = Field(default=(), description="who may answer; each is asked in person first")
    helpers: Texts = Field(
        default=(), description="who may remind and mute for a day; each is asked in person first"
    )


class RuleFile(Model):
    """One rule file."""

    schema_: Annotated[str, choice("1")] = Field(
        default="1", alias="schema", description="the format"
    )
    pack: Id = Field(description="the name of the file's rules")
    title: str = Field(default="", description="what people call it")
    why: str = Field(default="", description="what it is for")
    owner: str = Field(default="", description="who answers for this file")
    version: str = Field(default="", description="what its author calls this state of it")
    since: Day | None = Field(default=None, description="from which day it is meant to hold")
    locale: Annotated[str, choice("zh-CN", "en")] = Field(
        default="zh-CN", description="the language spoken"
    )
    timezone: Zone = Field(
        default=ZoneInfo("Asia/Shanghai"), description="the clock of times of day"
    )
    applies_to: AppliesTo = Field(default=AppliesTo(), description="which groups it governs")
    class_: Id | None = Field(
        default=None,
        alias="class",
        description="files of this kind of group extend it by this name; "
        "without `applies_to` it governs none itself",
    )
    classes: dict[str, Texts] = Field(
        default={}, description="sets of groups by name: their titles, as in `applies_to`"
    )
    mode: ModeWord = Field(default=Mode.SHADOW, description="how far it may go")
    extends: Texts = Field(
        default=(), description="packs, classes and files of the home that this one changes"
    )
    lists: dict[str, tuple[Word, ...]] = Field(
        default={}, description="words, texts and hosts, by name"
    )
    signs: dict[str, When] = Field(
        default={}, description="conditions by name, for those that several rules share"
    )
    roles: Roles = Field(
        default=Roles(), description="who is never judged, who is new, who is trusted"
    )
    ladder: Ladder = Field(default=Ladder(), description="what follows at each level")
    limits: Limits = Field(default=Limits(), description="brakes on the bot itself")
    rules: tuple[Rule, ...] = Field(default=(), description="the rules")
    pass_: Texts = Field(
        default=(), alias="pass", description="messages that every rule must leave alone"
    )
    admin_chat: str = Field(default="", description="the title of the group that the admins read")
    quiet: Quiet | None = Field(
        default=None, description="when the bot starts nothing itself; none: it always may"
    )
    announce: Annotated[str, choice("changes", "never")] = Field(
        default="never", description="changes: the group hears once, by day, what is new in 群规"
    )
    greeting: Greeting | None = Field(
        default=None, description="the welcome; none: nobody is welcomed"
    )
    questions: Questions | None = Field(default=None, description="what newcomers are asked")
    probation: Probation | None = Field(default=None, description="what newcomers wait for")
    nickname: Nickname | None = Field(
        default=None, description="the names in the group; none: any name is fine"
    )
    topics: tuple[Topic, ...] = Field(default=(), description="sentences on schedule")
    texts: Sentences = Field(
        default=Sentences(), description="sentences in place of the shipped ones"
    )
    tests: tuple[Timeline, ...] = Field(default=(), description="timeline tests")
    equivalent: tuple[Equivalent, ...] = Field(
        default=(), description="changes of rules that mean the same: no test can notice them"
    )
