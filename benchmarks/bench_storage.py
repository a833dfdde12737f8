"""How fast storage commits, reads, folds, starts and redacts: one line of JSON per figure.

`python -m benchmarks.bench_storage [--entries N] [--url postgresql://…]`; a URL must name an empty
database. Figures hold for the disk of the temporary folder.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.storage import Batch, OutboxState, Store, Update
from bot.storage.codec import encode_state
from bot.storage.database import default_url
from rules.actions import Delete, Line, Say
from rules.decision import Decision
from rules.entries import Decided
from rules.events import MessagePosted
from rules.footprint import footprint
from rules.message import Author, Message
from rules.text import fold

START = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 100
GROUPS, MEMBERS = 50, 5000
TEXT = "今天的羽毛球还差两个人,晚上七点老地方,有人一起吗"
FOOTPRINT = footprint(fold(TEXT), kind="text", hosts=())


def entry(number: int) -> Decided:
    """A message; every tenth was decided to be deleted and answered."""
    at = START + timedelta(seconds=number)
    group = f"g{number % GROUPS}"
    decision = Decision()
    if number % 10 == 0:
        line = Line(key="warned", values={"name": "小明"})
        delete = Delete(key=f"b:{number}/d", group=group, message_id=str(number), member="m")
        say = Say(key=f"b:{number}/s", group=group, line=line)
        decision = Decision(actions=(delete, say))
    event = MessagePosted(
        key=f"b:{number}",
        at=at,
        seen_at=at,
        group=group,
        author=Author(id=f"m{number % MEMBERS}", name="小明"),
        message_id=str(number),
        message=Message(text=TEXT),
    )
    return Decided(event=event, footprint=FOOTPRINT, decision=decision)


def report(name: str, count: int, work: Callable[[], object], **more: object) -> None:
    """Do the work and print how long it took."""
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    figures = {"bench": name, "count": count, "seconds": round(seconds, 3)}
    print(json.dumps(figures | {"per_second": round(count / seconds)} | more))


def fill(store: Store, count: int) -> None:
    """Commit `count` entries, and print how fast; making them is not counted."""
    seconds = 0.0
    for start in range(1, count + 1, BATCH):
        batch = Batch(entries=tuple(entry(number) for number in range(start, start + BATCH)))
        began = time.perf_counter()
        store.commit(batch)
        seconds += time.perf_counter() - began
    figures = {"bench": "storage_commit", "count": count, "seconds": round(seconds, 3)}
    print(json.dumps(figures | {"per_second": round(count / seconds), "batch": BATCH}))


def settle(store: Store) -> None:
    """Mark everything in the outbox as done, a hundred rows a commit."""
    done = [
        Update(key=one.key, state=OutboxState.DONE, at=START, note="") for one in store.pending()
    ]
    for start in range(0, len(done), BATCH):
        store.settle(done[start : start + BATCH])


def one_by_one(store: Store, first: int, count: int) -> None:
    """Commit entries one by one."""
    for number in range(first, first + count):
        store.commit(Batch(entries=(entry(number),)))


def measure(address: str, home: Path, count: int) -> None:
    """Print every figure for one database."""

    def opened() -> Store:
        return Store.open(address, home=home, now=lambda: START)

    store = opened()
    fill(store, count)
    report("storage_settle", count // 5, lambda: settle(store))
    report("storage_commit_single", 200, lambda: one_by_one(store, count + 1, 200))
    report("storage_read", store.count(), lambda: sum(1 for _ in store.entries()))
    report("storage_fold", store.count(), store.load_state)
    state, seq = store.load_state()
    body = encode_state(state)
    report("storage_snapshot", 1, lambda: store.save_snapshot(seq, body, at=START), size=len(body))
    one_by_one(store, count + 201, 300)
    total = store.count()
    store.close()
    report("storage_start", total, lambda: opened_and_loaded(opened))
    store = opened()
    report("storage_redact", total, lambda: store.redact(START + timedelta(days=999), keep=()))
    store.close()


def opened_and_loaded(opened: Callable[[], Store]) -> None:
    """What a start does: open, load the snapshot, fold the tail, read what is pending."""
    store = opened()
    store.load_state()
    store.pending()
    store.close()


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000, help="a multiple of 100")
    parser.add_argument("--url", help="an empty database; without it a SQLite file")
    asked = parser.parse_args()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        measure(asked.url or default_url(home), home, asked.entries)


if __name__ == "__main__":
    main()
