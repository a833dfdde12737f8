"""Whether the bot lives (its loop turns) and whether it is ready, for whoever watches it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.storage import StorageError
from bot.web.context import Context

WITHIN = 5  # seconds in which the loop takes its next turn, also under load
STUCK = "the loop does not answer: restart the bot"
FREE_BYTES = 1_000_000  # below, the next commits may fail


class Health:
    """Answers /livez and /readyz: 200, or 503 with one sentence for each thing that is missing."""

    def __init__(self, context: Context, home: Path) -> None:
        self._context = context
        self._home = home

    async def live(self, _: Request) -> Response:
        """Whether the loop turns."""
        return _answer([] if await self._turns() else [STUCK])

    async def ready(self, _: Request) -> Response:
        """Whether the loop turns, the database is writable, rules are loaded, groups there."""
        missing = [] if await self._turns() else [STUCK]
        missing += await asyncio.to_thread(lambda: list(self._database()))
        if not self._context.loop.rulebook.rulesets:
            missing.append(f"no rules are in force: put a rule file into {self._home}")
        groups = self._context.loop.state.groups
        if not all(room in groups for room in self._context.simulator.rooms):
            missing.append("the platform is not connected yet: wait a moment")
        return _answer(missing)

    async def _turns(self) -> bool:
        try:
            async with asyncio.timeout(WITHIN):
                await self._context.loop.wake()
        except TimeoutError:
            return False
        return True

    def _database(self) -> Iterator[str]:
        try:
            self._context.loop.store.known(["readyz"])
        except StorageError as error:
            yield str(error)
        if not os.access(self._home, os.W_OK):
            yield f"{self._home} cannot be written: give the bot's user the right to"
        elif disk_usage(self._home).free < FREE_BYTES:
            yield f"the disk of {self._home} is full: make room on it"


def _answer(missing: list[str]) -> Response:
    status = 503 if missing else 200
    return JSONResponse({"status": "ok" if not missing else "no", "missing": missing}, status)
