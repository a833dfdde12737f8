"""The sections of a rule file beside its rules: welcomes, newcomers, names, quiet hours, topics."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.files import sentences
from rules.files.refusals import ValueRefused
from rules.files.schema_types import (
    Clock,
    Cron,
    Id,
    Kinds,
    Length,
    Model,
    NameFormat,
    Read,
    Switch,
    Texts,
    Window,
    choice,
    sentence,
    some,
    whole,
)
from rules.phrases import phrase

NEWCOMER = ("names", "newcomer", "新人", "name", "member", "成员", "n", "about")


class Greeting(Model):
    """The welcome. Those who come in close together are welcomed together."""

    say: Annotated[str, sentence(*NEWCOMER)] = Field(
        default="", description="the sentence; none: the shipped one"
    )
    about: str = Field(default="", description="what the group is for, within the shipped sentence")
    window: Window = Field(
        default=timedelta(seconds=30), description="joins within this time are one welcome"
    )


class Quiet(Model):
    """When the bot starts nothing itself, on the file's clock; it may pass midnight."""

    between: tuple[Clock, Clock] = Field(description='`["23:00", "07:00"]`')

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.between[0].time == self.between[1].time:
            hint = phrase("leave the section out, or set mode: off")
            raise ValueRefused(
                phrase("these quiet hours begin when they end: they would never end"), hint
            )
        return self


class Nickname(Model):
    """The names that members should have in the group. Others are reminded, and no more."""

    format: NameFormat = Field(description="the parts in their order, as an example of them")
    say: Annotated[str, sentence("format")] = Field(
        default="", description="the reminder, once a week at most; none: the shipped one"
    )


class Question(Model):
    """One question to a newcomer: an open one, one with choices, or one that asks for a code."""

    id: Id = Field(description="a short name that stays; the answer is kept as a tag of this name")
    ask: Annotated[str, sentence("name", "member", "成员", "newcomer", "新人")] = Field(
        description="the question"
    )
    choices: Texts = Field(default=(), description="the answers there are; none: any")
    code: Texts = Field(default=(), description="what lets somebody in; none: any answer")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.choices and self.code:
            raise ValueRefused(
                phrase("a question has either choices or a code"), phrase("leave one out")
            )
        return self


class Questions(Model):
    """What newcomers are asked."""

    ask: Annotated[tuple[Question, ...], BeforeValidator(some)] = Field(
        description="the questions, in their order"
    )
    before_entry: Switch = Field(
        default=True, description="asked before somebody is let in, where the platform can"
    )
    within: Length = Field(
        default=timedelta(days=1), description="an answer later than this is no answer"
    )


class Probation(Model):
    """What waits for an admin as long as somebody is on probation."""

    for_: Length = Field(
        default=timedelta(hours=24), alias="for", description="how long it lasts at most"
    )
    messages: Annotated[int, whole(1, 1000)] = Field(
        default=5, description="it ends with so many messages that were fine"
    )
    links: Switch = Field(default=True, description="web addresses wait")
    kinds: Kinds = Field(default=(), description="messages of these kinds wait")


class FollowUp(Model):
    """What is said when a topic has been talked about."""

    after: Length = Field(description="how long after the topic")
    say: Annotated[str, Read(sentences.said, "text")] = Field(description="the sentence")


class Topic(Model):
    """A sentence said on schedule."""

    id: Id = Field(description="a short name that stays")
    at: Cron = Field(
        description="when: minute, hour, day, month, day of the week, on the file's clock"
    )
    say: Annotated[str, Read(sentences.said, "text")] = Field(description="the sentence")
    or_say: tuple[Annotated[str, Read(sentences.said, "text")], ...] = Field(
        default=(), description="other sentences that take turns with it"
    )
    follow_up: FollowUp | None = Field(default=None, description="what is said some time later")
    skip: Annotated[str, choice("quiet_group", "never")] = Field(
        default="never", description="quiet_group: left out where nobody talked since the last one"
    )
