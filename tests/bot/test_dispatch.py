"""From the outbox to the platform: order, retries, fallbacks, and what a stop leaves in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.platform import Answer, Receipt
from adapters.simulator.room import TELEGRAM_LIKE, WECHAT_LIKE
from bot.clock import FrozenClock
from bot.dispatch import TRIES, Dispatcher
from bot.loop import Loop
from bot.storage import Batch, OutboxState, Store, Update
from bot.storage.database import default_url
from rules.actions import AnyAction, Ban, Delete, Line, Mute, Remove, Say, Tell
from rules.capability import Capability
from rules.decision import Decision
from rules.entries import Decided, Delivered, Result
from tests.bots import BOOK, Bot, Recorder, at_work
from tests.builders import T0, at, posted

DONE = Receipt(answer=Answer.DONE, message_id="m")
REFUSED = Receipt(answer=Answer.REFUSED, reason="no right")
WAIT = Receipt(answer=Answer.REFUSED, reason="slow down", retry_after=timedelta(seconds=7))
UNSURE = Receipt(answer=Answer.UNSURE, reason="no answer")
LINE = Line(key="sorry", values={"name": "A"})


def delete(key: str = "k/0", group: str = "g1") -> Delete:
    """A message to be deleted."""
    return Delete(key=key, group=group, message_id="m1", member="m1")


def say(key: str = "k/0", group: str = "g1", expires: float | None = None) -> Say:
    """A sentence to be said."""
    late = None if expires is None else at(expires)
    return Say(key=key, group=group, line=LINE, expires_at=late)


REMOVE = Remove(key="k/0", group="g1", member="m1", name="A")
BAN = Ban(key="k/0", group="g1", member="m1", name="A")
MUTE = Mute(key="k/0", group="g1", member="m1", until=at(60))


def keep(home: Path, *actions: AnyAction, tried: str | None = None, next_at: float = 0) -> None:
    """Leave actions in the outbox as a stopped bot would; `tried` was being attempted then."""
    store = Store.open(default_url(home), home=home, now=lambda: T0)
    decided = Decided(event=posted("x"), decision=Decision(actions=actions))
    store.commit(Batch(entries=(decided,)))
    state = OutboxState.TODO if tried is None else OutboxState.ATTEMPTING
    later = at(next_at) if next_at else None
    for one in actions:
        if tried is not None or later:
            update = Update(key=one.key, state=state, at=T0, note=tried or "", next_at=later)
            store.settle([update])
    store.close()


async def results(
    home: Path, platform: Recorder, clock: FrozenClock | None = None
) -> tuple[list[Delivered], list[float]]:
    """What comes of what is in the outbox, and how long the dispatcher wanted to wait."""
    async with at_work(home, platform, clock=clock) as bot:
        await bot.quiet()
        return bot.delivered(), bot.waits


def script(*answers: Receipt) -> Callable[[AnyAction], Receipt]:
    """A platform's answers one after the other, the last one for ever."""
    left = list(answers)
    return lambda action: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.parametrize(
    ("action", "answers", "able", "result", "calls"),
    [
        (delete(), [DONE], TELEGRAM_LIKE, Result.DONE, "Delete"),
        (delete(), [REFUSED], TELEGRAM_LIKE, Result.REFUSED, "Delete"),
        (delete(), [UNSURE, UNSURE, DONE], TELEGRAM_LIKE, Result.DONE, "Delete Delete Delete"),
        (delete(), [UNSURE], TELEGRAM_LIKE, Result.UNKNOWN, " ".join(["Delete"] * TRIES)),
        (delete(), [WAIT, DONE], TELEGRAM_LIKE, Result.DONE, "Delete Delete"),
        (delete(), [WAIT], TELEGRAM_LIKE, Result.DEAD, " ".join(["Delete"] * TRIES)),
        (delete(), [DONE], WECHAT_LIKE, Result.DEGRADED, ""),
        (say(), [DONE], WECHAT_LIKE, Result.DONE, "Say"),
        (say(), [WAIT, WAIT, DONE], TELEGRAM_LIKE, Result.DONE, "Say Say Say"),
        (say(), [UNSURE, DONE], TELEGRAM_LIKE, Result.UNKNOWN, "Say"),
        (say(), [REFUSED, DONE], TELEGRAM_LIKE, Result.REFUSED, "Say"),
        (say(expires=-1), [DONE], TELEGRAM_LIKE, Result.DEAD, ""),
        (say(expires=5), [WAIT, DONE], TELEGRAM_LIKE, Result.DEAD, "Say"),
        (say(expires=9), [WAIT, DONE], TELEGRAM_LIKE, Result.DONE, "Say Say"),
        (REMOVE, [DONE], WECHAT_LIKE, Result.DEGRADED, "Tell"),
        (REMOVE, [REFUSED, DONE], TELEGRAM_LIKE, Result.DEGRADED, "Remove Tell"),
        (REMOVE, [REFUSED, UNSURE], TELEGRAM_LIKE, Result.UNKNOWN, "Remove Tell"),
        (REMOVE, [DONE], frozenset(), Result.DEGRADED, ""),
        (BAN, [REFUSED, REFUSED, DONE], TELEGRAM_LIKE, Result.DEGRADED, "Ban Remove Tell"),
        (BAN, [DONE], TELEGRAM_LIKE - {Capability.BAN}, Result.DEGRADED, "Remove"),
        (BAN, [REFUSED], TELEGRAM_LIKE, Result.REFUSED, "Ban Remove Tell"),
        (MUTE, [DONE], TELEGRAM_LIKE, Result.DONE, "Mute"),
    ],
)
async def test_each_delivery_comes_to_one_end(  # noqa: PLR0913, PLR0917 - the columns of the table
    tmp_path: Path,
    action: AnyAction,
    answers: list[Receipt],
    able: frozenset[Capability],
    result: Result,
    calls: str,
) -> None:
    """What a platform answers decides what is tried next, and what the journal says at the end."""
    keep(tmp_path, action)
    platform = Recorder(able=able, answers=script(*answers))
    ends, _ = await results(tmp_path, platform)
    assert [result] == [one.result for one in ends]
    assert calls.split() == [kind for _, kind, _ in platform.calls]


