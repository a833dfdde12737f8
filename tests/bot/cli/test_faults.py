"""Every fault that an operator can make is told with its place, and with what to do about it."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest

from tests.faults.golden import EXPECTED, ROOT, files, said

LEAST: Final = 60
SPECIAL: Final = re.compile(r"""“[^”]*”|"[^"]*"|'[^']*'|\{[^}]*\}|[0-9]+""")
"""What is filled into a sentence."""

SAYS_WHAT_TO_DO: Final = re.compile(
    r"expected|missing|needs|[Ww]rite|one of|keep one|another name|the last of a day"
    r"|is never closed|use `all`|not possible|must be|Did you mean|the wrong way round"
    r"|is written|belongs|has no|there is|steps are"
    r"|写|没有|少了|至少|只能是|是不是|留一个|换个名字|能填的是|之间|隔开"
)
"""What a sentence without a hint says of what belongs there, or has to go."""


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(name="faults", scope="module")
def _faults() -> list[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return [dict(one) for one in json.loads(said("--format", "json")[1])]


def test_what_is_said_of_each_fault() -> None:
    """Byte for byte; `make faults` writes it again."""
    assert (2, EXPECTED.read_text(encoding="utf-8")) == said()


def test_every_file_shows_something(faults: list[dict[str, Any]]) -> None:
    """No file is there for nothing, but for those that others lean on."""
    shown = {one["file"] for one in faults}
    sound = {"base", "clash-exact", "extends-broken", "switches-zh-mixed-ends"}
    assert {f"tests/faults/{name}.yaml" for name in sound} == set(files()) - shown


def test_there_are_many_different_faults(faults: list[dict[str, Any]]) -> None:
    """At least 60 sentences, each counted once whatever is filled in; in Chinese, too."""
    sentences = {SPECIAL.sub("…", one["message"]) for one in faults}
    errors = {SPECIAL.sub("…", one["message"]) for one in faults if one["level"] == "error"}
    assert len(sentences) >= len(errors) >= LEAST
    assert len([one for one in sentences if not one.isascii()]) >= LEAST // 2


def test_every_fault_has_a_place(faults: list[dict[str, Any]]) -> None:
    """In a line that is there, and a column."""
    for one in faults:
        lines = (ROOT / one["file"]).read_bytes().count(b"\n") + 1
        assert 1 <= one["line"] <= lines, one
        assert one["column"] >= 1, one


def test_every_error_says_what_to_do(faults: list[dict[str, Any]]) -> None:
    """By a hint, or in its sentence."""
    silent = {
        SPECIAL.sub("…", one["message"])
        for one in faults
        if one["level"] == "error"
        and not one["hint"]
        and not SAYS_WHAT_TO_DO.search(one["message"])
    }
    assert set() == silent
