"""Which keys a mapping can have, found through every shape of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, Tag

from rules.files.keys import known_keys


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


class Deep(Strict):
    """Shapes in which keys can hide."""

    by_name: dict[str, Words]
    pairs: tuple[tuple[str, Link], ...]
    maybe: Annotated[Mute | None, Field(description="x")]
    free: Any = None
    steps: list[Annotated[Warn | Mute, Field(discriminator="do")]]
    when: Annotated[AskedWords, Tag("words")] | Annotated[AskedLink, Tag("link")]
    either: Words | Link | None = None


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        ((), ["by_name", "pairs", "maybe", "free", "steps", "when", "either"]),
        (("by_name", "x"), ["list", "at_least"]),
        (("pairs", 0, 1), ["not_in"]),
        (("maybe",), ["do", "for"]),
        (("maybe", "Mute"), ["do", "for"]),
        (("free",), []),
    ],
)
def test_known_keys_are_those_of_the_models(loc: Sequence[str | int], expected: list[str]) -> None:
    """The keys of a place are found through lists, dicts, options and labels."""
    assert expected == known_keys(Deep, loc)


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        (("steps", 0), ["do", "for"]),
        (("steps", 0, "warn"), ["do"]),
        (("when", "link"), ["link"]),
        (("when", "words", "words"), ["list", "at_least"]),
        (("either", "Link"), ["not_in"]),
        (("either",), ["list", "at_least", "not_in"]),
    ],
)
def test_a_label_chooses_the_form(loc: Sequence[str | int], expected: list[str]) -> None:
    """Tag, discriminator and class name choose one of several forms; without, all are known."""
    assert expected == known_keys(Deep, loc)
