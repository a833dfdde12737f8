"""What the command says when it cannot start: one sentence, an exit code, and nothing lost."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _start(home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    names = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "QUNGUAN_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={**names, "QUNGUAN_WEB_PORT": "0", **env},
        cwd=home.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _only_sentence(result: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in result.stderr.splitlines() if line.startswith("qunguan: ")]
    assert "Traceback" not in result.stderr
    assert len(lines) == 1
    assert result.returncode != 0
    return lines[0]


def test_a_port_in_use(tmp_path: Path) -> None:
    """The port is named, and what to set instead."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        said = _only_sentence(_start(tmp_path / "home", QUNGUAN_WEB_PORT=port))

    assert port in said
    assert "QUNGUAN_WEB_PORT" in said


def test_a_newer_schema(tmp_path: Path) -> None:
    """A database of a later release is left as it is."""
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "qunguan.db")) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
        database.commit()

    said = _only_sentence(_start(home))

    assert "newer Qunguan" in said
    with closing(sqlite3.connect(home / "qunguan.db")) as database:
        assert [("9999",)] == database.execute("SELECT * FROM alembic_version").fetchall()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """The file is not touched."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "qunguan.db").write_text("these are my notes, not a database at all" * 10)

    said = _only_sentence(_start(home))

    assert "is not a database" in said
    assert (home / "qunguan.db").read_text().startswith("these are my notes")


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    """A file stands where the home should be."""
    (tmp_path / "home").write_text("")

    said = _only_sentence(_start(tmp_path / "home"))

    assert "QUNGUAN_HOME" in said


@pytest.mark.parametrize(
    ("name", "value"), [("QUNGUAN_WEB_PORT", "eighty"), ("QUNGUAN_RETENTION", "a month")]
)
def test_a_wrong_setting(tmp_path: Path, name: str, value: str) -> None:
    """The setting is named, with what was found."""
    said = _only_sentence(_start(tmp_path / "home", **{name: value}))

    assert name in said
    assert value in said
