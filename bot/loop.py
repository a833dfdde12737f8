"""The one writer: events in, decided in order, journaled in one commit, folded, then acted upon.

Everything comes through its bounded queue: messages, deadlines, receipts, new rules. Many things
share a commit when there is load. What is decided becomes visible only after it is safe on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from bot.clock import Clock
from bot.decide import advance, decide, switch
from bot.storage import Batch, Store, Update
from bot.storage.codec import encode_state
from rules.entries import Delivered, Entry
from rules.events import AnyEvent, Event
from rules.fold import apply
from rules.rulebook import Rulebook
from rules.state import CommunityState

QUEUE = 10_000  # events waiting; a platform that hands over more has to wait
BATCH = 500  # measured: benchmarks/bench_pipeline.py; more brings nothing
SNAPSHOT_EVERY = 50_000  # entries: about a second of folding at the next start

Listener = Callable[[Sequence[Entry]], None]


@dataclass(slots=True)
class Wake:
    """Something may be due: decide it."""


@dataclass(slots=True)
class Item:
    """One thing in the queue, and the future that is set when it is safe."""

    content: AnyEvent | Delivered | Update | Rulebook | Wake
    done: asyncio.Future[None]


@dataclass(slots=True)
class _Work:
    """What one batch comes to."""

    entries: list[Entry] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


class Loop:
    """Owns the state. `listeners` are told of entries when they are committed, in order."""

    def __init__(
        self, store: Store, state: CommunityState, rulebook: Rulebook, clock: Clock
    ) -> None:
        self.store = store
        self.state = state
        self.rulebook = rulebook
        self.clock = clock
        self.listeners: list[Listener] = []
        self._queue: asyncio.Queue[Item] = asyncio.Queue(QUEUE)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._snapshot_at = state.entries + SNAPSHOT_EVERY
        self._committed = state.entries

    async def receive(self, event: AnyEvent) -> None:
        """Take an event in; returns when it is journaled, or known already."""
        await self._put(event)

    async def settle(self, settled: Delivered | Update) -> None:
        """Take the dispatcher's bookkeeping in; returns when it is safe."""
        await self._put(settled)

    async def use(self, rulebook: Rulebook) -> None:
        """From now on decide by this rulebook; returns when that is journaled."""
        await self._put(rulebook)

    async def wake(self) -> None:
        """Decide what has fallen due; returns when that is journaled."""
        await self._put(Wake())

    async def redact(self, before: datetime, keep: set[str]) -> int:
        """Take texts older than `before` out of the journal, except of events in `keep`.

        It works in many small transactions beside the writer, which goes on between them. A
        cancelled one is waited for: nothing writes once the home has been given back.
        """
        work = asyncio.ensure_future(asyncio.to_thread(self.store.redact, before, keep))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait([work])
            raise

    async def run(self) -> None:
        """Work until cancelled. A StorageError ends it: nothing of that batch was written."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._process(batch)

    def close(self) -> None:
        """Let the writer's last commit end, and keep a snapshot for a quick start.

        None is kept of a state that is ahead of the journal, because a commit failed.
        """
        self._writer.shutdown()
        if self._committed == self.state.entries:
            body = encode_state(self.state)
            self.store.save_snapshot(self._committed, body, at=self.state.seen_at)

    async def _put(self, content: AnyEvent | Delivered | Update | Rulebook | Wake) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._queue.put(Item(content, done))
        await done

    async def _process(self, batch: list[Item]) -> None:
        known = self.store.known(one.content.key for one in batch if isinstance(one.content, Event))
        work = _Work(keys=known)
        now = max(self.state.seen_at, self.clock.now())
        for item in batch:
            self._take(item.content, now, work)
        if work.entries or work.updates:
            write = Batch(entries=tuple(work.entries), updates=tuple(work.updates))
            await asyncio.get_running_loop().run_in_executor(self._writer, self._commit, write)
            for listener in self.listeners:
                listener(work.entries)
        for item in batch:
            if not item.done.done():
                item.done.set_result(None)

    def _take(
        self,
        content: AnyEvent | Delivered | Update | Rulebook | Wake,
        now: datetime,
        work: _Work,
    ) -> None:
        match content:
            case Update():
                work.updates.append(content)
            case Delivered():
                self._fold(content, work)
            case Rulebook():
                self._advance(now, work)
                self.rulebook = content
                self._fold(switch(content, self.state, now), work)
            case Wake():
                self._advance(now, work)
            case _:
                self._event(content, now, work)

    def _event(self, event: AnyEvent, now: datetime, work: _Work) -> None:
        if event.key in work.keys:
            return
        work.keys.add(event.key)
        self._advance(now, work)
        seen = msgspec.structs.replace(event, seen_at=now, at=min(event.at, now))
        self._fold(decide(self.rulebook, self.state, seen), work)

    def _advance(self, now: datetime, work: _Work) -> None:
        for decided in advance(self.rulebook, self.state, now, now):
            work.keys.add(decided.event.key)
            self._fold(decided, work)

    def _fold(self, entry: Entry, work: _Work) -> None:
        apply(self.state, entry)
        work.entries.append(entry)

    def _commit(self, batch: Batch) -> None:
        numbers = self.store.commit(batch)
        self._committed += len(numbers)
        if self.state.entries >= self._snapshot_at and numbers:
            self._snapshot_at = self.state.entries + SNAPSHOT_EVERY
            self.store.save_snapshot(numbers[-1], encode_state(self.state), at=self.state.seen_at)
