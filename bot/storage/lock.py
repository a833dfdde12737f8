"""The lock of a home folder: two processes never write one home."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from bot.storage.errors import HomeLockedError, plain_words


class HomeLock:
    """Held from `take` to `release`, or until the process dies, however it dies."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._pid = home / "qunguan.pid"
        self._lock = FileLock(home / "qunguan.lock", timeout=0, thread_local=False)

    def take(self) -> None:
        """Take it at once; raises HomeLockedError if another process (or another Store) has it."""
        with plain_words(str(self._home)):
            self._home.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except Timeout:
                raise HomeLockedError(self._refusal()) from None
            self._pid.write_text(f"{os.getpid()}\n", encoding="ascii")

    def release(self) -> None:
        """Let go of it. Harmless if it is not held."""
        if self._lock.is_locked:
            self._pid.unlink(missing_ok=True)
            self._lock.release()

    def _refusal(self) -> str:
        try:
            who = f"another Qunguan (pid {self._pid.read_text(encoding='ascii').strip()})"
        except OSError:
            who = "another Qunguan"
        return f"{who} is using {self._home}: stop it first or choose another QUNGUAN_HOME"