@pytest.mark.parametrize(
    ("action", "tried", "result", "calls"),
    [
        (delete(), "Delete", Result.DONE, "Delete"),
        (delete(), "", Result.DONE, "Delete"),
        (say(), "Say", Result.UNKNOWN, ""),
        (say(), "", Result.UNKNOWN, ""),
        (REMOVE, "Remove", Result.DONE, "Remove"),
        (REMOVE, "Tell", Result.UNKNOWN, ""),
        (BAN, "Remove", Result.DONE, "Ban"),
    ],
)
async def test_what_a_stop_interrupted_is_repeated_only_if_it_may_be(
    tmp_path: Path, action: AnyAction, tried: str, result: Result, calls: str
) -> None:
    """A sanction in doubt is done again; a sentence never, though it stood in for a sanction."""
    keep(tmp_path, action, tried=tried)
    platform = Recorder()
    ends, _ = await results(tmp_path, platform)
    assert [result] == [one.result for one in ends]
    assert calls.split() == [kind for _, kind, _ in platform.calls]


async def test_waits_grow_and_follow_what_the_platform_asks(tmp_path: Path) -> None:
    """The platform's own wait counts; where it names none, each is longer than the last."""
    keep(tmp_path, delete())
    _, waits = await results(tmp_path, Recorder(answers=script(UNSURE, WAIT, UNSURE, UNSURE, DONE)))
    assert [1, 7, 4, 15] == waits


async def test_a_wait_outlives_a_stop(tmp_path: Path) -> None:
    """What is not to be tried before a time is not tried before it after a restart either."""
    keep(tmp_path, delete(), next_at=30)
    ends, waits = await results(tmp_path, Recorder())
    assert ([30], [Result.DONE]) == (waits, [one.result for one in ends])


async def test_a_mute_that_is_over_is_not_begun(tmp_path: Path) -> None:
    """After a long stop nobody is muted until a time that has passed (for some: for ever)."""
    keep(tmp_path, MUTE)
    platform = Recorder()
    ends, _ = await results(tmp_path, platform, FrozenClock(at(61)))
    assert ([], [Result.DEAD]) == (platform.calls, [one.result for one in ends])


