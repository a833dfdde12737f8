"""What follows a breach: the ladder with its severities and aggravations, and the brakes."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.files.refusals import ValueRefused
from rules.files.schema_types import (
    CountOrOff,
    Length,
    Model,
    Read,
    ShareOrOff,
    choice,
    some,
    whole,
)
from rules.files.values import one_of_words
from rules.phrases import Word, phrase

SPEAKS_IS_NO_BREACH = phrase(
    "talking during a rest is no breach: the member is told once until when, "
    "and only a new breach counts"
)
AGGRAVATIONS = ("minors", "multi_account", "evasion")
Extra = Annotated[int, whole(0, 100)]


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
            raise ValueRefused(
                phrase("a mute needs a length"), phrase("write for: 1d beside do: mute")
            )
        if self.do != "mute" and self.for_ is not None:
            raise ValueRefused(
                phrase("{do} has no length", do=Word(self.do)), phrase("only a mute has one")
            )
        if self.confirm is not None and self.do != "remove":
            raise ValueRefused(
                phrase("{do} is never confirmed", do=Word(self.do)), phrase("only a removal is")
            )
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
    remove: tuple[Annotated[str, choice("ask_owner")], ...] = Field(
        default=("ask_owner",),
        description="ask_owner: the admins are told whom the group's owner has to remove",
    )


class Aggravations(Model):
    """Strikes more for what makes a breach worse, where a rule names it in `then.aggravate`."""

    minors: Extra = Field(default=2, description="it harms children: the rule is about that")
    multi_account: Extra = Field(default=1, description="by an account of somebody known")
    evasion: Extra = Field(
        default=1,
        description="written so as not to be found: with invisible characters, separators or "
        "look-alike letters",
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
    aggravations: Aggravations = Field(
        default=Aggravations(), description="strikes more for what makes a breach worse"
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
    same_member: CountOrOff = Field(
        default=None, description="acts against one and the same established member"
    )
