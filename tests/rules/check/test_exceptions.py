"""An exception for a group that the file does not govern is named, and no other."""

from __future__ import annotations

import pytest

from adapters.simulator.room import ALIKE
from rules.check import analysed
from rules.check.exceptions import strays
from rules.files import load

FILE = """\
pack: house
title: House
applies_to: {applies_to}
except_for:
  House 7: {{ mode: ask }}
  House 8*: {{ mode: ask }}
"""
STRAY = (
    'f.yaml:{line}:3: warning: "{title}" is no group that this file governs '
    "(write its name as the group has it, or name it under groups too)"
)


@pytest.mark.parametrize(
    ("applies_to", "strange"),
    [
        ('{ groups: ["House *"] }', []),
        ("{}", []),
        ('{ groups: ["House 7"] }', [(6, "House 8*")]),
        ('{ groups: ["Hose *"] }', [(5, "House 7"), (6, "House 8*")]),
        ('{ groups: ["Hose *"], ids: ["7"] }', []),
        ('{ groups: ["Hose *"], classes: [fans] }', []),
    ],
)
def test_an_exception_is_of_a_group_that_the_file_governs(
    applies_to: str, strange: list[tuple[int, str]]
) -> None:
    """By the titles that the file names; of ids and classes the titles are not known."""
    loaded = load(FILE.format(applies_to=applies_to), file="f.yaml")
    assert loaded.ruleset is not None, loaded.faults
    said = [one.render("f.yaml") for one in analysed(loaded, ALIKE)]
    told = [one for one in said if "is no group" in one]
    assert [STRAY.format(line=line, title=title) for line, title in strange] == told


def test_a_file_with_errors_is_not_asked() -> None:
    """Its groups may be what is wrong."""
    assert [] == list(strays(load("pack: [", file="f.yaml")))