async def test_a_bug_of_a_platform_costs_one_delivery(tmp_path: Path) -> None:
    """An exception in a platform ends that delivery as unknown; the next one is done."""

    def fail(action: AnyAction) -> Receipt:
        if action.key == "k/0":
            raise LookupError(action.key)
        return DONE

    keep(tmp_path, say("k/0"), say("k/1"))
    ends, _ = await results(tmp_path, Recorder(answers=fail))
    assert [(Result.UNKNOWN, "LookupError"), (Result.DONE, "")] == [
        (one.result, one.reason) for one in ends
    ]


async def test_a_sentence_that_cannot_be_made_costs_one_delivery(tmp_path: Path) -> None:
    """A line whose sentence does not exist stops neither the bot nor what comes after it."""
    broken = Say(key="k/0", group="g1", line=Line(key="no such sentence"))
    keep(tmp_path, broken, say("k/1"))
    platform = Recorder()
    ends, _ = await results(tmp_path, platform)
    assert [Result.UNKNOWN, Result.DONE] == [one.result for one in ends]
    assert ["k/1"] == [key for _, _, key in platform.calls]


async def test_a_platform_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits for ever for one answer: a sentence is unknown then."""
    monkeypatch.setattr("bot.dispatch.PATIENCE", timedelta(microseconds=1))

    async def hang(_: AnyAction) -> None:
        await asyncio.Event().wait()

    keep(tmp_path, say())
    ends, _ = await results(tmp_path, Recorder(delay=hang))
    assert [(Result.UNKNOWN, "no answer in time")] == [(one.result, one.reason) for one in ends]


async def test_no_account_for_a_group_is_said_so(tmp_path: Path) -> None:
    """An action for a group that no account serves is refused, not lost."""
    keep(tmp_path, delete())
    store = Store.open(default_url(tmp_path), home=tmp_path, now=lambda: T0)
    loop = Loop(store, store.load_state()[0], BOOK, FrozenClock(T0))
    dispatcher = Dispatcher(loop, lambda _: None, FrozenClock(T0))
    dispatcher.resume(store.pending())
    async with asyncio.TaskGroup() as tasks:
        workers = [tasks.create_task(loop.run()), tasks.create_task(dispatcher.run())]
        bot = Bot(store, loop, dispatcher, FrozenClock(T0), [])
        await bot.quiet()
        assert [Result.REFUSED] == [one.result for one in bot.delivered()]
        for one in workers:
            one.cancel()
    store.close()


async def test_a_removal_of_somebody_who_has_gone_is_done(tmp_path: Path) -> None:
    """Nobody is removed who left by themselves in the meantime."""
    platform = Recorder()
    async with at_work(tmp_path, platform) as bot:
        await bot.loop.receive(posted("hello"))
        bot.loop.state.group("g1").members["m1"].present = False
        bot.dispatcher.heard([Decided(event=posted("x"), decision=Decision(actions=(REMOVE,)))])
        await bot.quiet()
        assert [(Result.DONE, "gone already")] == [
            (one.result, one.reason) for one in bot.delivered()
        ]
    assert [] == platform.calls


async def test_a_line_that_needs_more_than_there_is_is_said_otherwise(tmp_path: Path) -> None:
    """Where the bot cannot delete, it does not say that it did; each line is said in words."""
    said: list[str] = []
    told = Tell(key="k/1", group="g1", line=Line(key="tell_match", values={"name": "A"}))
    otherwise = Line(key="warn", values={"name": "A", "title": "T"})
    line = Line(key="warn_deleted", values={"name": "A", "title": "T"})
    wish = Say(key="k/0", group="g1", line=line, needs=Capability.DELETE, otherwise=otherwise)
    keep(tmp_path, wish, told)

    class Listener(Recorder):
        async def perform(self, action: AnyAction, sentence: str) -> Receipt:
            said.append(sentence)
            return DONE

    await results(tmp_path, Listener(able=WECHAT_LIKE))
    assert 2 == len(said)
    assert "收起来" not in said[0]
    assert said[1].startswith("A")


async def until(bot: Bot, holds: Callable[[], bool]) -> None:
    """Wait for something that the next commits bring about."""
    committed = asyncio.Event()
    bot.loop.listeners.append(lambda _: committed.set())
    async with asyncio.timeout(10):
        while not holds():
            await committed.wait()
            committed.clear()
