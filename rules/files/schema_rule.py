"""A rule as its file writes it: when it applies, to whom, what forgives it, and what it costs."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.decision import Mode
from rules.files.refusals import ValueRefused
from rules.files.schema_ladder import AGGRAVATIONS
from rules.files.schema_types import (
    Day,
    Id,
    KindWord,
    LeastCents,
    LeastCount,
    Length,
    Model,
    ModeWord,
    Pace,
    Rung,
    Switch,
    Text,
    Texts,
    choice,
    one_as_many,
    sentence,
    some,
    whole,
)
from rules.files.schema_when import When
from rules.message import Kind
from rules.phrases import Key, Word, phrase

NAMES = ("member", "name", "成员", "title")

SEVERITIES = {"low": 1, "mid": 2, "high": 4}
"""Strikes by severity; critical is the number of the ladder's steps."""

On = Literal["message", "name"]
OnWord = Annotated[On, choice("message", "name")]
Aggravation = Annotated[str, choice(*AGGRAVATIONS)]

MONEY = (Kind.RED_PACKET, Kind.TRANSFER)


class FollowedBy(Model):
    """What has to follow, and in what time."""

    kind: KindWord = Field(description="the kind of message")
    from_: Annotated[str, choice("same_member", "anybody")] = Field(
        default="same_member", alias="from", description="who has to send it"
    )
    within: Length = Field(description="until when, counted from the breach")
    amount: LeastCents | None = Field(
        default=None, description="the least amount, of red packets and transfers"
    )
    parts: LeastCount | None = Field(
        default=None, description="the least number of parts, of red packets"
    )

    @model_validator(mode="after")
    def _has_money(self) -> Self:
        if self.amount is not None and self.kind not in MONEY:
            message = phrase(
                "there is no amount in a message of the kind {kind}", kind=Word(self.kind)
            )
            raise ValueRefused(message, phrase("leave amount out"))
        if self.parts is not None and self.kind is not Kind.RED_PACKET:
            message = phrase(
                "there are no parts in a message of the kind {kind}", kind=Word(self.kind)
            )
            raise ValueRefused(message, phrase("leave parts out"))
        return self


class Unless(Model):
    """What forgives a breach if it comes in time."""

    followed_by: FollowedBy = Field(description="what has to follow")
    if_unverifiable: Annotated[str, choice("ask", "allow", "act")] = Field(
        default="ask", description="what then, if the platform does not show enough of it"
    )
    say: Annotated[str, sentence(*NAMES, "left")] = Field(
        default="",
        description="said at once, so that nobody is surprised later; {left} is the time there is",
    )


class Then(Model):
    """What a breach costs. Without strikes, delete, ask and say the rule only records."""

    strikes: Annotated[int, whole(0, 100)] = Field(
        default=0, description="steps up the ladder; 0: none"
    )
    severity: Annotated[str, choice(*SEVERITIES, "critical")] | None = Field(
        default=None,
        description="how grave it is, in place of strikes: 1, 2, 4, or at once the last step",
    )
    aggravate: Annotated[
        tuple[Aggravation, ...],
        BeforeValidator(one_as_many, json_schema_input_type=Aggravation | tuple[Aggravation, ...]),
    ] = Field(
        default=(), description="what makes it worse: strikes more, as `ladder.aggravations` says"
    )
    start_at: Rung | None = Field(
        default=None, description="the step that a first breach begins with: its number, or itself"
    )
    delete: Switch = Field(
        default=False, description="take the message away, where that is possible"
    )
    say: Annotated[str, sentence(*NAMES)] = Field(
        default="", description="said with a warning, or with a notice where there are no strikes"
    )
    ask: Switch = Field(default=False, description="ask the admins before anything is done")
    notify: Annotated[str, choice("admins")] = Field(default="", description="tell the admins")
    at_most: Pace | None = Field(
        default=None, description="how often the notice is said in a group"
    )

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if self.severity is not None and "strikes" in self.model_fields_set:
            raise ValueRefused(
                phrase("a breach has either strikes or a severity"), phrase("leave one out")
            )
        if not self.counts and (self.aggravate or self.start_at is not None):
            key = "aggravate" if self.aggravate else "start_at"
            hint = phrase("write strikes or a severity beside it")
            raise ValueRefused(
                phrase("nothing is counted here, so {key} has no effect", key=Key(key)), hint
            )
        return self

    @property
    def counts(self) -> bool:
        """Whether a breach counts at all."""
        return self.severity is not None or self.strikes > 0


class Rule(Model):
    """One rule. Every rule is asked about every message; the gravest wins, then the first."""

    id: Id = Field(description="a short name that stays; decisions and tests name the rule by it")
    was: tuple[Id, ...] = Field(
        default=(),
        description="its former ids: strikes, brakes and tests that know it by them go on",
    )
    title: Text = Field(description="the rule as members read it")
    why: str = Field(default="", description="what it is for")
    owner: str = Field(default="", description="who answers for it")
    since: Day | None = Field(default=None, description="from which day it is meant to hold")
    category: Id | None = Field(
        default=None, description="what kind of rule it is: ads, fraud, flood; a `use:` may name it"
    )
    article: Annotated[int, whole(1, 100)] | None = Field(
        default=None, description="the number of the public clause that members read"
    )
    public: str = Field(
        default="", description="the public clause; none: the title. It stands with an article"
    )
    known_false: Texts = Field(default=(), description="what it is known to hit by mistake")
    mode: ModeWord = Field(
        default=Mode.ENFORCE, description="how far it may go, never harder than its file"
    )
    for_: Annotated[str, choice("everyone", "newcomer", "known", "trusted")] = Field(
        default="everyone", alias="for", description="whom it concerns; known: who is no newcomer"
    )
    on: Annotated[
        tuple[OnWord, ...],
        BeforeValidator(one_as_many, json_schema_input_type=OnWord | tuple[OnWord, ...]),
        BeforeValidator(some),
    ] = Field(
        default=("message",),
        description="what it judges: messages and edits, or names of those who join or rename",
    )
    applies_to_staff: Switch = Field(
        default=False, description="also to those whom `roles.exempt` names"
    )
    when: When = Field(description="what it is about: a condition")
    except_: When | None = Field(
        default=None, alias="except", description="what is fine all the same: a condition"
    )
    unless: Unless | None = Field(default=None, description="what forgives a breach in time")
    then: Then = Field(description="what a breach costs")
    match: Texts = Field(default=(), description="messages that it must hit")
    pass_: Texts = Field(default=(), alias="pass", description="messages that it must leave alone")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.public and self.article is None:
            raise ValueRefused(
                phrase("a public clause needs its number"), phrase("write article: 1 beside it")
            )
        if "name" in self.on and (self.unless is not None or self.then.delete):
            key = "unless" if self.unless is not None else "then.delete"
            hint = phrase("leave {key} out, or name out of on", key=Key(key))
            raise ValueRefused(
                phrase("a name is no message: {key} has no sense for it", key=Key(key)), hint
            )
        return self
