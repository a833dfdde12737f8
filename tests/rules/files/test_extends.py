"""Packs that files extend: what is taken over, and what is wrong with those that cannot be used."""

from __future__ import annotations

import pytest

from rules.decision import Mode
from rules.files import SHIPPED, Library, Loaded, load, load_pack, shipped_packs
from rules.ruleset import Ruleset
from tests.library import EMPTY, Shelf

HEAD = "schema: 1\npack: test\n"


def loaded(text: str | bytes, library: Library = EMPTY) -> Loaded:
    """The file as it is loaded."""
    return load(text, file="test.yaml", library=library)


def faults(text: str | bytes, library: Library = EMPTY) -> list[str]:
    """The faults as people see them."""
    return [fault.render("f") for fault in loaded(text, library).faults]


RULE = "rules:\n- id: a\n  title: A\n  then: {{strikes: 1}}\n  when: {when}\n"


PACK = """\
pack: base
lists: { ads: ["加微信"], other: ["没有"], short: [ab] }
rules:
  - { id: ads, title: Ads, category: offers, when: { words: { list: ads } }, then: { strikes: 1 } }
  - { id: kept, title: Kept, when: { words: { list: other } }, then: { strikes: 1 } }
"""


PACKS = Shelf({
    "base": PACK,
    "broken": "pack: broken\nmode: nonsense\n",
    "text": "just a text",
    "torn": "pack: [torn\n",
    "chained": "pack: c\nextends: [base]\nlists: {other: [甲]}\n",
    "astray": "pack: a\nextends: [bsae]\n",
    "ring": "pack: r\nextends: [gnir]\n",
    "gnir": "pack: g\nextends: [ring]\n",
})  # fmt: skip


def ruleset(text: str) -> Ruleset:
    """The ruleset of a file that extends packs."""
    found = loaded(HEAD + text, PACKS)
    assert found.ruleset is not None, found.faults
    return found.ruleset


def test_warnings_of_a_pack_are_not_told_to_those_who_extend_it() -> None:
    """A list that a pack leaves empty, to be filled, is no mistake of the file that extends it."""
    shelf = Shelf({"base": "pack: b\nlists: {empty: []}\n"})
    assert [] == faults(HEAD + "extends: [base]\n", shelf)
    own = HEAD + "extends: [base]\nlists: {mine: []}\n"
    assert ['f:4:9: warning: the list "mine" is empty: it matches nothing'] == faults(own, shelf)


def test_a_file_extends_a_pack() -> None:
    """Rules of a pack come first; a list of the file replaces the one of the same name."""
    own = "extends: base\nmode: enforce\nlists: {other: [有]}\nrules:\n"
    own += "- {id: own, title: Own, when: {words: {list: other}}, then: {}}\n"
    rules = ruleset(own)
    assert [("ads", "base.yaml", 4), ("kept", "base.yaml", 5), ("own", "test.yaml", 7)] == [
        (rule.id, rule.file, rule.line) for rule in rules.rules
    ]
    assert (("加微信",), ("有",)) == rules.searched.words
    assert Mode.ENFORCE is rules.mode


def test_extension_goes_on_and_takes_each_file_once() -> None:
    """A pack extends others; a pack that is reached by two ways counts once, as the farther."""
    rules = ruleset("extends: [chained, base]\n")
    assert ["ads", "kept"] == [rule.id for rule in rules.rules]
    assert (("加微信",), ("甲",)) == rules.searched.words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bsae", ['f:3:10: there is no pack "bsae" (did you mean "base"?)']),
        (
            "nothing",
            ['f:3:10: there is no pack "nothing" (name a pack or a file of the home: "astray",'],
        ),
        ("broken", ["broken.yaml:2:7: expected "]),
        ("text", ["text.yaml:1:1: expected the keys of a rule file"]),
        ("torn", ["torn.yaml:1:7: "]),
        ("astray", ['astray.yaml:2:11: there is no pack "bsae"']),
        (
            "ring",
            ["gnir.yaml:2:11: the files extend one another: ring.yaml → gnir.yaml → ring.yaml"],
        ),
    ],
)
def test_a_pack_that_cannot_be_used_is_a_fault(name: str, expected: list[str]) -> None:
    """What is wrong with a pack is told with its own name and place."""
    found = faults(HEAD + f"extends: {name}\n", PACKS)
    assert expected == [one[: len(fault)] for one, fault in zip(found, expected, strict=True)]


def test_a_list_of_a_pack_is_checked_for_its_use() -> None:
    """A pack's list that cannot serve for what a file uses it is a fault of the file."""
    extends = "extends: [base, [no text]]\n"
    found = faults(HEAD + extends + RULE.format(when="{like: {list: short}}"), PACKS)
    assert [
        "f:3:17: expected a text, found a list",
        'f:8:23: a text to compare with needs at least 3 letters, found "ab"',
    ] == found


def test_shipped_packs_are_found_by_name() -> None:
    """Every shipped pack can be read; a name that is none, or a way out of the folder, is not."""
    assert [b"pack" in (load_pack(name) or b"") for name in shipped_packs()] == [True] * len(
        shipped_packs()
    )
    assert load_pack("../ruleset") is None
    assert SHIPPED.words("words.txt") is None
