"""What a file says otherwise of one of its groups, and of files that cannot be read yet."""

from __future__ import annotations

import pytest

from rules.decision import Mode
from rules.files import Loaded, load
from rules.rulebook import Rulebook
from rules.state import GroupState

HOUSE = """\
pack: house
title: House
mode: enforce
applies_to: { groups: ["House *", House 7] }
rules:
  - { id: ads, title: Ads, category: ads, when: { words: [wares] }, then: { strikes: 1 } }
except_for:
  House 7:
    mode: shadow
    lists: { own: [a] }
    rules:
      - { use: ads, then: { strikes: 2 } }
  House 8*: { rules: [ { id: more, title: More, when: { words: { list: own } }, then: {} } ] }
"""
OWN = "  House 8*: { lists: { own: [b] }, "


def loaded(text: str) -> Loaded:
    """The file as it is loaded."""
    return load(text, file="house.yaml")


def test_an_exception_governs_its_group() -> None:
    """The group has rules of its own, laid over the file's; the others keep the file's."""
    found = loaded(HOUSE.replace("  House 8*: { ", OWN))
    assert () == found.faults
    book = Rulebook(found.rulesets)
    governing = [
        book.governing(GroupState(id="g", title=title))
        for title in ("House 7", "House 80", "House 9")
    ]
    assert [Mode.SHADOW, Mode.ENFORCE, Mode.ENFORCE] == [one.mode for one in governing]
    assert [("House", [2]), ("House", [1, 0]), ("House", [1])] == [
        (one.title, [rule.then.strikes for rule in one.rules]) for one in governing
    ]
    assert [("house.yaml:12",), (), ()] == [one.rules[0].changed_at for one in governing]
    assert 3 == len({one.digest for one in governing})


def test_an_exception_is_of_the_platforms_of_its_file() -> None:
    """A group of the same title on another platform is not governed by it either."""
    on_wechat = HOUSE.replace("House 7] }", "House 7], platforms: [wechat] }")
    house = loaded(on_wechat.replace("  House 8*: { ", OWN))
    assert house.ruleset is not None, house.faults
    assert [("wechat",)] * 3 == [one.applies_to.platforms for one in house.rulesets]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("list: own", "list: won"), 'house.yaml:13:93: there is no list "won"'),
        (("mode: shadow", "pack: other"), "house.yaml:9:5: an exception has no pack of its own"),
        (("use: ads", "use: adds"), 'house.yaml:12:16: no extended rule has the id'),
        (("lists: { own: [a] }", "lsits: { own: [a] }"), 'house.yaml:10:5: unknown key "lsits"'),
    ],
)  # fmt: skip
def test_a_fault_in_an_exception_is_a_fault_of_the_file(
    change: tuple[str, str], expected: str
) -> None:
    """What is wrong in an exception keeps the whole file from being used."""
    found = loaded(HOUSE.replace("  House 8*: { ", OWN).replace(*change))
    assert () == found.rulesets
    assert [expected] == [fault.render("house.yaml")[: len(expected)] for fault in found.faults]


def test_a_file_of_a_newer_form_has_one_fault() -> None:
    """A later version can read it, so nothing else in it is called a mistake."""
    found = loaded("schema: 2\npacks: [a, b]\n")
    expected = (
        "f:1:9: this file is of schema 2; this version of Qunguan reads schema 1 (update Qunguan)"
    )
    assert [expected] == [fault.render("f") for fault in found.faults]
