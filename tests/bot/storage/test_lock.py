"""Two processes never write one home."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.storage.errors import HomeLockedError
from bot.storage.lock import HomeLock

HOLD = """
import sys
from pathlib import Path
from bot.storage.lock import HomeLock
lock = HomeLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """The refusal names the process and what to do; when that is killed, the home is free."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as other:  # noqa: S603
        assert other.stdout is not None
        assert b"held\n" == other.stdout.readline()
        lock = HomeLock(tmp_path)
        words = f"another Qunguan .pid {other.pid}. is using {tmp_path}: stop it first or choose"
        with pytest.raises(HomeLockedError, match=words):
            lock.take()
        other.kill()
        other.wait()
        lock.take()
    assert f"{os.getpid()}\n" == (tmp_path / "qunguan.pid").read_text()
    lock.release()


def test_a_missing_pid_is_no_fault(tmp_path: Path) -> None:
    """Without the file that names the process the refusal is still a sentence."""
    first, second = HomeLock(tmp_path), HomeLock(tmp_path)
    first.take()
    (tmp_path / "qunguan.pid").unlink()
    with pytest.raises(HomeLockedError, match=r"^another Qunguan is using"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_any_thread_may_release(tmp_path: Path) -> None:
    """The lock is the process's: another thread can give the home back, and twice is harmless."""
    lock = HomeLock(tmp_path / "new")
    lock.take()
    for _ in range(2):
        thread = threading.Thread(target=lock.release)
        thread.start()
        thread.join()
    again = HomeLock(tmp_path / "new")
    again.take()
    again.release()
