"""Time a start on a journal of a million entries; one line of JSON.

    python -m benchmarks.bench_startup [ENTRIES]

The journal is written in large batches, with a snapshot every SNAPSHOT_EVERY entries as the loop
keeps them, the last one half as far back: what is timed is `bot.app.running` until it is at work.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import structlog

from benchmarks.bench_decide import START
from benchmarks.talk import ordinary_lines
from bot.app import running
from bot.clock import FrozenClock
from bot.loop import SNAPSHOT_EVERY
from bot.settings import Settings
from bot.storage import Batch, Store
from bot.storage.codec import encode_state
from rules.decision import Decision
from rules.entries import Decided, Entry
from rules.events import MessagePosted
from rules.fold import apply
from rules.footprint import footprint
from rules.message import Author, Message
from rules.state import CommunityState
from rules.text import fold

ENTRIES = 1_000_000
BATCH = 10_000
GROUPS, MEMBERS = 50, 500


def main() -> None:
    """Print the measure."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        tail = _write(settings, entries)
        took = asyncio.run(_start(settings, entries))
    found = {"measure": "startup", "entries": entries, "tail": tail, "s": round(took, 2)}
    print(json.dumps(found), flush=True)


async def _start(settings: Settings, entries: int) -> float:
    """Seconds until the bot is at work, a moment after the last entry."""
    clock = FrozenClock(START + timedelta(seconds=entries))
    begun = perf_counter()
    async with running(settings, [], clock):
        return perf_counter() - begun


def _write(settings: Settings, entries: int) -> int:
    """Write the journal; gives how many entries are newer than the last snapshot."""
    store = Store.open(settings.database, home=settings.home, now=lambda: START)
    state, kept = CommunityState(), 0
    said = ordinary_lines(Random(4), 1000)  # noqa: S311 - made-up text
    for first in range(0, entries, BATCH):
        batch = tuple(_entry(number, said) for number in range(first, first + BATCH))
        store.commit(Batch(entries=batch))
        for entry in batch:
            apply(state, entry)
        is_due = state.entries - kept >= SNAPSHOT_EVERY
        if is_due and state.entries <= entries - SNAPSHOT_EVERY // 2:
            kept = state.entries
            store.save_snapshot(kept, encode_state(state), at=START)
    store.close()
    return state.entries - kept


def _entry(number: int, said: list[str]) -> Entry:
    text = said[number % len(said)]
    at = START + timedelta(seconds=number)
    event = MessagePosted(
        key=f"k:{number}",
        at=at,
        seen_at=at,
        group=f"g{number % GROUPS}",
        author=Author(id=f"m{number % MEMBERS}", name="小明"),
        message_id=str(number),
        message=Message(text=text),
    )
    mark = footprint(fold(text), kind="text", hosts=())
    return Decided(event=event, footprint=mark, decision=Decision(rules="0" * 16, engine="1"))


if __name__ == "__main__":
    main()
