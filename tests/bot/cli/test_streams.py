"""The command with streams that are closed, full or of another encoding; no traceback, ever."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot import __main__, cli
from bot.cli import streams
from tests.switchfiles import FIRST


def _called(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    """The exit code of the command, called as a shell does it."""
    monkeypatch.setattr(sys, "argv", ["qunguan", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    return int(ended.value.code or 0)


def _stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.buffer.seek(0)
    return stream.buffer.read()


def test_a_name_that_is_no_text_is_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disks hold names in other encodings: they are shown as they can be."""
    path = tmp_path / os.fsdecode(b"\xff.yaml")
    path.write_text(FIRST, encoding="utf-8")
    out = _stream("utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    assert 0 == _called(monkeypatch, "check", path)
    assert b"/\\udcff.yaml: " + "没问题".encode() in _written(out)


def test_an_encoding_without_a_sign_gets_an_escape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Latin-1 terminal cannot say 群规; the command goes on."""
    path = tmp_path / "群规.yaml"
    path.write_text(FIRST, encoding="utf-8")
    out = _stream("latin-1")
    monkeypatch.setattr(sys, "stdout", out)
    assert 0 == _called(monkeypatch, "check", path)
    assert b"\\u7fa4\\u89c4.yaml: \\u6ca1\\u95ee\\u9898" in _written(out)


def test_closed_streams_are_nobody_listening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`qunguan check FILE <&- >&- 2>&-` still has its exit code."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    codes = [_called(monkeypatch, "check", tmp_path / "no.yaml"), _called(monkeypatch, "schema")]
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()
    assert [2, 0] == codes


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be written, while it is or at the end, is one sentence and a failure."""
    for words in (["schema"], ["--help"]):
        full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115  # closing it fails
        monkeypatch.setattr(sys, "stdout", full)
        code = _called(monkeypatch, *words)
        with suppress(OSError):
            full.close()
        said = capsys.readouterr().err
        assert code == 1, words
        assert "No space left on device" in said
        assert "Traceback" not in said


def test_a_reader_that_left_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """`qunguan … | head -1`: what is still held back is dropped."""
    reading, writing = os.pipe()
    os.close(reading)
    out = os.fdopen(writing, "w", encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    out.write("hello")
    streams.finish()
    assert "" == sys.stdout.getvalue()  # type: ignore[attr-defined]
    with pytest.raises(BrokenPipeError):
        out.close()


def test_what_the_system_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the file and what to look at; without a file, what was refused."""
    long = tmp_path / ("x" * 300)
    assert 1 == _called(monkeypatch, "check", long)
    assert f"qunguan: cannot use {long}: File name too long; check that" in capsys.readouterr().err

    def refused() -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(cli, "app", refused)
    assert 1 == _called(monkeypatch)
    assert "refuses what is needed here: Too many open files" in capsys.readouterr().err


def test_ctrl_c_while_the_program_loads_is_130(tmp_path: Path) -> None:
    """No traceback, at whatever moment it comes."""
    (tmp_path / "typer.py").write_text("import os\nos.kill(os.getpid(), 2)\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "bot", "--help"]
    done = subprocess.run(  # noqa: S603  # our own program
        command, env=environment, capture_output=True, timeout=60, check=False
    )
    assert (130, b"") == (done.returncode, done.stderr)
