"""From the outbox to the platforms: order per group, retries, fallbacks, and a receipt for each.

Sanctions may be tried again, their effect is once. Sentences are never said twice: after a doubt
they are `unknown`, for somebody to look at. The receipt goes through the loop like everything else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from adapters.platform import Answer, Platform, Receipt
from bot.clock import Clock
from bot.loop import Loop
from bot.storage import Delivery, OutboxState, Store, Update
from bot.texts import sentence
from rules.actions import NEEDS, REPEATABLE, AnyAction, Ask, Line, Mute, Remove, Say, Tell, fallback
from rules.capability import Capability
from rules.entries import Decided, Delivered, Entry, Result
from rules.events import MessageEdited, MessagePosted

CALLS = 8  # of platforms at the same time
PATIENCE = timedelta(seconds=30)  # for one answer of a platform
TRIES = 6  # of what may be tried again; with the waits below about two minutes
WAITS = (1, 2, 4, 15, 60)  # seconds before the next try

Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger()


@dataclass(slots=True)
class Task:
    """A delivery on its way: the action as decided, and how often it was tried.

    `in_doubt` names the action that a stop interrupted, "" for none; `next_at`: no try before it.
    """

    action: AnyAction
    tries: int = 0
    in_doubt: str = ""
    next_at: datetime | None = None


class End(NamedTuple):
    """How a delivery ended, as the journal will have it."""

    result: Result
    reason: str = ""
    did: str = ""
    message_id: str = ""


class Dispatcher:
    """Delivers what was decided. `platform_of` finds the account that serves a group."""

    def __init__(
        self,
        loop: Loop,
        platform_of: Callable[[str], Platform | None],
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._loop = loop
        self._platform_of = platform_of
        self._clock = clock
        self._sleep = sleep
        self._calls = asyncio.Semaphore(CALLS)
        self._lanes: dict[str, deque[Task]] = {}
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self.idle = asyncio.Event()
        self.idle.set()

    def resume(self, pending: Sequence[Delivery]) -> None:
        """Take up what a stop or a crash left open, in its order."""
        for one in pending:
            is_doubtful = one.state is OutboxState.ATTEMPTING
            in_doubt = (one.note or _name(one.action)) if is_doubtful else ""
            self._add(Task(one.action, one.attempts, in_doubt, one.next_at))

    def heard(self, entries: Sequence[Entry]) -> None:
        """Take in what the loop has just committed."""
        for entry in entries:
            if isinstance(entry, Decided):
                for action in entry.decision.actions:
                    self._add(Task(action))

    async def run(self) -> None:
        """Deliver until cancelled: the groups side by side, what belongs to one in its order."""
        async with asyncio.TaskGroup() as groups:
            while True:
                groups.create_task(self._serve(await self._ready.get()))

    def _add(self, task: Task) -> None:
        lane = self._lanes.get(task.action.group)
        self.idle.clear()
        if lane is None:
            self._lanes[task.action.group] = deque([task])
            self._ready.put_nowait(task.action.group)
        else:
            lane.append(task)

    async def _serve(self, group: str) -> None:
        lane = self._lanes[group]
        while lane:
            await self._deliver(lane.popleft())
        del self._lanes[group]
        if not self._lanes:
            self.idle.set()

    async def _deliver(self, task: Task) -> None:
        if task.next_at is not None and task.next_at > self._clock.now():
            await self._sleep((task.next_at - self._clock.now()).total_seconds())
        end = self._untried(task)
        if end is None:
            try:
                end = await self._descend(task)
            except Exception as error:  # noqa: BLE001 - a bug in one delivery must not stop others
                log.warning("delivery failed", action=_name(task.action), error=_name(error))
                end = End(Result.UNKNOWN, _name(error))
        await self._settled(task.action, end)

    async def _descend(self, task: Task) -> End:
        """Go down the fallbacks until something is done, or nothing is left to try."""
        platform = self._platform_of(task.action.group)
        if platform is None:
            return End(Result.REFUSED, "no account serves this group")
        able = platform.capabilities(task.action.group)
        end = End(Result.DEGRADED, "not possible in this group")
        action: AnyAction | None = task.action
        while action is not None:
            if NEEDS[type(action)] in able:
                receipt = await self._tried(platform, task, action, able)
                if receipt.answer is not Answer.REFUSED:
                    return _end(task.action, action, receipt)
                end = End(_refused(receipt), receipt.reason)
            action = fallback(action)
        return end

    def _untried(self, task: Task) -> End | None:
        """How a delivery ends that is not to be tried at all; None if it is to be."""
        wanted = task.action
        if task.in_doubt and task.in_doubt not in _REPEATABLE:
            return End(Result.UNKNOWN, "stopped in the middle")
        now = self._clock.now()
        if wanted.expires_at is not None and now > wanted.expires_at:
            return End(Result.DEAD, "too late")
        if isinstance(wanted, Mute) and wanted.until <= now:
            return End(Result.DEAD, "over already")
        if self._is_pointless(wanted):
            return End(Result.DONE, "gone already")
        return None

    async def _tried(
        self, platform: Platform, task: Task, action: AnyAction, able: frozenset[Capability]
    ) -> Receipt:
        """Try one action until the platform's answer is final."""
        words = self._words(action, able)
        while True:
            task.tries += 1
            await self._loop.settle(self._update(task.action, OutboxState.ATTEMPTING, did=action))
            receipt = await self._perform(platform, action, words)
            wait = receipt.retry_after or timedelta(seconds=WAITS[min(task.tries, len(WAITS)) - 1])
            next_at = self._clock.now() + wait
            is_late = action.expires_at is not None and next_at > action.expires_at
            if not _may_repeat(action, receipt) or task.tries >= TRIES or is_late:
                return receipt
            await self._loop.settle(self._update(task.action, OutboxState.TODO, next_at))
            await self._sleep(wait.total_seconds())

    async def _perform(self, platform: Platform, action: AnyAction, words: str) -> Receipt:
        try:
            async with self._calls, asyncio.timeout(PATIENCE.total_seconds()):
                return await platform.perform(action, words)
        except TimeoutError:
            return Receipt(answer=Answer.UNSURE, reason="no answer in time")
        except Exception as error:  # noqa: BLE001 - it may have been done all the same
            log.warning("platform failed", action=_name(action), error=_name(error))
            return Receipt(answer=Answer.UNSURE, reason=_name(error))

    async def _settled(self, wanted: AnyAction, end: End) -> None:
        await self._loop.settle(
            Delivered(
                action=wanted.key,
                group=wanted.group,
                at=self._clock.now(),
                result=end.result,
                wanted=_name(wanted),
                did=end.did,
                message_id=end.message_id,
                reason=end.reason,
            )
        )

    def _update(
        self,
        wanted: AnyAction,
        state: OutboxState,
        next_at: datetime | None = None,
        did: AnyAction | None = None,
    ) -> Update:
        note = _name(did) if did is not None else ""
        return Update(key=wanted.key, state=state, at=self._clock.now(), next_at=next_at, note=note)

    def _is_pointless(self, action: AnyAction) -> bool:
        """Whether what a removal asks for is so already: the member has gone."""
        if not isinstance(action, Remove):
            return False
        member = self._loop.state.group(action.group).members.get(action.member)
        return member is not None and not member.present

    def _words(self, action: AnyAction, able: frozenset[Capability]) -> str:
        line = line_of(action, able)
        if line is None:
            return ""
        return spoken(self._loop, action.group, line, self._clock.now())


