"""Files written whole, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bot.atomic import replace, replacing


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    """Its rights stay, and nothing else is left behind."""
    path = tmp_path / "a.yaml"
    replace(path, b"one")
    path.chmod(0o640)
    replace(path, b"two")
    assert (b"two", 0o640) == (path.read_bytes(), path.stat().st_mode & 0o777)
    assert [path] == list(tmp_path.iterdir())


def test_what_was_there_stays_when_writing_is_interrupted(tmp_path: Path) -> None:
    """Half a text never has the name of the file; a new file has none at all."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"old")
    for path in (old, new):
        with pytest.raises(KeyboardInterrupt):
            _interrupted(path)
    assert b"old" == old.read_bytes()
    assert [old] == list(tmp_path.iterdir())


def _interrupted(path: Path) -> None:
    with replacing(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_of_a_link_the_file_is_replaced(tmp_path: Path) -> None:
    """The link stays a link."""
    link, path = tmp_path / "link", tmp_path / "folder" / "file"
    path.parent.mkdir()
    link.symlink_to(path)
    replace(link, b"new")
    assert link.is_symlink()
    assert b"new" == path.read_bytes()


def test_a_pipe_is_written_as_it_comes(tmp_path: Path) -> None:
    """Nothing takes its place, and whoever reads gets every byte."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    replace(pipe, b"through")
    assert b"through" == os.read(reader, 100)
    os.close(reader)
    assert pipe.is_fifo()


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That its folder may be written is no right to its text."""
    path = tmp_path / "kept"
    path.write_bytes(b"kept")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError) as found:
        replace(path, b"new")
    assert (errno.EACCES, str(path)) == (found.value.errno, found.value.filename)
    assert b"kept" == path.read_bytes()
