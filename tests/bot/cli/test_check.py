"""`qunguan check`, as operators, programs and CI call it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.operators import CommandError

SOUND = """\
schema: 1
pack: sound
applies_to: { platforms: [telegram] }
rules:
  - id: hello
    title: 打招呼
    when: { words: [qqzx, qqzy] }
    then: { say: 您好 }
"""
WARNED = SOUND.replace("say: 您好", "say: qqzx 是什么")


def _run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *map(str, words)])
    return result.exit_code, result.output


def _file(folder: Path, text: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_sound(tmp_path: Path) -> None:
    """No fault, exit code 0."""
    path = _file(tmp_path, SOUND)

    assert _run(path) == (0, f"{path}: ok, 1 rule\n")


def test_file_line_and_column_are_named(tmp_path: Path) -> None:
    """A fault is where the operator's editor can jump to, and the exit code is for CI."""
    path = _file(tmp_path, SOUND.replace("say:", "sai:"))

    code, output = _run(path)

    assert code == 2
    assert f'{path}:8:13: unknown key "sai" (did you mean "say"?)\n' == output


def test_warnings_are_errors_where_they_are_to_be(tmp_path: Path) -> None:
    """What is hardly meant does not fail, except with --strict; a note never does."""
    path = _file(tmp_path, WARNED)
    noted = _file(
        tmp_path,
        SOUND.replace("telegram", "wechat").replace("say:", "delete: true, say:"),
        "b.yaml",
    )

    assert _run(path)[0] == 0
    assert f'{path}:8:18: warning: the sentence repeats "qqzx"' in _run(path)[1]
    assert _run("--strict", path)[0] == 2
    assert "note: on wechat" in _run("--strict", noted)[1]
    assert _run("--strict", noted)[0] == 0


def test_several_files_are_counted(tmp_path: Path) -> None:
    """A file that cannot be read does not hide what the others are; a folder is its files."""
    path = _file(tmp_path, SOUND)
    _file(tmp_path, WARNED.replace("sound", "other").replace("hello", "hi"), "b.yaml")

    code, output = _run(tmp_path / "none.yaml", tmp_path)

    assert code == 2
    assert f"{tmp_path / 'none.yaml'}:1:1: the file cannot be read: No such file" in output
    assert f"{path}: ok, 1 rule\n" in output
    assert output.endswith("3 files: 1 error, 1 warning, 0 notes\n")


def test_files_that_govern_the_same_groups_are_named(tmp_path: Path) -> None:
    """Of two equally exact names neither can win: the second file is in error."""
    both = SOUND.replace("{ platforms: [telegram] }", "{ groups: [创富*] }")
    _file(tmp_path, both)
    _file(tmp_path, both.replace("sound", "other").replace("hello", "hi"), "b.yaml")

    code, output = _run(tmp_path)

    assert code == 2
    assert f"{tmp_path / 'b.yaml'}:3:" in output
    assert "is governed by" in output


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe that nobody fills is refused at once."""
    os.mkfifo(tmp_path / "pipe.yaml")

    code, output = _run(tmp_path / "pipe.yaml")

    assert code == 2
    assert "cannot be read: it is no file" in output


def test_programs_read_json(tmp_path: Path) -> None:
    """One object for each fault, with keys that stay."""
    path = _file(tmp_path, WARNED)

    code, output = _run("--format", "json", path)

    assert 0 == code
    assert [
        {
            "file": str(path),
            "line": 8,
            "column": 18,
            "level": "warning",
            "message": 'the sentence repeats "qqzx", which this rule is about',
            "template": "the sentence repeats {word}, which this rule is about",
            "hint": "everybody reads it: say it without the word",
            "path": "rules[0].then.say",
        }
    ] == json.loads(output)


def test_programs_read_what_is_wrong_with_a_switch(tmp_path: Path) -> None:
    """A line that begins with its number for people has its own template for programs."""
    path = _file(tmp_path, "群: a\n群类型: 聊天\n广告: 也许\n")

    code, output = _run("--format", "json", path)

    [fault] = [one for one in json.loads(output) if one["level"] == "error"]
    assert 2 == code
    assert 3 == fault["line"]
    assert fault["message"].startswith("第3行")
    assert "line {line}" not in fault["template"]
    assert "cannot be" in fault["template"]


@pytest.mark.parametrize(
    ("name", "written"), [("a.yaml", "a.yaml"), ("a,b%:.yaml", "a%2Cb%25%3A.yaml")]
)
def test_github_shows_annotations(tmp_path: Path, name: str, written: str) -> None:
    """Each fault is a workflow command at its line; no name of a file breaks it."""
    path = _file(
        tmp_path, WARNED.replace("telegram", "wechat").replace("say:", "strikes: 1, say:"), name
    )

    code, output = _run("--format", "github", path)

    assert 0 == code
    assert f"::notice file={tmp_path}/{written},line=2,col=7::on wechat" in output
    assert f"::warning file={tmp_path}/{written},line=8,col=30::the sentence repeats" in output
    assert "(everybody reads it: say it without the word)\n" in output


def test_many_files_show_how_far_they_are(tmp_path: Path) -> None:
    """A check that takes longer says so while it goes on."""
    for n in range(21):
        _file(tmp_path, f"pack: p{n}\n", f"{n}.yaml")

    assert "check: 50 %" in _run(tmp_path)[1]


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_folder_without_rule_files_is_told(tmp_path: Path, command: str) -> None:
    """Nothing was looked at: that is not the same as nothing being wrong."""
    (tmp_path / "notes.txt").write_text("hello")
    result = CliRunner().invoke(app, [command, str(tmp_path)])
    assert isinstance(result.exception, CommandError)
    assert f"{tmp_path} has no rule file" in str(result.exception)
