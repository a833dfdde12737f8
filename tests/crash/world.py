"""What outlives a killed process: what was acknowledged, and what was done on the platform.

Both are files to which whole lines are appended by one system call each.
"""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import msgspec

from adapters.platform import Answer, Receipt, Receive
from adapters.simulator.room import TELEGRAM_LIKE
from bot.storage.codec import encode_action
from rules.actions import AnyAction
from rules.capability import Capability


class Lines:
    """A file of lines that no kill can tear or lose."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def add(self, line: str) -> None:
        """Append a line in one call."""
        os.write(self._file, f"{line}\n".encode())


def lines(path: Path) -> list[str]:
    """What was appended so far."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


class Effect(msgspec.Struct, frozen=True):
    """One thing that was done on the platform: which action, of what name, in which group, how."""

    key: str
    kind: str
    group: str
    body: str


class World:
    """The platform: it does what it is asked, remembers it, and does not always answer well.

    By its key an action is answered at once, after a moment, with a wait first, or never for sure.
    """

    name = "world"
    stable_ids = True

    def __init__(self, home: Path) -> None:
        self._done = Lines(home / "effects")
        self._asked: set[str] = set()

    def owns(self, group: str) -> bool:
        """Every group."""
        return True

    def capabilities(self, group: str) -> frozenset[Capability]:
        """What a Telegram bot can do."""
        return TELEGRAM_LIKE

    async def run(self, receive: Receive) -> None:
        """Events come from the feeder."""
        await asyncio.Event().wait()

    async def perform(self, action: AnyAction, sentence: str) -> Receipt:
        """Do it once more; what a platform is asked twice, it does twice."""
        mood = crc32(action.key.encode()) % 8
        if mood == 0 and action.key not in self._asked:
            self._asked.add(action.key)
            return Receipt(answer=Answer.REFUSED, reason="slow down", retry_after=_SHORT)
        await asyncio.sleep(mood / 2000)  # a platform's answer takes its time
        self.affect(action)
        if is_unsure(action.key):
            return Receipt(answer=Answer.UNSURE, reason="connection lost")
        return Receipt(answer=Answer.DONE, message_id=f"said:{action.key}" if sentence else "")

    def affect(self, action: AnyAction) -> None:
        """Let it have happened."""
        kind = type(action).__name__
        effect = Effect(action.key, kind, action.group, encode_action(action))
        self._done.add(msgspec.json.encode(effect).decode())


_SHORT = timedelta(milliseconds=1)


def is_unsure(key: str) -> bool:
    """Whether the platform loses its answer about this action."""
    return crc32(key.encode()) % 16 == 9


def effects(home: Path) -> list[Effect]:
    """What was done on the platform, in order."""
    return [msgspec.json.decode(line, type=Effect) for line in lines(home / "effects")]
