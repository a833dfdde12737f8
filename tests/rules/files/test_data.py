"""The errors of models back to faults: one for each mistake, in plain words, at its place."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticCustomError

from rules.files.data import faults_of, plain
from rules.files.faults import Fault
from rules.files.nodes import Node, read
from rules.files.refusals import ValueRefused
from rules.phrases import phrase


class Strict(BaseModel):
    """No key but those named."""

    model_config = ConfigDict(extra="forbid")


class Words(Strict):
    """A condition."""

    list_: str = Field(alias="list")
    at_least: int = Field(1, ge=1, le=9)


class Link(Strict):
    """Another condition."""

    not_in: str


class AskedWords(Strict):
    """A condition under its key."""

    words: Words


class AskedLink(Strict):
    """Another condition under its key."""

    link: Link


class Warn(Strict):
    """A step."""

    do: Literal["warn"]


class Mute(Strict):
    """Another step."""

    do: Literal["mute"]
    for_: str = Field(alias="for")


def first_key(value: object) -> str | None:
    """The first key of a mapping."""
    return next(iter(value), None) if isinstance(value, dict) else None


When = Annotated[
    Annotated[AskedWords, Tag("words")] | Annotated[AskedLink, Tag("link")],
    Discriminator(first_key),
]
Name = Annotated[str, StringConstraints(pattern="^[a-z]+$", max_length=5)]


class Sample(Strict):
    """Every shape that rule files have."""

    when: When | None = None
    steps: list[Annotated[Warn | Mute, Field(discriminator="do")]] = []
    say: Literal["any", "none"] | list[str] | Words = "any"
    either: Words | Link | None = None
    pace: int | Literal["off"] = 1
    names: dict[Name, int] = {}
    pair: tuple[int, int] = (1, 2)
    few: list[str] = Field(default=[], min_length=2, max_length=3)
    is_on: bool = True
    share: float = 0
    own: str = ""
    coded: int | Annotated[str, Field(max_length=3)] = ""
    inner: Sample | None = None

    @field_validator("own")
    @classmethod
    def _own(cls, value: str) -> str:
        if value == "hinted":
            raise ValueRefused(phrase("it is wrong"), phrase("try again"))
        if value == "coded":
            raise PydanticCustomError("odd", "it is {how}", {"how": "odd"})
        if value:
            raise ValueError("it is wrong")
        return value


def root_of(text: str) -> Node:
    """The root of a text without a fault."""
    root, faults = read(text)
    assert [] == faults
    assert root is not None
    return root


def found(text: str, model: type[BaseModel] = Sample) -> list[Fault]:
    """The faults of a text against the model."""
    root = root_of(text)
    with pytest.raises(ValidationError) as caught:
        model.model_validate(plain(root))
    return faults_of(root, caught.value, model)


def rendered(text: str) -> list[str]:
    """The faults of a text against the model, as an operator sees them."""
    return [fault.render("a").removeprefix("a:") for fault in found(text)]


MAPPING = 'expected a mapping ("key: value"), found'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sya: any\n", ['1:1: unknown key "sya" (did you mean "say"?)']),
        ("banana: 1\n", ['1:1: unknown key "banana" (docs/rules.md has all keys)']),
        ("inner:\n  inner: {sya: any}\n", ['2:11: unknown key "sya" (did you mean "say"?)']),
        ("when: {link: {}}\n", ['1:14: missing key "not_in"']),
        (
            "when: {words: {list: a, at_lest: 3}}\n",
            ['1:25: unknown key "at_lest" (did you mean "at_least"?)'],
        ),
        (
            "when: {words: {list: a}, wrods: 1}\n",
            ['1:26: unknown key "wrods" (did you mean "words"?)'],
        ),
        ("when: {foo: 1}\n", ['1:7: expected "words" or "link", found "foo"']),
        ("when: {}\n", ['1:7: expected one of the keys "words" or "link"']),
        ("when: hm\n", [f'1:7: {MAPPING} "hm"']),
        (
            "steps:\n  - {do: mte}\n",
            ['2:10: expected "warn" or "mute", found "mte" (did you mean "mute"?)'],
        ),
        ("steps:\n  - {for: 1d}\n", ['2:5: missing key "do"']),
        ("steps:\n  - {do: mute}\n", ['2:5: missing key "for"']),
        ("steps:\n  - {do: mute, fro: 1d}\n", ['2:16: unknown key "fro" (did you mean "for"?)']),
        ("steps:\n  - warn\n", [f'2:5: {MAPPING} "warn"']),
        ("steps: [do：warn]\n", [f'1:9: {MAPPING} "do：warn" (write ":" and a space)']),
        ("steps: [do:warn]\n", [f'1:9: {MAPPING} "do:warn" (a space is missing after ":")']),
        ("steps: ['do:warn']\n", [f'1:9: {MAPPING} "do:warn"']),
        ("steps: {do: warn}\n", ["1:8: expected a list, found a mapping"]),
        ("names: []\n", [f"1:8: {MAPPING} a list"]),
        ("names: {A: 1}\n", ['1:9: expected a text like ^[a-z]+$, found "A"']),
        (
            "names: {aaaaaa: 1}\n",
            ['1:9: expected a text with a length of 5 or less, found "aaaaaa"'],
        ),
        ("names: {a: x}\n", ['1:12: expected a whole number, found "x"']),
        ("pair: [1]\n", ["1:7: missing item 2 of the list"]),
        ("pair: 1\n", ['1:7: expected a list, found "1"']),
        ("few: [a]\n", ["1:6: expected a list of 2 or more, found 1"]),
        ("few: [a, b, c, d]\n", ["1:6: expected a list of 3 or fewer, found 4"]),
        ("is_on: maybe\n", ['1:8: expected true or false, found "maybe"']),
        ("is_on:\n", ["1:7: expected true or false, found nothing"]),
        ("share: many\n", ['1:8: expected a number, found "many"']),
        ("own: [a]\n", ["1:6: expected a text, found a list"]),
        ("own: bad\n", ["1:6: it is wrong"]),
        ("own: hinted\n", ["1:6: it is wrong (try again)"]),
        ("own: coded\n", ["1:6: it is odd"]),
        ("either: {list: a, at_least: 0}\n", ['1:29: expected at least 1, found "0"']),
        ("either: {list: a, at_least: 99}\n", ['1:29: expected at most 9, found "99"']),
        ("- a\n", [f"1:1: {MAPPING} a list"]),
        ("just text\n", [f'1:1: {MAPPING} "just text"']),
    ],
)
def test_errors_are_said_in_plain_words(text: str, expected: list[str]) -> None:
    """Each mistake is one sentence: what was expected, what was found, and where."""
    assert expected == rendered(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("say: eny\n", ['1:6: expected "any" or "none", found "eny" (did you mean "any"?)']),
        ("say: [a, {}]\n", ["1:10: expected a text, found a mapping"]),
        ("say: {list: a, at_least: x}\n", ['1:26: expected a whole number, found "x"']),
        ("say: {lst: a}\n", ['1:7: unknown key "lst" (did you mean "list"?)']),
        ("say:\n", ['1:5: expected "any" or "none", found nothing']),
        (
            "either: {not_in: a, at_least: x}\n",
            ['1:21: unknown key "at_least" (there is not_in)'],
        ),
        ("either: text\n", [f'1:9: {MAPPING} "text"']),
        ("pace: of\n", ['1:7: expected a whole number or "off", found "of" (did you mean "off"?)']),
        ("pace: []\n", ['1:7: expected a whole number or "off", found a list']),
        (
            "coded: abcd\n",
            ['1:8: expected a whole number or a text with a length of 3 or less, found "abcd"'],
        ),
    ],
)
def test_of_a_union_the_form_that_fits_best_is_named(text: str, expected: list[str]) -> None:
    """A value that fits no form of a union draws the mistakes of one form, not of all."""
    assert expected == rendered(text)


def test_own_words_win_over_what_is_expected() -> None:
    """Where a form of a union refuses a value in its own words, those are said."""

    def refuse(value: str) -> str:
        raise ValueError(f"no length of time: {value}")

    class Span(Strict):
        span: int | Annotated[str, AfterValidator(refuse)]

    assert ["no length of time: 3x"] == [one.message for one in found("span: 3x\n", Span)]


def test_ten_mistakes_are_ten_faults_in_order() -> None:
    """A file with ten different mistakes draws ten faults, as they stand in it."""
    text = """\
