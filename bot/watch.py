"""Rule files on disk: a saved file is live within two seconds, a broken one changes nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from bot import refusals
from bot.clock import Clock
from bot.loop import Loop
from bot.rulefiles import KEPT, RuleFiles
from bot.versions import record

FIRST_LOOK = 500  # milliseconds from the start to the first reading
DEBOUNCE = 200  # milliseconds of quiet before a file is read: an editor writes in pieces

log = structlog.get_logger()


class Watch:
    """Reads the folder again whenever a rule file in it was saved, and switches the loop over."""

    def __init__(self, files: RuleFiles, loop: Loop, clock: Clock) -> None:
        self._files = files
        self._loop = loop
        self._clock = clock
        self._is_news = False

    async def run(self) -> None:
        """Watch until cancelled. What was saved before the watch stood is read at its start."""
        is_first = True
        async for changes in awatch(
            self._files.folder,
            watch_filter=_is_rules,
            debounce=DEBOUNCE,
            step=DEBOUNCE // 4,
            rust_timeout=FIRST_LOOK,
            yield_on_timeout=True,
            recursive=True,  # files of words may lie deeper
        ):
            if changes or is_first:
                await self.refresh()
            else:
                await self.tell()
            is_first = False

    async def refresh(self) -> None:
        """Read the rule files and use them if they say something else than before."""
        had_errors = bool(self._files.errors)
        try:
            rulebook = await asyncio.to_thread(self._files.read)
        except OSError as gone:  # or locked while it was read: its next change is seen too
            log.warning("rule files cannot be read", place=gone.filename, error=gone.strerror)
            return
        for error in self._files.errors:
            log.warning("rule file refused, the last good one stays", place=error)
        if had_errors and not self._files.errors:
            log.info("rule files have no mistake any more")
        await asyncio.to_thread(record, self._loop.store, self._files, self._clock.now())
        if rulebook.digest != self._loop.rulebook.digest:
            await self._loop.use(rulebook)
            self._files.switched_at = self._clock.now()
            log.info("rules switched", digest=rulebook.digest)
        self._is_news = True

    async def tell(self) -> None:
        """Let the admins hear of mistakes after a quiet moment: an editor may write a file in
        pieces.
        """
        if self._is_news:
            self._is_news = False
            for event in refusals.events_of(self._files, self._loop.state, self._clock.now()):
                await self._loop.receive(event)


def _is_rules(_: Change, path: str) -> bool:
    """Whether a rule file or a list of words was changed, or a folder that may hold some; and not a
    copy that is kept aside.
    """
    changed = Path(path)
    return changed.suffix in {".yaml", ".yml", ".txt", ""} and KEPT not in changed.parts
