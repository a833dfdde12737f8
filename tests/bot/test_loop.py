"""The loop: each event once, many share a commit, what is due comes first, rules are switched."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import FrozenClock
from bot.loop import Loop
from bot.storage import Batch, OutboxState, Store, Update
from bot.storage.codec import encode_state
from bot.storage.database import default_url
from bot.storage.errors import StorageError
from rules.decision import Deadline, Decision, Mode
from rules.entries import Decided, Entry, Switched
from rules.events import MemberJoined, Tick, Unreadable
from rules.fold import apply
from rules.message import Kind
from rules.rulebook import Rulebook
from rules.state import CommunityState
from tests.bots import BOOK, Recorder, at_work, ruleset
from tests.builders import T0, at, message, posted

OTHER = Rulebook((ruleset(digest="cd" * 8, mode=Mode.SHADOW, topics=()),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    with closing(Store.open(default_url(tmp_path), home=tmp_path, now=lambda: T0)) as made:
        yield made


def joined(seconds: float, member: str = "n1", group: str = "g1") -> MemberJoined:
    """Somebody comes in."""
    when = at(seconds)
    key = f"join:{member}:{seconds}"
    return MemberJoined(key=key, at=when, seen_at=when, group=group, member=member, name=member)


async def test_a_second_welcome_in_a_group_is_journaled_like_the_first(tmp_path: Path) -> None:
    """Two windows of welcome in one group are two deadlines: both are decided, none clashes."""
    async with at_work(tmp_path, Recorder()) as bot:
        for seconds in (0, 600):
            bot.clock.advance(at(seconds) - bot.clock.now())
            await bot.loop.receive(joined(seconds, member=f"n{seconds}"))
            bot.clock.advance(timedelta(seconds=31))
            await bot.loop.wake()
        ticks = [one for one in bot.decided() if one.event.key.startswith("greeting")]
    assert [1, 1] == [len(one.decision.actions) for one in ticks]


async def test_a_member_is_muted_twice_and_unmuted_twice(tmp_path: Path) -> None:
    """The end of a second mute of the same member is decided like the end of the first."""
    async with at_work(tmp_path, Recorder()) as bot:
        for seconds in (0, 10, 1300):
            bot.clock.advance(at(seconds) - bot.clock.now())
            await bot.loop.receive(posted("笨蛋", seconds=seconds))
        bot.clock.advance(timedelta(days=2))
        await bot.loop.wake()
        ends = [one for one in bot.decided() if one.event.key.startswith("mute_ends")]
    assert ["Unmute", "Unmute"] == [type(one.decision.actions[0]).__name__ for one in ends]


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_event_that_comes_twice_is_journaled_once(tmp_path: Path, at_once: bool) -> None:
    """At least once from a platform is exactly once in the journal, in one batch and in two."""
    async with at_work(tmp_path, Recorder()) as bot:
        twice = [bot.loop.receive(posted("hello")) for _ in range(2)]
        if at_once:
            await asyncio.gather(*twice)
        else:
            for one in twice:
                await one
        assert [posted("hello").key] == [one.event.key for one in bot.decided()]


async def test_an_event_that_comes_again_after_a_restart_is_known(tmp_path: Path) -> None:
    """What is journaled is acknowledged without being decided again, by whatever process."""
    for _ in range(2):
        async with at_work(tmp_path, Recorder()) as bot:
            await bot.loop.receive(posted("笨蛋"))
            await bot.quiet()
            assert 1 == len(bot.decided())
            assert 1 == bot.loop.state.standing("g1", "m1").level


async def test_an_event_is_safe_when_it_was_received(tmp_path: Path) -> None:
    """Whoever acknowledges after `receive` can lose nothing: another reader finds the entry."""
    async with at_work(tmp_path, Recorder()) as bot:
        await bot.loop.receive(posted("hello"))
        with closing(sqlite3.connect(tmp_path / "qunguan.db")) as other:
            assert [(1,)] == other.execute("SELECT count(*) FROM journal").fetchall()


async def test_many_events_share_a_commit(tmp_path: Path) -> None:
    """Under load there are far fewer commits than events, and the order stays."""
    commits: list[int] = []
    async with at_work(tmp_path, Recorder()) as bot:
        bot.loop.listeners.append(lambda entries: commits.append(len(entries)))
        events = [posted("hello", by=f"m{n}", seconds=n) for n in range(300)]
        bot.clock.advance(timedelta(seconds=300))
        await asyncio.gather(*map(bot.loop.receive, events))
        assert [one.key for one in events] == [one.event.key for one in bot.decided()]
    assert 300 == sum(commits)
    assert len(commits) < 10


async def test_what_was_due_before_an_event_is_decided_before_it(tmp_path: Path) -> None:
    """An ad whose red packet never came costs its strike before the next message is looked at."""
    async with at_work(tmp_path, Recorder()) as bot:
        await bot.loop.receive(posted("找我代购"))
        bot.clock.advance(timedelta(seconds=194))
        await bot.loop.receive(posted("hello", seconds=194))
        assert bot.loop.state.deadlines
        bot.clock.advance(timedelta(seconds=1))
        await bot.loop.receive(posted("packet", seconds=195))
        kinds = [type(one.event).__name__ for one in bot.decided()]
    assert ["MessagePosted", "MessagePosted", "Tick", "MessagePosted"] == kinds


async def test_a_packet_in_the_last_second_wins_over_the_timer(tmp_path: Path) -> None:
    """Within the grace a red packet that was sent in time is counted, late though it arrives."""
    async with at_work(tmp_path, Recorder()) as bot:
        await bot.loop.receive(posted("找我代购"))
        bot.clock.advance(timedelta(seconds=194))
        await bot.loop.wake()
        await bot.loop.receive(posted(message("", Kind.RED_PACKET), seconds=179))
        bot.clock.advance(timedelta(seconds=60))
        await bot.loop.wake()
        assert 0 == bot.loop.state.standing("g1", "m1").level
        assert ["MessagePosted"] * 2 == [type(one.event).__name__ for one in bot.decided()]


async def test_rules_are_switched_between_events_and_the_switch_is_journaled(
    tmp_path: Path,
) -> None:
    """Each decision carries the digest of its rules; what they schedule replaces what was."""
    async with at_work(tmp_path, Recorder()) as bot:
        await bot.loop.receive(posted("笨蛋"))
        await bot.loop.use(BOOK)
        assert ["topic"] == [one.kind for one in bot.loop.state.deadlines.values()]
        await bot.loop.use(OTHER)
        await bot.loop.receive(posted("笨蛋", seconds=5))
        entries = [one for _, one in bot.store.entries()]
        switches = [one.rules for one in entries if isinstance(one, Switched)]
        decided = [one.decision for one in entries if isinstance(one, Decided)]
        assert [BOOK.digest, OTHER.digest] == switches
        assert ["ab" * 8, "cd" * 8] == [one.rules for one in decided]
        assert [True, False] == [bool(one.strikes) for one in decided]
        assert {} == bot.loop.state.deadlines
        assert [] == bot.store.deadlines()


async def test_what_cannot_be_understood_is_kept(tmp_path: Path) -> None:
    """An unreadable update and a deadline of a later version are journaled and stop nothing."""
    strange = Unreadable(key="u1", at=T0, seen_at=T0, group="g1", reason="kind 99", raw="{}")
    later = Tick(key="later", at=T0, seen_at=T0, group="g1", deadline="of a later version", ref="")
    async with at_work(tmp_path, Recorder()) as bot:
        for event in (strange, later, posted("hello")):
            await bot.loop.receive(event)
        assert [strange, later] == [one.event for one in bot.decided()][:2]
        assert [Decision().actions] * 3 == [one.decision.actions for one in bot.decided()]


async def test_time_never_goes_back(tmp_path: Path) -> None:
    """A clock that was set back changes no order: `seen_at` stays, and no event is ahead of it."""
    async with at_work(tmp_path, Recorder(), clock=FrozenClock(at(100))) as bot:
        await bot.loop.receive(posted("one", seconds=100))
    async with at_work(tmp_path, Recorder(), clock=FrozenClock(at(50))) as bot:
        await bot.loop.receive(posted("two", seconds=110))
        times = [(one.event.at, one.event.seen_at) for one in bot.decided()]
    assert [(at(100), at(100))] * 2 == times


async def test_nothing_is_acknowledged_that_could_not_be_written(
    tmp_path: Path, store: Store
) -> None:
    """A failed commit ends the loop, acknowledges nothing and leaves no snapshot of what failed."""
    with closing(sqlite3.connect(tmp_path / "qunguan.db")) as other:
        other.execute(
            "CREATE TRIGGER t BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    loop = Loop(store, CommunityState(), BOOK, FrozenClock(T0))
    waiting = asyncio.ensure_future(loop.receive(posted("hello")))
    with pytest.raises(StorageError):
        await loop.run()
    assert not waiting.done()
    waiting.cancel()
    loop.close()
    with closing(sqlite3.connect(tmp_path / "qunguan.db")) as other:
        assert [(0,)] == other.execute("SELECT count(*) FROM snapshots").fetchall()


async def test_a_start_from_a_snapshot_is_not_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Snapshots are kept now and then; a state from one is the fold of the whole journal."""
    monkeypatch.setattr("bot.loop.SNAPSHOT_EVERY", 4)
    async with at_work(tmp_path, Recorder()) as bot:
        for n in range(10):
            await bot.loop.receive(posted("笨蛋", seconds=n))
        await bot.quiet()
        with closing(sqlite3.connect(tmp_path / "qunguan.db")) as other:
            (kept,) = other.execute("SELECT count(*) FROM snapshots").fetchone()
        whole = CommunityState()
        for _, entry in bot.store.entries():
            apply(whole, entry)
        assert kept > 0
        assert encode_state(whole) == encode_state(bot.store.load_state()[0])
        assert encode_state(whole) == encode_state(bot.loop.state)


