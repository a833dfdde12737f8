"""Commands of operators on their way to the running bot: files in `commands/` of the home.

A file is complete when it has its name, and is deleted once its events are journaled. Taken twice,
after a crash, it changes nothing: the events' keys are known by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import msgspec
import structlog

from bot.loop import Loop
from rules.events import OperatorCommanded

FOLDER = "commands"
EVERY = timedelta(milliseconds=500)  # looks at a folder that is nearly always empty

log = structlog.get_logger()
_events = msgspec.json.Decoder(tuple[OperatorCommanded, ...])


def put(home: Path, name: str, events: Sequence[OperatorCommanded]) -> Path:
    """Leave a command for the bot that runs on this home; OSError if it cannot be written."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    partial = folder / f"{name}.partial"
    partial.touch(mode=0o600)
    partial.write_bytes(msgspec.json.encode(list(events)))
    return partial.rename(folder / f"{name}.json")


class Spool:
    """Hands the commands of a home to the loop, in the order of their names."""

    def __init__(
        self, home: Path, loop: Loop, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._folder = home / FOLDER
        self._loop = loop
        self._sleep = sleep

    async def run(self) -> None:
        """Take what comes, until cancelled."""
        while True:
            await self.take()
            await self._sleep(EVERY.total_seconds())

    async def take(self) -> None:
        """Take all that is there. What is no command is put aside as `.refused`."""
        for path in sorted(self._folder.glob("*.json")):
            try:
                events = _events.decode(path.read_bytes())
            except (OSError, msgspec.MsgspecError) as error:
                log.warning("no command, put aside", place=path.name, error=type(error).__name__)
                with suppress(OSError):
                    path.rename(path.with_suffix(".refused"))
                continue
            for event in events:
                await self._loop.receive(event)
            path.unlink(missing_ok=True)
