"""Packs that files extend: what is taken over, and what is wrong with those that cannot be used."""

from __future__ import annotations

import pytest

from rules.decision import Mode
from rules.files import Loaded, load, load_pack, shipped_packs
from rules.files.load import Packs

HEAD = "schema: 1\npack: test\n"


def no_packs(_: str) -> bytes | None:
    """There are no packs."""
    return None


def loaded(text: str | bytes, packs: Packs = no_packs) -> Loaded:
    """The file as it is loaded."""
    return load(text, file="test.yaml", packs=packs)


def faults(text: str | bytes, packs: Packs = no_packs) -> list[str]:
    """The faults as people see them."""
    return [fault.render("f") for fault in loaded(text, packs).faults]


RULE = "rules:\n- id: a\n  title: A\n  then: {{strikes: 1}}\n  when: {when}\n"


PACK = """\
pack: base
lists: { ads: ["加微信"], other: ["没有"], short: [ab] }
rules:
  - { id: ads, title: Ads, when: { words: { list: ads } }, then: { strikes: 1 } }
  - { id: kept, title: Kept, when: { words: { list: other } }, then: { strikes: 1 } }
"""


def packs(name: str) -> bytes | None:
    """One good pack, one broken one, and one that extends another."""
    broken = "pack: broken\nmode: nonsense\n"
    return {
        "base": PACK.encode(),
        "broken": broken.encode(),
        "chained": b"pack: c\nextends: [base]\n",
    }.get(name)


def test_a_file_extends_a_pack() -> None:
    """Rules and lists of a pack come first; the file's replace those of the same id or name."""
    text = HEAD + (
        "extends: base\nmode: enforce\nlists: {other: [有]}\nrules:\n"
        "- {id: ads, title: Mine, mode: ask, when: {words: {list: ads}}, then: {}}\n"
        "- {id: own, title: Own, when: {words: {list: other}}, then: {}}\n"
    )
    ruleset = loaded(text, packs).ruleset
    assert ruleset is not None
    assert [("ads", "Mine"), ("kept", "Kept"), ("own", "Own")] == [
        (rule.id, rule.title) for rule in ruleset.rules
    ]
    assert [("test.yaml", 7), ("base.yaml", 5), ("test.yaml", 8)] == [
        (rule.file, rule.line) for rule in ruleset.rules
    ]
    assert (("加微信",), ("有",)) == ruleset.searched.words
    assert Mode.ENFORCE is ruleset.mode


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("bsae", 'f:3:10: there is no pack "bsae"'),
        ("broken", 'f:3:10: the pack "broken" cannot be used (broken.yaml:2:7: expected'),
        ("chained", 'f:3:10: the pack "chained" cannot be used (chained.yaml:2:11: there is no'),
    ],
)
def test_a_pack_that_cannot_be_used_is_a_fault(name: str, fault: str) -> None:
    """What is wrong with a pack is said where the file names it."""
    found = faults(HEAD + f"extends: {name}\n", packs)
    assert [fault] == [one[: len(fault)] for one in found]


def test_a_list_of_a_pack_is_checked_for_its_use() -> None:
    """A pack's list that cannot serve for what a file uses it is a fault of the file."""
    extends = "extends: [base, [no text]]\n"
    found = faults(HEAD + extends + RULE.format(when="{like: {list: short}}"), packs)
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