async def test_bookkeeping_alone_makes_no_entry(tmp_path: Path) -> None:
    """A change of an outbox row is written by the same writer and is nobody's entry."""
    heard: list[list[Entry]] = []
    async with at_work(tmp_path, Recorder()) as bot:
        bot.loop.listeners.append(lambda entries: heard.append(list(entries)))
        await bot.loop.settle(Update(key="none", state=OutboxState.TODO, at=T0))
        await bot.loop.wake()
        assert 0 == bot.store.count()
    assert [[]] == heard


async def test_a_deadline_on_disk_is_decided_by_the_next_process(
    tmp_path: Path, store: Store
) -> None:
    """What fell due while the bot was down is decided at its start, and acted upon."""
    store.commit(Batch(entries=(_muted(),)))
    store.close()
    async with at_work(tmp_path, Recorder(), clock=FrozenClock(at(3600))) as bot:
        await bot.loop.wake()
        assert ["MessagePosted", "Tick"] == [type(one.event).__name__ for one in bot.decided()]
        await bot.quiet()
        assert ["Unmute"] == [one.did for one in bot.delivered()]


async def test_a_full_queue_makes_the_platform_wait(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is dropped and memory stays bounded: the platform hands over more slowly."""
    monkeypatch.setattr("bot.loop.QUEUE", 2)
    loop = Loop(store, CommunityState(), BOOK, FrozenClock(T0))
    waiting = [asyncio.ensure_future(loop.receive(posted("x", seconds=-n))) for n in range(5)]
    await asyncio.sleep(0)
    assert 2 == loop._queue.qsize()
    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(loop.run())
        await asyncio.gather(*waiting)
        working.cancel()
    assert 5 == store.count()


def _muted() -> Decided:
    """A message that muted its author for ten minutes."""
    deadline = Deadline(
        key="mute_ends:g1:1", kind="mute_ends", group="g1", ref="m1", at=at(600), due_at=at(600)
    )
    return Decided(event=posted("x"), decision=Decision(opened=(deadline,)))
