"""Time messages on their whole way, from `Loop.receive` to the commit; one line of JSON.

    python -m benchmarks.bench_pipeline

SQLite with synchronous=FULL in a temporary folder (TMPDIR chooses the disk), the rules of
`bench_decide` with 10,000 words, as many senders at once as a busy adapter has.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import structlog

from benchmarks.bench_decide import made_book, made_events
from benchmarks.talk import ordinary_lines
from bot.clock import FrozenClock
from bot.loop import Loop
from bot.storage import Store
from bot.storage.database import default_url
from rules.events import MessagePosted
from rules.rulebook import Rulebook
from rules.state import CommunityState

MESSAGES = 40_000
SENDERS = 2_000  # events in flight; a platform hands over what came while it waited


async def _pipeline(home: Path, book: Rulebook, events: Sequence[MessagePosted]) -> float:
    """Messages per second."""
    clock = FrozenClock(events[0].at)
    store = Store.open(default_url(home), home=home, now=clock.now)
    loop = Loop(store, CommunityState(), book, clock)
    left = iter(events)

    async def send() -> None:
        for event in left:
            clock.advance(max(timedelta(0), event.at - clock.now()))
            await loop.receive(event)

    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(loop.run())
        begun = perf_counter()
        await asyncio.gather(*(send() for _ in range(SENDERS)))
        took = perf_counter() - begun
        working.cancel()
    loop.close()
    store.close()
    return len(events) / took


def main() -> None:
    """Print the measure."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    events = made_events(ordinary_lines(Random(3), MESSAGES), 0)  # noqa: S311 - made-up text
    with tempfile.TemporaryDirectory() as folder:
        speed = asyncio.run(_pipeline(Path(folder), made_book(10_000), events))
    print(json.dumps({"measure": "pipeline_sqlite_full", "messages_per_s": round(speed)}))


if __name__ == "__main__":
    main()
