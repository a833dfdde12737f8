"""`qunguan init`, `backup` and `restore`, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import SystemClock
from bot.rulefiles import load_file
from bot.settings import load_settings
from bot.storage import Store
from rules.decision import Mode


def _run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.mark.parametrize("language", ["zh", "en"])
def test_init_writes_a_file_that_is_sound_and_in_trial(tmp_path: Path, language: str) -> None:
    """The first file has no fault, does nothing yet, and the next steps are said."""
    code, output = _run("init", tmp_path / "home", "--lang", language)

    loaded = load_file(tmp_path / "home" / "rules.yaml")
    assert code == 0
    assert loaded.faults == ()
    assert loaded.ruleset is not None
    assert loaded.ruleset.mode is Mode.SHADOW
    assert len(loaded.ruleset.rules) > 3
    assert "mode: enforce" in output


def test_init_never_writes_over_a_file(tmp_path: Path) -> None:
    """A home that has rules keeps them."""
    (tmp_path / "rules.yaml").write_text("mine")

    code, output = _run("init", tmp_path)

    assert code == 1
    assert "is there already" in output
    assert (tmp_path / "rules.yaml").read_text() == "mine"


def test_init_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A file in the way is one sentence."""
    (tmp_path / "file").write_text("")

    code, output = _run("init", tmp_path / "file" / "home")

    assert code == 1
    assert output.startswith(f"qunguan: cannot make {tmp_path / 'file' / 'home' / 'rules.yaml'}")


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


def _make_database(home: Path) -> None:
    settings = load_settings({"QUNGUAN_HOME": str(home)})
    Store.open(settings.database, home=home, now=SystemClock().now).close()
