"""`qunguan backup` and `restore`, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import SystemClock
from bot.settings import load_settings
from bot.storage import Store


def _run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output or str(result.exception)


def test_a_backup_can_be_brought_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was saved is there again after a restore, and what it replaced is kept."""
    monkeypatch.setenv("QUNGUAN_HOME", str(tmp_path / "home"))
    _make_database(tmp_path / "home")

    saved = _run("backup", tmp_path / "copy.db")
    restored = _run("restore", tmp_path / "copy.db")

    assert saved == (0, f"saved to {tmp_path / 'copy.db'}\n")
    assert restored[0] == 0
    assert "what was there is in" in restored[1]
    assert list((tmp_path / "home").glob("qunguan.db.before-restore-*"))


def test_every_command_of_a_home_can_be_told_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--home` wins over QUNGUAN_HOME; where there is nothing, both are named."""
    monkeypatch.setenv("QUNGUAN_HOME", str(tmp_path / "elsewhere"))
    home = tmp_path / "home"
    _make_database(home)
    (home / "house.yaml").write_text("groups: Berlin*\nads: ask\nowner: Alice\n", "utf-8")

    assert "--home or QUNGUAN_HOME" in _run("rules")[1]
    assert " newcomer-gambling " in _run("rules", "--home", home)[1]
    assert "Berlin*" in _run("explain", "--effective", "Berlin 1", "--home", home)[1]
    assert f"no case 7 in {home}" in _run("explain", 7, "--home", home)[1]
    nothing = _run("undo", "--rule", "ads", "--since", "1h", "--home", home)
    assert (0, True) == (nothing[0], "ads" in nothing[1])
    assert (0, 0) == (
        _run("backup", tmp_path / "copy.db", "--home", home)[0],
        _run("restore", tmp_path / "copy.db", "--home", home)[0],
    )
    assert not (tmp_path / "elsewhere").exists()


def _make_database(home: Path) -> None:
    settings = load_settings({"QUNGUAN_HOME": str(home)})
    Store.open(settings.database, home=home, now=SystemClock().now).close()
