"""Rewriting a rule file cleanly: comments, order, language and meaning stay."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.rulefiles import Home
from rules.files import load
from rules.files.faults import Fault
from rules.files.tidy import tidy

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [
        *ROOT.glob("rules/packs/*.yaml"),
        *ROOT.glob("examples/*.yaml"),
        *ROOT.glob("examples/*/*.yaml"),
    ]
)

UNTIDY = """\
# On top.
pack:   my-group
mode: ask      # for now
lists:
    ads: ["a", b,   'c']   # three
rules:
- id:  one
  title: "mode: 上岗"
  when:
      words: {list: ads}

  # Below.
  then: {strikes: 1}
"""

CLEAN = """\
# On top.
pack: my-group
mode: ask      # for now
lists:
  ads: ["a", b, 'c']       # three
rules:
  - id: one
    title: "mode: 上岗"
    when:
      words: {list: ads}

  # Below.
    then: {strikes: 1}
"""

CHINESE = """\
# On top.
名称: my-group
状态: 先问      # for now
词表:
  ads: ["a", b, 'c']       # three
规则:
  - 编号: one
    标题: "mode: 上岗"
    什么时候:
      词: {用词表: ads}

  # Below.
    就: {记几笔: 1}
"""


@cache
def beside(folder: Path) -> Home:
    """What the files of a folder may extend."""
    return Home(folder)


def digest_of(path: Path, text: str) -> str:
    """What an operator's file of that place means: of a shipped pack, if it were theirs."""
    ruleset = load(text, file=f"copy of {path.name}", library=beside(path.parent)).ruleset
    assert ruleset is not None
    return ruleset.digest


def test_it_writes_the_clean_form() -> None:
    """Indentation and spaces are put right; comments, quotes and order stay."""
    assert tidy(UNTIDY).text == CLEAN


def test_windows_line_ends_and_a_mark_go() -> None:
    """What Notepad adds is taken away."""
    assert tidy(("\ufeff" + UNTIDY.replace("\n", "\r\n")).encode()).text == CLEAN


def test_it_translates_when_asked() -> None:
    """Keys and words of choices are rewritten; texts, names and comments are not."""
    assert tidy(UNTIDY, to="zh").text == CHINESE
    assert tidy(CHINESE, to="en").text == CLEAN


@pytest.mark.parametrize(
    "path", [one for one in FILES if one.parent.name != "packs"], ids=lambda path: str(path.name)
)
def test_writing_twice_is_writing_once(path: Path) -> None:
    """A clean file is not written otherwise again."""
    once = tidy(path.read_bytes()).text
    assert tidy(once).text == once


def test_one_for_many_is_translated_too() -> None:
    """A word that stands for a list of one, and keys within the signals of a score."""
    rule = "pack: a\nrules:\n  - on: name\n    when:\n      score:\n        signals:\n"
    signal = "          - {name: one, when: {who: newcomer}, weight: 2}\n"
    chinese = tidy(rule + signal, to="zh").text
    assert "看什么: 名字\n" in chinese
    assert "- {名字: one, 什么时候: {谁: 新人}, 几分: 2}\n" in chinese
    assert tidy(chinese, to="en").text == rule + signal


def test_there_are_files_of_both_forms() -> None:
    """What follows has packs, whole examples and files of plain lines to go through."""
    assert {"packs", "examples", "first"} <= {path.parent.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_it_is_stable(path: Path) -> None:
    """A clean file stays byte for byte, also after a way into the other language and back; on the
    way it means the same, which its digest says.
    """
    once = tidy(path.read_bytes())
    assert once.faults == ()
    chinese = tidy(once.text, to="zh").text
    is_chinese = chinese == once.text
    turned = tidy(once.text, to="en").text if is_chinese else chinese
    assert turned != once.text
    assert tidy(turned, to="zh" if is_chinese else "en").text == once.text
    assert digest_of(path, turned) == digest_of(path, path.read_text("utf-8"))


def test_a_broken_file_is_told() -> None:
    """A file that cannot be read gives its faults and no text."""
    assert tidy(b"\x00\x01").faults[0].message == "this is not a text file: byte 1 is NUL"
    broken = tidy("pack: [a\n")
    assert broken.text == ""
    assert [type(fault) for fault in broken.faults] == [Fault]
    assert tidy("pack: a\npack: b\n").text == ""


def test_what_would_change_is_left() -> None:
    """A text whose spaces at a line's end would be lost keeps the file from being rewritten."""
    tidied = tidy("pack: a\ntitle: |\n  one  \n  two\n")
    assert [fault.render("f") for fault in tidied.faults] == [
        "f:1:1: this file cannot be rewritten without changing what it says (it stays as it is)"
    ]
