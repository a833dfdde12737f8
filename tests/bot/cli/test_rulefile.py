"""`qunguan check`, `test` and `explain`, as an operator types them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.simulator.room import Room
from bot.app import running
from bot.cli import app
from bot.clock import FrozenClock
from bot.settings import load_settings
from rules.message import Author
from tests.builders import T0

SOUND = """
schema: 1
pack: sound
mode: enforce
lists: { ads: [加微信] }
rules:
  - id: ad
    title: 群里不发广告
    when: { words: { list: ads } }
    then: { strikes: 1, delete: true }
    match: ["加微信 abc123"]
    pass: ["微信好用"]
"""


def _run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


def _file(folder: Path, text: str) -> Path:
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_check_says_that_a_sound_file_is_sound(tmp_path: Path) -> None:
    """No fault, exit code 0."""
    path = _file(tmp_path, SOUND)

    assert _run("check", path) == (0, f"{path}: ok, 1 rules\n")


def test_check_names_file_line_and_column(tmp_path: Path) -> None:
    """A fault is where the operator's editor can jump to, and the exit code is for CI."""
    path = _file(tmp_path, SOUND.replace("strikes: 1", "strike: 1"))

    code, output = _run("check", path)

    assert code == 2
    assert f"{path}:10:13: " in output
    assert "strikes" in output


def test_check_goes_on_after_a_file_that_is_not_there(tmp_path: Path) -> None:
    """One missing file does not hide what the others are."""
    path = _file(tmp_path, SOUND)

    code, output = _run("check", tmp_path / "none.yaml", path)

    assert code == 2
    assert f"cannot read {tmp_path / 'none.yaml'}: No such file or directory" in output
    assert f"{path}: ok" in output


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A folder, or a pipe that nobody fills, is refused at once."""
    os.mkfifo(tmp_path / "pipe.yaml")

    for path in (tmp_path, tmp_path / "pipe.yaml"):
        code, output = _run("check", path)
        assert code == 2
        assert f"cannot read {path}: it is no file" in output


def test_test_runs_what_is_inside_the_file(tmp_path: Path) -> None:
    """Passing tests are counted, a failing one is shown and gives exit code 1."""
    good = _file(tmp_path, SOUND)
    passed = _run("test", good)
    failed = _run("test", _file(tmp_path, SOUND.replace("微信好用", "加微信 abc")))

    assert passed == (0, f"{good}: 2 of 2 tests passed\n")
    assert failed[0] == 1
    assert "1 of 2 tests passed" in failed[1]
    assert "FAILED ad: pass" in failed[1]


def test_a_file_without_tests_has_not_passed(tmp_path: Path) -> None:
    """Nothing tested is not the same as nothing wrong."""
    bare = "\n".join(line for line in SOUND.splitlines() if "match" not in line)
    bare = "\n".join(line for line in bare.splitlines() if "pass:" not in line)

    assert _run("test", _file(tmp_path, bare))[0] == 1


async def _one_case(home: Path) -> None:
    room = Room(
        id="g", title="测试群", likeness="telegram", people={"a": Author(id="a", name="小王")}
    )
    settings = load_settings({"QUNGUAN_HOME": str(home)})
    async with running(settings, [room], FrozenClock(T0)) as running_app:
        await running_app.simulator.say("g", "a", "大家好，加 微-信 abc123 有好货")


async def test_explain_tells_the_whole_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule and place, the words marked in the text, strikes, step, and the other platform."""
    home = tmp_path / "home"
    home.mkdir()
    _file(home, SOUND)
    monkeypatch.setenv("QUNGUAN_HOME", str(home))
    monkeypatch.setenv("QUNGUAN_LANGUAGE", "en")
    await _one_case(home)

    code, story = _run("explain", "1")

    assert code == 0
    assert "大家好，[加 微-信] abc123 有好货" in story
    assert "a.yaml:7" in story
    assert "0 → 1" in story
    assert "wechat: " in story


async def test_explain_says_when_there_is_no_such_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that nobody got is answered in one sentence."""
    home = tmp_path / "home"
    home.mkdir()
    _file(home, SOUND)
    monkeypatch.setenv("QUNGUAN_HOME", str(home))
    await _one_case(home)

    code, output = _run("explain", "7")

    assert code == 1
    assert output == f"qunguan: there is no case 7 in {home}\n"
