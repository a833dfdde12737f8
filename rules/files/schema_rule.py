"""A rule as its file writes it: when it applies, to whom, what forgives it, and what it costs."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from rules.decision import Mode
from rules.files.schema_types import (
    Id,
    KindWord,
    LeastCents,
    LeastCount,
    Length,
    Model,
    ModeWord,
    Pace,
    Switch,
    Text,
    Texts,
    choice,
    sentence,
    whole,
)
from rules.files.schema_when import When
from rules.files.values import ValueRefused
from rules.message import Kind

NAMES = ("member", "name", "成员", "title")

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
            raise ValueRefused(f"there is no amount in a message of the kind {self.kind}")
        if self.parts is not None and self.kind is not Kind.RED_PACKET:
            raise ValueRefused(f"there are no parts in a message of the kind {self.kind}")
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


class Rule(Model):
    """One rule. Every rule is asked about every message; the gravest wins, then the first."""

    id: Id = Field(description="a short name that stays; decisions and tests name the rule by it")
    title: Text = Field(description="the rule as members read it")
    why: str = Field(default="", description="what it is for")
    owner: str = Field(default="", description="who answers for it")
    mode: ModeWord = Field(
        default=Mode.ENFORCE, description="how far it may go, never harder than its file"
    )
    for_: Annotated[str, choice("everyone", "newcomer", "trusted")] = Field(
        default="everyone", alias="for", description="whom it concerns"
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
