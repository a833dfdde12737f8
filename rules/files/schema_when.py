"""The conditions of a rule as its file writes them: one key each, nested with any, all and not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.conditions.pace import Per
from rules.conditions.patterns import On, compile_fault
from rules.conditions.score import MOST
from rules.files.chinese import english_word
from rules.files.refusals import ValueRefused
from rules.files.schema_types import (
    Clock,
    Kinds,
    Length,
    Model,
    NameFormat,
    Read,
    Text,
    Window,
    Word,
    choice,
    one_as_many,
    some,
    whole,
)
from rules.files.values import one_of_words, text
from rules.fold import RECENT_AT_MOST
from rules.phrases import phrase
from rules.recent import KEPT_AT_MOST

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLASSES = ("newcomer", "trusted", "member", "helper", "admin", "owner")

PerWord = Annotated[Per, choice("member", "group")]
Day = Annotated[int, Read(lambda text: DAYS.index(one_of_words(DAYS)(text)), " ".join(DAYS))]
Class = Annotated[str, choice(*CLASSES)]
AnyLink = Annotated[str, choice("any")]


def _for_re2(pattern: str) -> str:
    fault = compile_fault(text(pattern))
    if fault is not None:
        raise ValueRefused(phrase("this pattern cannot be used: {fault}", fault=fault))
    return pattern


class WordsWhen(Model):
    """Words of a list in what the member wrote. Also short: `words: [a word, another]`."""

    list_: Text | None = Field(default=None, alias="list", description="the name of a list")
    words: tuple[Word, ...] | None = Field(
        default=None, description="words, instead of the name of a list"
    )
    at_least: Annotated[int, whole(1, 100)] = Field(
        default=1, description="how many different words"
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.list_ is None) == (self.words is None):
            raise ValueRefused(phrase('expected either "list" or "words"'))
        return self


class RegexWhen(Model):
    """A pattern for RE2 (no lookaround, no backreference). Also short: `regex: "…"`."""

    pattern: Annotated[str, Read(_for_re2, "RE2")] = Field(
        description="the pattern; text is folded, so write it in lower case"
    )
    on: Annotated[On, choice("text", "letters", "raw")] = Field(
        default="text", description="folded text, its letters and digits only, or as it was written"
    )


class LikeWhen(Model):
    """A text that is like one of a list."""

    list_: Text = Field(alias="list", description="the name of a list of whole texts")
    at_least: Annotated[int, whole(50, 100)] = Field(
        default=80, description="how alike, in percent"
    )


class LinkWhen(Model):
    """A web address. `link: any` is any; every link of a message is judged."""

    in_: Text | None = Field(default=None, alias="in", description="the name of a list of hosts")
    not_in: Text | None = Field(
        default=None, description="the name of a list of hosts that are fine"
    )


class RateWhen(Model):
    """So many messages in so short a time, this one included; a run of pictures counts once."""

    messages: Annotated[int, whole(2, KEPT_AT_MOST)] = Field(description="how many")
    within: Window = Field(description="in how long, first to last")
    per: PerWord = Field(default="member", description="of one member, or of the whole group")
    kind: Kinds = Field(default=(), description="only messages of these kinds; none: all")

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.per == "member" and self.messages > RECENT_AT_MOST:
            hint = phrase("write fewer, or per: group")
            message = phrase(
                "of one member at most {most} messages are remembered", most=RECENT_AT_MOST
            )
            raise ValueRefused(message, hint)
        return self


class RepeatWhen(Model):
    """Nearly the same text again and again."""

    times: Annotated[int, whole(2, KEPT_AT_MOST)] = Field(
        description="how often, this one included"
    )
    within: Window = Field(description="in how long")
    similar: Annotated[int, whole(50, 100)] = Field(default=90, description="how alike, in percent")
    per: PerWord = Field(default="member", description="by one member, or by anybody in the group")
    min_length: Annotated[int, whole(0, 10_000)] = Field(
        default=0, description="shorter texts do not count"
    )


class WhoWhen(Model):
    """Who wrote. Also short: `who: newcomer`. What is written together must hold together."""

    is_: Annotated[
        tuple[Class, ...],
        BeforeValidator(one_as_many, json_schema_input_type=Class | tuple[Class, ...]),
    ] = Field(default=(), alias="is", description="one of these")
    joined_less_than: Length | None = Field(default=None, description="came in less than this ago")
    messages_fewer_than: Annotated[int, whole(1, 100_000)] | None = Field(
        default=None, description="has written less"
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueRefused(phrase("expected is, joined_less_than or messages_fewer_than"))
        return self


class TimeWhen(Model):
    """A time of day on the file's clock, from the first up to the second; it may pass midnight.

    Two equal times are the whole day.
    """

    between: tuple[Clock, Clock] = Field(description='`["23:00", "07:00"]`')
    days: tuple[Day, ...] = Field(
        default=(), description="only on these days; none written: every day"
    )


class LengthWhen(Model):
    """How long the text is, in characters."""

    at_least: Annotated[int, whole(1, 100_000)] | None = Field(
        default=None, description="as long or longer"
    )
    at_most: Annotated[int, whole(0, 100_000)] | None = Field(
        default=None, description="as long or shorter"
    )

    @model_validator(mode="after")
    def _some_length(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueRefused(phrase("expected at_least or at_most"))
        return self


def _short(key: str, *kinds: type) -> Callable[[object], object]:
    """Reads what is written in place of a condition: the value of its first key alone."""
    return lambda value: {key: value} if isinstance(value, kinds) else value


def _link(value: object) -> object:
    if isinstance(value, str) and english_word(value, ("any",)) == "any":
        return LinkWhen()
    is_list = isinstance(value, dict) and len(value) == 1
    is_wrong_key = isinstance(value, dict) and not value.keys() <= {"in", "not_in"}
    if is_list or is_wrong_key:
        return value
    raise ValueRefused(phrase('expected "any", "in: a list" or "not_in: a list"'))


class NicknameWhen(Model):
    """A name in the group that is in a format. Also short: `nickname: 名称-地区-职业`."""

    format: NameFormat = Field(description="the parts in their order, as an example of them")


class SignalWhen(Model):
    """One signal of a score."""

    name: Text = Field(description="what admins read when it counted")
    when: When = Field(description="what it is: a condition")
    weight: Annotated[int, whole(1, 100)] = Field(description="how much it counts")
    cap: Annotated[int, whole(1, 100)] | None = Field(
        default=None,
        description="it counts for each place found, up to this; none: once",
    )

    @model_validator(mode="after")
    def _holds_its_weight(self) -> Self:
        if self.cap is not None and self.cap < self.weight:
            hint = phrase("raise the cap, or lower the weight")
            message = phrase(
                "a cap of {cap} is less than the weight of {weight}",
                cap=self.cap,
                weight=self.weight,
            )
            raise ValueRefused(message, hint)
        return self


class ScoreWhen(Model):
    """Signals that are added up; it stands alone, or under `all`."""

    signals: Annotated[tuple[SignalWhen, ...], BeforeValidator(some)] = Field(
        description="what counts, and how much"
    )
    review: Annotated[int, whole(1, MOST)] | None = Field(
        default=None, description="from this score on an admin is asked; none: nobody is"
    )
    block: Annotated[int, whole(1, MOST)] = Field(description="from this score on the rule acts")

    @model_validator(mode="after")
    def _in_reach(self) -> Self:
        highest = sum(one.weight if one.cap is None else one.cap for one in self.signals)
        if self.review is not None and self.review >= self.block:
            hint = phrase("lower review, or raise block")
            message = phrase(
                "review at {review} is not below block at {block}",
                review=self.review,
                block=self.block,
            )
            raise ValueRefused(message, hint)
        if highest < self.block:
            hint = phrase("lower block, or raise a weight or a cap")
            message = phrase(
                "all signals together reach {highest}, never {block}",
                highest=highest,
                block=self.block,
            )
            raise ValueRefused(message, hint)
        return self


class When(Model):
    """One condition: exactly one of these keys."""

    any_: tuple[When, ...] | None = Field(
        default=None, alias="any", description="at least one of them holds"
    )
    all_: tuple[When, ...] | None = Field(default=None, alias="all", description="all of them hold")
    not_: When | None = Field(default=None, alias="not", description="it does not hold")
    words: Annotated[
        WordsWhen | None,
        BeforeValidator(_short("words", list), json_schema_input_type=WordsWhen | tuple[Word, ...]),
    ] = None
    regex: Annotated[
        RegexWhen | None,
        BeforeValidator(_short("pattern", str), json_schema_input_type=RegexWhen | str),
    ] = None
    like: LikeWhen | None = None
    link: Annotated[
        LinkWhen | None, BeforeValidator(_link, json_schema_input_type=LinkWhen | AnyLink)
    ] = None
    kind: Kinds | None = Field(default=None, description="a message of one of these kinds")
    rate: RateWhen | None = None
    repeat: RepeatWhen | None = None
    who: Annotated[
        WhoWhen | None,
        BeforeValidator(
            _short("is", str, list), json_schema_input_type=WhoWhen | Class | tuple[Class, ...]
        ),
    ] = None
    time: TimeWhen | None = None
    length: LengthWhen | None = None
    nickname: Annotated[
        NicknameWhen | None,
        BeforeValidator(_short("format", str), json_schema_input_type=NicknameWhen | str),
    ] = None
    score: ScoreWhen | None = None
    sign: Text | None = Field(default=None, description="a condition of the section `signs`")


# It is defined before what it holds: until it is built again, its keys lead nowhere.
SignalWhen.model_rebuild()

WHEN_KEYS = tuple(field.alias or name for name, field in When.model_fields.items())
"""The keys of a condition, as files write them."""
