"""Every sentence about rule files stands in the code in English, and in the table in Chinese."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from rules.files import load
from rules.files.chinese_words import KEYS, WORDS
from rules.files.switches.sentences import SENTENCES
from rules.files.tongue import tongue, tongue_of
from rules.files.wording import _LIMITS
from rules.phrases import ENGLISH

ROOT = Path(__file__).parents[3]
CHINESE = tomllib.loads((ROOT / "rules" / "files" / "phrases.zh.toml").read_text("utf-8"))


def calls() -> Iterator[tuple[Path, ast.expr]]:
    """What every `phrase(…)` of the code is given as its template."""
    for path in sorted([*ROOT.glob("rules/**/*.py"), *ROOT.glob("bot/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "phrase":
                yield path, node.args[0]


def templates() -> set[str]:
    """All English templates."""
    found = {node.value for _, node in calls() if isinstance(node, ast.Constant)}
    return {str(one) for one in found} | set(SENTENCES.values()) | set(_LIMITS.values())


def fields(template: str) -> set[str]:
    """The placeholders of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def says_something(template: str) -> bool:
    """Whether a template has words of its own."""
    plain = "".join(text for text, *_ in Formatter().parse(template))
    return re.search("[A-Za-z]", plain) is not None


def test_every_sentence_is_said_in_chinese() -> None:
    """None is missing, and none is left over."""
    said = templates()
    assert [] == sorted(one for one in said - CHINESE.keys() if says_something(one))
    assert [] == sorted(CHINESE.keys() - said)


@pytest.mark.parametrize("template", CHINESE)
def test_nothing_is_lost_in_chinese(template: str) -> None:
    """The same values are told in both; what is named beside them is a key, or a word, that is."""
    theirs = {name for name in fields(CHINESE[template]) if name[0] not in "@="}
    assert fields(template) == theirs
    for name in fields(CHINESE[template]) - theirs:
        assert name[1:] in (KEYS if name[0] == "@" else WORDS)


def test_no_sentence_is_put_together_where_it_is_said() -> None:
    """A template is a constant; two are looked up in tables that are tested above."""
    looked_up = [ast.unparse(node) for _, node in calls() if not isinstance(node, ast.Constant)]
    assert ["SENTENCES[key]", "_LIMITS[kind]"] == sorted(looked_up)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pack: p\nmode: on\n", ENGLISH),
        ("名称: p\n状态: 上岗\n", tongue("zh")),
        ("名称：p", tongue("zh")),
        ("名称: p\nmode: off\n", tongue("zh")),
        ("名称: p\nmode: off\ntitle: t\n", ENGLISH),
        ("名称: 甲\n状态: 上岗\n".encode("gb18030"), tongue("zh")),
        ("名称: 甲\n状态: 上岗\n".encode("utf-16"), tongue("zh")),
        (b"\xff\xfe\x00\x00\xff", ENGLISH),
    ],
)
def test_a_file_is_told_in_its_own_language(text: str | bytes, *, expected: object) -> None:
    """Most of its keys say which one that is, in whatever encoding they are saved."""
    assert expected == tongue_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("名称: p\n状态: 上岗了\n",
         "f:2:5: 这里要写“停”、“试运行”、“先问”或“上岗”，写的是“上岗了” (是不是“上岗”？)"),
        ("名称: p\n处罚: { 步骤: [ { 做: 禁言 } ] }\n",
         "f:2:13: 禁言要写多久 (在“做: 歇”旁边写“多久: 1d”)"),
        ("pack: p\nlocale: zh-CN\nladder: { steps: [ { do: mute } ] }\n",
         "f:3:20: 禁言要写多久 (在“do: mute”旁边写“for: 1d”)"),
        ("pack: p\nlocale: en\nladder: { steps: [ { do: mute } ] }\n",
         "f:3:20: a mute needs a length (write for: 1d beside do: mute)"),
        ("名称: p\n规则:\n  - 编号: a\n", "f:3:5: 少了“标题”这一项"),
        ("名称: p\n标题\n", "f:2:1: “标题”后面少个“:”"),
    ],
)  # fmt: skip
def test_a_key_is_called_as_the_file_calls_it(text: str, expected: str) -> None:
    """In a Chinese sentence about English keys the keys stay as they are."""
    assert expected in [fault.render("f") for fault in load(text, file="f").faults]


def test_a_program_can_tell_sentences_apart_in_any_language() -> None:
    """The English template stays."""
    (fault,) = load("名称: p\n状态: x\n规则: []\n", file="f").faults
    assert "expected {what}, found {found}" == fault.message.template