def line_of(action: AnyAction, able: frozenset[Capability]) -> Line | None:
    """The line that an action says in a group with these capabilities; None if it says nothing."""
    if isinstance(action, Say):
        is_able = action.needs is None or action.needs in able
        return action.line if is_able or action.otherwise is None else action.otherwise
    return action.line if isinstance(action, Ask | Tell) else None


def spoken(loop: Loop, group: str, line: Line, at: datetime) -> str:
    """A line in the language and on the clock of the group's rules."""
    ruleset = loop.rulebook.governing(loop.state.group(group))
    quoted = {key: said_in(loop.store, key) for key in line.quotes}
    return sentence(line, locale=ruleset.locale, zone=ruleset.timezone, at=at, quoted=quoted)


def said_in(store: Store, key: str) -> tuple[str, str]:
    """Who wrote the message of an event, and what; "" once it is no longer kept."""
    found = store.entry_of(key)
    match found:
        case (_, Decided(event=MessagePosted() | MessageEdited() as event)):
            return event.author.name, event.message.text
        case _:
            return "", ""


def _end(wanted: AnyAction, did: AnyAction, receipt: Receipt) -> End:
    if receipt.answer is Answer.UNSURE:
        return End(Result.UNKNOWN, receipt.reason)
    result = Result.DONE if type(did) is type(wanted) else Result.DEGRADED
    return End(result, receipt.reason, _name(did), receipt.message_id)


def _refused(receipt: Receipt) -> Result:
    """A platform that only asked to wait has not refused: the delivery was given up."""
    return Result.REFUSED if receipt.retry_after is None else Result.DEAD


def _may_repeat(action: AnyAction, receipt: Receipt) -> bool:
    match receipt.answer:
        case Answer.DONE:
            return False
        case Answer.REFUSED:
            return receipt.retry_after is not None
        case Answer.UNSURE:
            return type(action) in REPEATABLE


def _name(of: object) -> str:
    return type(of).__name__


_REPEATABLE = frozenset(one.__name__ for one in REPEATABLE)
