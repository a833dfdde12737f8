"""`qunguan init`: six questions, answered or not, and a rule file that is sound and in trial."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import ruletests
from bot.cli import app
from bot.cli import init as command
from bot.cli.called import called
from bot.interview.questions import interview
from bot.interview.rulefile import first_file
from bot.rulefiles import load_file
from rules.decision import Mode
from rules.files import load
from rules.files.switches.document import document
from rules.files.switches.values import Text
from rules.files.switches.write import clean

ANSWERED = """\
1
7
创富孵化群
3
创富管理群
小李
禁止刷屏
群昵称：名称+地区+职业
每周三开会


"""


def init(folder: Path, typed: str, language: str) -> tuple[int, str]:
    """The exit code, and all that was said."""
    command = ["init", str(folder), "--lang", language]
    result = CliRunner().invoke(app, command, input=typed)
    return result.exit_code, result.output


@pytest.mark.parametrize(("language", "name"), [("zh", "群规.yaml"), ("en", "rules.yaml")])
def test_enter_is_always_an_answer(tmp_path: Path, language: str, name: str) -> None:
    """With only Enter pressed, the file has at most 15 lines, no mistake, and is in trial."""
    code, said = init(tmp_path / "home", "\n" * 7, language)
    path = tmp_path / "home" / name
    loaded = load_file(path)
    assert code == 0
    assert len(path.read_text("utf-8").splitlines()) <= 15
    assert [fault for fault in loaded.faults if fault.level != "note"] == []
    assert loaded.ruleset is not None
    assert loaded.ruleset.mode is Mode.SHADOW
    assert len(loaded.ruleset.rules) > 10
    assert str(path) in said
    assert "{" not in said


def test_the_end_of_the_input_is_enter(tmp_path: Path) -> None:
    """Without anybody at the keyboard, too."""
    assert init(tmp_path / "home", "", "en")[0] == 0
    assert (tmp_path / "home" / "rules.yaml").exists()


def test_answers_and_pasted_rules_are_written(tmp_path: Path) -> None:
    """Names, choices and the group's own rules stand in the file; what cannot be kept is said."""
    code, said = init(tmp_path / "home", ANSWERED, "zh")
    assert code == 0
    assert (tmp_path / "home" / "群规.yaml").read_text("utf-8").splitlines() == [
        "# 创富孵化群的群规。改完存盘就生效；写错了我会说第几行，先照旧的来。",
        "群: 创富孵化群*",
        "群类型: 推广",
        "负责人: 小李",
        "管理群: 创富管理群",
        "状态: 试运行             # 试运行 / 先问 / 上岗 / 停",
        "广告: 3分钟内补红包      # 不许 / 先问 / 3分钟内补红包 / 可以",
        "新人发链接: 第1天先问",
        "刷屏: 提醒               # 提醒 / 处罚 / 不管",
        "黄赌毒和诈骗: 处罚",
        "骂人: 悄悄告诉我",
        "夜里不出声: 23:00-07:00",
        "昵称: 名称-地区-职业",
        "欢迎: 欢迎{新人}🌱 发“群规”看约定。群主不会私聊要钱。",
    ]
    assert "✔ 昵称 名称-地区-职业" in said
    assert "✋ “每周三开会”" in said
    assert "腾讯不许个人号用机器人" in said


def test_a_block_list_comes_over(tmp_path: Path) -> None:
    """Words that another bot refused become words that the group does not say."""
    typed = "\n" * 6 + '/addblocklist "free crypto"\n/addblocklist pump\n\n\n'
    init(tmp_path / "home", typed, "en")
    text = (tmp_path / "home" / "rules.yaml").read_text("utf-8")
    assert "forbidden words: free crypto, pump\n" in text
    assert load_file(tmp_path / "home" / "rules.yaml").ruleset is not None


def test_it_never_writes_over_a_file(tmp_path: Path) -> None:
    """A home that has rules keeps them."""
    (tmp_path / "mine.yaml").write_text("mine")
    code, said = init(tmp_path, "", "zh")
    assert code == 1
    assert f"{tmp_path / 'mine.yaml'} is there already" in said
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


def test_it_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A file in the way is one sentence."""
    (tmp_path / "file").write_text("")
    code, said = init(tmp_path / "file" / "home", "", "en")
    assert code == 1
    assert f"qunguan: cannot make {tmp_path / 'file' / 'home' / 'rules.yaml'}" in said


def test_examples_that_fail_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that does not do what its examples say is not called done."""
    monkeypatch.setattr(
        command, "run", lambda _: [ruletests.TestResult("ads: match", False, "expected: hit")]
    )
    said = init(tmp_path / "home", "", "en")[1]
    assert "but examples come out otherwise" in said
    assert "ads: match: expected: hit" in said


def test_commands_are_printed_as_they_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name where the shell finds it, else by the way to it."""
    program = tmp_path / "bin" / "qunguan"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(program)])
    monkeypatch.setenv("PATH", "")
    assert called() == "bin/qunguan"
    monkeypatch.setenv("PATH", str(program.parent))
    assert called() == "qunguan"


READ_AS = {
    "a\0b": "ab",
    "\x1b[31mred": "[31mred",
    "\u202eback": "back",
    "\ud800": "群主",
    "?": "群主",
    "？": "群主",
    "x # y": "x# y",
    "@all": "all",
    "a\tb": "a b",
}
"""Names as typed, and what is read of them where that is something else."""

AS_THEY_ARE = [
    *("# tag", "a#b", "a: b", "- a", '"q', "'q", "{a}", "[x", "*", "**", "&a", "!x", "%d", "`"),
    *("|", ">", "null", "yes", "123", "22:00", "~", "=", "😀群", "a,b", "a、b", "\\n", "{新人}"),
    *("{admin}", "x" * 60, ":", "a'b", "(a", "a | b", "1", "- ", "我#1"),
]


@pytest.mark.parametrize("name", [*READ_AS, *AS_THEY_ARE])
def test_whatever_is_typed_as_a_name_is_read_back(name: str) -> None:
    """Signs that mean something in a file, and those that nobody sees, spoil no line of it."""
    typed = iter(["4", "7", name, "", name, name])
    answers = interview("zh", lambda _: next(typed), lambda _: None)
    text = first_file(answers, {}, "zh")
    loaded = load(text.encode(), file="a.yaml")
    assert [one.render("") for one in loaded.faults if one.level != "note"] == []
    assert clean(text) == text.replace('"*"', "'*'")
    found = document(text)
    assert found is not None
    owner = found.settings["owner"].value
    assert isinstance(owner, Text)
    assert READ_AS.get(name, name.strip()) == owner.text


def test_a_number_without_end_is_asked_again(tmp_path: Path) -> None:
    """Nobody has so many options."""
    code, said = init(tmp_path / "home", "1" * 5000 + "\n" * 8, "en")
    assert (0, True) == (code, "111" in said)