wehn: {link: {not_in: a}}
steps:
  - {do: mte}
  - {do: mute}
  - warn
say: eny
names: {A: 1, b: x}
pair: [1]
is_on: maybe
own: bad
"""
    expected = [
        '1:1: unknown key "wehn" (did you mean "when"?)',
        '3:10: expected "warn" or "mute", found "mte" (did you mean "mute"?)',
        '4:5: missing key "for"',
        f'5:5: {MAPPING} "warn"',
        '6:6: expected "any" or "none", found "eny" (did you mean "any"?)',
        '7:9: expected a text like ^[a-z]+$, found "A"',
        '7:18: expected a whole number, found "x"',
        "8:7: missing item 2 of the list",
        '9:8: expected true or false, found "maybe"',
        "10:6: it is wrong",
    ]
    assert expected == rendered(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inner: {say: [a, []]}\n", "inner.say[1]"),
        ("steps: [{do: mte}]\n", "steps[0].do"),
        ("steps: [{do: mute}]\n", "steps[0].for"),
        ("when: {words: {list: a, x1: 2}}\n", "when.words.x1"),
        ("names: {A: 1}\n", "names.A"),
        ("- a\n", ""),
    ],
)
def test_faults_have_the_path_of_the_value(text: str, expected: str) -> None:
    """The path is made of keys and numbers of the file, without pydantic's own labels."""
    assert [expected] == [fault.path for fault in found(text)]


def test_a_thousand_errors_are_enough() -> None:
    """A list of mistakes without end is not followed to its end."""

    class Many(Strict):
        many: list[int]

    assert 1000 == len(found("many:\n" + "  - x\n" * 1500, Many))
