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

import structlog

from adapters.platform import Answer, Platform, Receipt
from bot.clock import Clock
from bot.loop import Loop
from bot.storage import Delivery, OutboxState, Update
from bot.texts import sentence
from rules.actions import NEEDS, REPEATABLE, AnyAction, Ask, Line, Remove, Say, Tell, fallback
from rules.capability import Capability
from rules.entries import Decided, Delivered, Entry, Result

LANES = 8  # groups served at the same time
PATIENCE = timedelta(seconds=30)  # for one answer of a platform
TRIES = 6  # of what may be tried again; with the waits below about two minutes
WAITS = (1, 2, 4, 15, 60)  # seconds before the next try

_ENDS = {Answer.REFUSED: Result.REFUSED, Answer.UNSURE: Result.UNKNOWN}

Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger()


@dataclass(slots=True)
class Task:
    """A delivery on its way: the action as decided, and how often it was tried."""

    action: AnyAction
    tries: int = 0
    is_doubtful: bool = False


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
        self._lanes: dict[str, deque[Task]] = {}
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self.idle = asyncio.Event()
        self.idle.set()

    def resume(self, pending: Sequence[Delivery]) -> None:
        """Take up what a stop or a crash left open, in its order."""
        for one in pending:
            doubtful = one.state is OutboxState.ATTEMPTING
            self._add(Task(one.action, tries=one.attempts, is_doubtful=doubtful))

    def heard(self, entries: Sequence[Entry]) -> None:
        """Take in what the loop has just committed."""
        for entry in entries:
            if isinstance(entry, Decided):
                for action in entry.decision.actions:
                    self._add(Task(action))

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(LANES):
                group.create_task(self._serve())

    def _add(self, task: Task) -> None:
        lane = self._lanes.get(task.action.group)
        self.idle.clear()
        if lane is None:
            self._lanes[task.action.group] = deque([task])
            self._ready.put_nowait(task.action.group)
        else:
            lane.append(task)

    async def _serve(self) -> None:
        while True:
            group = await self._ready.get()
            lane = self._lanes[group]
            await self._deliver(lane.popleft())
            if lane:
                self._ready.put_nowait(group)
            else:
                del self._lanes[group]
                if not self._lanes:
                    self.idle.set()

    async def _deliver(self, task: Task) -> None:
        platform = self._platform_of(task.action.group)
        if platform is None:
            await self._settled(task.action, (Result.REFUSED, "no account serves this group"))
        elif (end := self._untried(task)) is not None:
            await self._settled(task.action, end)
        else:
            await self._deliver_by(platform, task)

    async def _deliver_by(self, platform: Platform, task: Task) -> None:
        """Go down the fallbacks until something is done, or nothing is left to try."""
        able = platform.capabilities(task.action.group)
        end = (Result.DEGRADED, "not possible in this group")
        action: AnyAction | None = task.action
        while action is not None:
            if NEEDS[type(action)] in able:
                receipt = await self._tried(platform, task, action, able)
                if receipt.answer is Answer.DONE:
                    return await self._done(task.action, action, receipt)
                end = (_ENDS[receipt.answer], receipt.reason)
                if receipt.answer is Answer.UNSURE:
                    break
            action = fallback(action)
        return await self._settled(task.action, end)

    def _untried(self, task: Task) -> tuple[Result, str] | None:
        """How a delivery ends that is not to be tried at all, and why; None if it is to be."""
        wanted = task.action
        if task.is_doubtful and type(wanted) not in REPEATABLE:
            return Result.UNKNOWN, "stopped in the middle"
        if wanted.expires_at is not None and self._clock.now() > wanted.expires_at:
            return Result.DEAD, "too late"
        if self._is_pointless(wanted):
            return Result.DONE, "gone already"
        return None

    async def _tried(
        self, platform: Platform, task: Task, action: AnyAction, able: frozenset[Capability]
    ) -> Receipt:
        """Try one action until the platform's answer is final."""
        while True:
            task.tries += 1
            await self._loop.settle(self._update(task.action, OutboxState.ATTEMPTING))
            receipt = await self._perform(platform, action, self._words(action, able))
            may_repeat = receipt.answer is Answer.REFUSED or type(action) in REPEATABLE
            is_final = receipt.answer is Answer.DONE or (
                receipt.answer is Answer.REFUSED and receipt.retry_after is None
            )
            if is_final or not may_repeat or task.tries >= TRIES:
                return receipt
            wait = receipt.retry_after or timedelta(seconds=WAITS[min(task.tries, len(WAITS)) - 1])
            await self._loop.settle(self._update(task.action, OutboxState.TODO, wait))
            await self._sleep(wait.total_seconds())

    async def _perform(self, platform: Platform, action: AnyAction, words: str) -> Receipt:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await platform.perform(action, words)
        except TimeoutError:
            return Receipt(answer=Answer.UNSURE, reason="no answer in time")
        except Exception as error:  # noqa: BLE001 - a bug in one delivery must not stop the others
            log.warning("delivery failed", action=_name(action), error=type(error).__name__)
            return Receipt(answer=Answer.UNSURE, reason=type(error).__name__)

    async def _done(self, wanted: AnyAction, did: AnyAction, receipt: Receipt) -> None:
        result = Result.DONE if type(did) is type(wanted) else Result.DEGRADED
        await self._settled(wanted, (result, receipt.reason), _name(did), receipt.message_id)

    async def _settled(
        self, wanted: AnyAction, end: tuple[Result, str], did: str = "", message: str = ""
    ) -> None:
        result, reason = end
        await self._loop.settle(
            Delivered(
                action=wanted.key,
                group=wanted.group,
                at=self._clock.now(),
                result=result,
                wanted=_name(wanted),
                did=did,
                message_id=message,
                reason=reason,
            )
        )

    def _update(
        self, action: AnyAction, state: OutboxState, wait: timedelta | None = None
    ) -> Update:
        at = self._clock.now()
        return Update(key=action.key, state=state, at=at, next_at=at + wait if wait else None)

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
    return sentence(line, locale=ruleset.locale, zone=ruleset.timezone, at=at)


def _name(action: AnyAction) -> str:
    return type(action).__name__
