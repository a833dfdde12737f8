"""`qunguan explain`, as an operator types them."""

from __future__ import annotations

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
