"""Lists from files, and lists that add to those of a pack or take from them."""

from __future__ import annotations

from hashlib import sha256

import pytest

from rules.files import Loaded, load
from tests.library import Shelf

ADS = "# 广告\n加微信\r\n  免费 领取  # offers\n\nC#\n".encode()
HINT = f"(if the change is meant, write sha256: {sha256(ADS).hexdigest()})"
BASE = "pack: base\nlists: { ours: [a, b], sites: [docs.qq.com] }\n"
SHELF = Shelf(
    {"base": BASE},
    {"lists/ads.txt": ADS, "gbk.txt": "加微信".encode("gbk"), "bad.txt": "好\n\u200b\n".encode()},
)


def loaded(lists: str) -> Loaded:
    """A file over the base, with these lists."""
    rule = "rules: [ { id: a, title: A, when: { words: { list: ours } }, then: {} } ]\n"
    text = f"pack: own\nextends: base\nlists: {lists}\n{rule}"
    return load(text, file="own.yaml", library=SHELF)


def faults(lists: str) -> list[str]:
    """The faults as people see them."""
    return [fault.render("own.yaml") for fault in loaded(lists).faults]


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        ("{ ours: { add: [c, a] } }", ("a", "b", "c")),
        ("{ ours: { add: c } }", ("a", "b", "c")),
        ("{ ours: { remove: [a] } }", ("b",)),
        ("{ ours: { add: [c], remove: [b] } }", ("a", "c")),
        ("{ ours: { file: lists/ads.txt } }", ("加微信", "免费 领取", "C#")),
        ("{ ours: { file: lists/ads.txt, add: [c], remove: [C#] } }", ("加微信", "免费 领取", "c")),
        (f"{{ ours: {{ file: lists/ads.txt, sha256: {sha256(ADS).hexdigest().upper()} }} }}",
         ("加微信", "免费 领取", "C#")),
        ("{ ours: [c] }", ("c",)),
    ],
)  # fmt: skip
def test_a_list_is_made_of_what_it_names(lists: str, words: tuple[str, ...]) -> None:
    """The words of a file or of the extended list, those that are added, without those removed."""
    found = loaded(lists)
    assert () == found.faults
    assert found.ruleset is not None
    assert (words,) == found.ruleset.searched.words


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        (
            "{ ours: { file: lists/add.txt } }",
            "own.yaml:3:24: there is no file lists/add.txt (it is looked for from the folder",
        ),
        (
            f"{{ ours: {{ file: lists/ads.txt, sha256: {'0' * 64} }} }}",
            f"own.yaml:3:47: lists/ads.txt holds something else than this sha256 says {HINT}",
        ),
        (
            "{ ours: { file: gbk.txt } }",
            "own.yaml:3:24: gbk.txt:1:1: the file is not saved as UTF-8: byte 1 is no character",
        ),
        ("{ ours: { file: bad.txt } }", "bad.txt:2:1: nothing of "),
        ("{ ours: { file: ../ads.txt } }", "own.yaml:3:24: expected a file like lists/ads.txt"),
        ("{ ours: { file: /etc/passwd } }", "own.yaml:3:24: expected a file like lists/ads.txt"),
        ("{ ours: { file: 'a\\b' } }", "own.yaml:3:24: expected a file like lists/ads.txt"),
        ("{ ours: { sha256: abc } }", "own.yaml:3:26: expected a sha256 of 64 hex digits"),
        ("{ ours: { fil: ads.txt } }", 'own.yaml:3:18: unknown key "fil" (did you mean "file"?)'),
        ("{ ours: { sha256: " + "0" * 64 + " } }", "own.yaml:3:16: a sha256 needs its file"),
        ("{ ours: {} }", "own.yaml:3:16: expected at least one of the keys file, add and remove"),
        ("{ mine: { add: [a] } }", "own.yaml:3:16: no list of this name is extended"),
        (
            "{ ours: { remove: [aa] } }",
            'own.yaml:3:27: warning: the list does not hold "aa"',
        ),
    ],
)
def test_a_list_that_cannot_be_known_is_a_fault(lists: str, expected: str) -> None:
    """Each is told once, at its place: in the rule file, or in the text file if it is a word."""
    assert [expected] == [fault[: len(expected)] for fault in faults(lists)]


def test_the_files_of_words_are_known() -> None:
    """What a file depends on is told with its sha256, so that it can be watched and kept."""
    found = loaded("{ ours: { file: lists/ads.txt } }").effective
    assert found is not None
    assert {"lists/ads.txt": sha256(ADS).hexdigest()} == found.lists
    assert ("base.yaml",) == found.files
