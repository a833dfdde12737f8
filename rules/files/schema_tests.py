"""The timeline tests of a rule file: who says what at what time, and what must come of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.files.refusals import ValueRefused
from rules.files.schema_types import (
    Cents,
    Id,
    KindWord,
    Length,
    Model,
    Moment,
    RoleWord,
    Switch,
    Text,
    Texts,
    choice,
    sentence,
    some,
    whole,
)
from rules.message import Kind, Role
from rules.phrases import phrase


class Step(Model):
    """One message, or `repeat` messages `every` so long, by several members in turn."""

    at: Moment = Field(description="when, on the file's clock; days count from d1")
    from_: Annotated[Texts, BeforeValidator(some)] = Field(
        alias="from", description="who; several take turns"
    )
    role: RoleWord = Field(default=Role.MEMBER, description="what they are in the group")
    newcomer: Switch = Field(default=False, description="they came in a minute before")
    text: Annotated[str, sentence("n")] = Field(
        default="", description="what is said; {n} counts from 1"
    )
    name: Text | None = Field(
        default=None, description="the name they take in the group, instead of saying something"
    )
    kind: KindWord = Field(default=Kind.TEXT, description="the kind of message")
    amount: Cents | None = Field(
        default=None, description="what is in a red packet; left out: cannot be seen"
    )
    parts: Annotated[int, whole(1, 10_000)] | None = Field(
        default=None, description="its parts; as amount"
    )
    repeat: Annotated[int, whole(1, 1000)] = Field(default=1, description="how many messages")
    every: Length = Field(default=timedelta(seconds=1), description="time between them")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        says = bool(self.text.strip()) or self.kind is not Kind.TEXT
        if self.name is not None and says:
            raise ValueRefused(
                phrase("a step is either a message or a name"), phrase("write two steps")
            )
        if self.name is None and not says:
            raise ValueRefused(phrase("a step needs a text, or a kind other than text"))
        return self


class Expect(Model):
    """One consequence; what is left out is not compared."""

    at: Moment | None = Field(default=None, description="when")
    rule: Id | None = Field(default=None, description="by which rule")
    do: Annotated[str, choice("notice", "ask", "warn", "mute", "remove")] | None = Field(
        default=None, description="what is done"
    )
    to: Text | None = Field(default=None, description="to whom")
    for_: Length | None = Field(default=None, alias="for", description="how long a mute is")
    confirm: Annotated[str, choice("admin", "never")] | None = Field(
        default=None, description="whether a removal waits for an admin"
    )


class Equivalent(Model):
    """A change of a rule that no test can notice, because it means the same."""

    mutant: Text = Field(description="the change, as `qunguan test --mutate` names it")
    reason: Text = Field(description="why no message tells the two apart")


class Timeline(Model):
    """A test: these steps must have exactly these consequences, in this order."""

    name: Text = Field(description="what it shows")
    platforms: tuple[Annotated[str, choice("telegram", "wechat")], ...] = Field(
        default=(),
        description="played in a group like those of each; none: one where everything can be done",
    )
    steps: Annotated[tuple[Step, ...], BeforeValidator(some)] = Field(
        description="what happens, in order of time"
    )
    expect: tuple[Expect, ...] = Field(description="what must come of it; `[]` for nothing")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        moments = [(step.at.day, step.at.time) for step in self.steps]
        if moments != sorted(moments):
            hint = phrase("put them in order; a time of the next day begins with d2")
            raise ValueRefused(phrase("the steps are not in order of time"), hint)
        return self
