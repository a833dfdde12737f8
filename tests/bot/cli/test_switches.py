"""`qunguan set` and `qunguan fmt` at the command line."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from errno import ENOSPC
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.rulefiles import LARGEST
from tests.switchfiles import FIRST


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A home with the first file."""
    path = tmp_path / "群规.yaml"
    path.write_bytes(FIRST.encode())
    return path


def run(*words: object) -> tuple[int, str]:
    """The exit code, and all that was said."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


def test_set_shows_the_line_that_changed(file: Path) -> None:
    """The line as it was and as it is are printed; nothing else changes."""
    code, said = run("set", "--home", file.parent, "状态", "先问")
    before = "状态: 试运行              # 试运行=只看不说 / 先问 / 上岗 / 停"
    after = before.replace("试运行", "先问", 1)
    assert (0, f"- {before}\n+ {after}\n") == (code, said)
    assert FIRST.replace(before, after) == file.read_text("utf-8")
    assert (0, f"  {after}\n") == run("set", "--file", file, "mode", "ask")


def test_set_refuses(file: Path, tmp_path: Path) -> None:
    """A wrong answer, a file in the full form and a home of two files change nothing."""
    assert "只能是：不许 / 先问" in run("set", "--file", file, "广告", "发")[1]
    full = tmp_path / "full.yaml"
    full.write_text("schema: 1\npack: a\n", encoding="utf-8")
    assert "full form" in run("set", "--file", full, "ads", "ask")[1]
    assert "full.yaml, 群规.yaml" in run("set", "--home", tmp_path, "ads", "ask")[1]
    assert "none" in run("set", "--home", tmp_path / "nowhere", "ads", "ask")[1]
    assert (1, "qunguan: cannot read") == (
        (found := run("set", "--file", tmp_path / "no.yaml", "ads", "ask"))[0],
        found[1][:20],
    )
    assert FIRST.encode() == file.read_bytes()


def test_the_mark_of_the_encoding_stays(file: Path) -> None:
    """Old editors of Windows tell UTF-8 by it."""
    file.write_bytes(BOM_UTF8 + FIRST.encode())
    assert 0 == run("set", "--file", file, "mode", "ask")[0]
    assert file.read_bytes().startswith(BOM_UTF8 + FIRST.encode()[:10])


@pytest.mark.parametrize("words", [("set", "ads", "ask", "--file"), ("fmt", "--to", "en")])
def test_what_cannot_be_written_stays(
    file: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk costs nobody a rule file."""

    def full(_: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, said = run(*words, file)
    assert (1, True) == (code, f"cannot write {file}: No space left on device" in said)
    assert FIRST.encode() == file.read_bytes()
    assert [file] == list(file.parent.iterdir())


@pytest.mark.parametrize("words", [("set", "ads", "ask", "--file"), ("fmt",)])
def test_nobody_waits_for_a_pipe(tmp_path: Path, words: tuple[str, ...]) -> None:
    """What is no file, and what is too large for one, is refused at once and kept."""
    pipe, large = tmp_path / "pipe", tmp_path / "large.yaml"
    os.mkfifo(pipe)
    large.write_bytes(b"#" * (LARGEST + 1))
    assert "it is no file" in run(*words, pipe)[1]
    assert "larger than the 5 MB" in run(*words, large)[1]
    assert LARGEST + 1 == large.stat().st_size


def test_fmt_writes_cleanly(file: Path) -> None:
    """A messy file is rewritten once; with --check it is only named; a broken one is told."""
    file.write_text(FIRST.replace("广告:", "广告："), encoding="utf-8")
    assert (1, f"{file}: would be rewritten\n") == run("fmt", "--check", file)
    assert (0, f"{file}: was rewritten\n") == run("fmt", file)
    assert (0, "") == run("fmt", file)
    assert FIRST == file.read_text("utf-8")
    assert 0 == run("fmt", "--to", "en", file)[0]
    assert "ads: red packet within 3m" in file.read_text("utf-8")
    file.write_text("rules: [\n", encoding="utf-8")
    assert 1 == run("fmt", file)[0]
