"""The steps at which a process can be made to die: before or after a function of the bot.

The real function runs. Nothing of this is in the bot: a child process wraps its own copy.
"""

from __future__ import annotations

import inspect
import os
import signal
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import bot.loop
import bot.spool
import bot.storage.store
from bot.dispatch import Dispatcher
from bot.loop import Loop
from bot.spool import Spool
from bot.storage import OutboxState, Store, journal, outbox, schedules, snapshots
from bot.timers import Timers
from rules.entries import Decided, Delivered
from tests.crash.life import Feeder
from tests.crash.world import World

Work = Callable[..., Any]
Concerns = Callable[..., bool]

STEPS: dict[str, tuple[object, str]] = {
    "an event is handed over": (Loop, "receive"),
    "it is queued": (Loop, "_put"),
    "a batch is processed": (Loop, "_process"),
    "its keys are looked up": (Store, "known"),
    "one of it is taken": (Loop, "_take"),
    "an event is decided, what was due with it": (Loop, "_event"),
    "what is due is decided": (Loop, "_advance"),
    "the stages decide": (bot.loop, "decide"),
    "the rules are switched": (bot.loop, "switch"),
    "an entry is folded": (bot.loop, "apply"),
    "an entry joins its batch": (Loop, "_fold"),
    "the writer commits": (Loop, "_commit"),
    "the store commits": (Store, "commit"),
    "journal rows are written": (journal, "add"),
    "outbox rows are written": (outbox, "add"),
    "outbox rows are changed": (outbox, "change"),
    "deadlines are written": (schedules, "write"),
    "the state is encoded": (bot.loop, "encode_state"),
    "a snapshot is kept": (Store, "save_snapshot"),
    "a snapshot is written": (snapshots, "save"),
    "the dispatcher hears": (Dispatcher, "heard"),
    "a delivery is queued": (Dispatcher, "_add"),
    "the timers hear": (Timers, "heard"),
    "the timer is set": (Timers, "set"),
    "a command is left": (bot.spool, "put"),
    "it gets its name": (Path, "rename"),
    "commands are looked for": (Spool, "take"),
    "a command is deleted": (Path, "unlink"),
    "an event is acknowledged": (Feeder, "acknowledge"),
    "a group is served": (Dispatcher, "_serve"),
    "a delivery is begun": (Dispatcher, "_deliver"),
    "it is looked at": (Dispatcher, "_untried"),
    "its steps are gone down": (Dispatcher, "_descend"),
    "a step is tried": (Dispatcher, "_tried"),
    "its words are made": (Dispatcher, "_words"),
    "the dispatcher settles": (Loop, "settle"),
    "the platform is asked": (Dispatcher, "_perform"),
    "the platform performs": (World, "perform"),
    "it has its effect": (World, "affect"),
    "the end is settled": (Dispatcher, "_settled"),
    "what was left open is read": (Store, "pending"),
    "what was left open is taken up": (Dispatcher, "resume"),
    "the state is loaded": (Store, "load_state"),
    "the schema is made": (bot.storage.store, "migrate"),
    "the rules are used": (Loop, "use"),
    "the loop is woken": (Loop, "wake"),
    "the loop is closed": (Loop, "close"),
    "the store is closed": (Store, "close"),
}
"""What happens at a step, and the function that does it."""


def _holds(kind: type) -> Concerns:
    return lambda _store, batch: any(isinstance(one, kind) for one in batch.entries)


def _notes(state: OutboxState) -> Concerns:
    return lambda _store, batch: any(one.state is state for one in batch.updates)


COMMITS: dict[str, Concerns] = {
    "decisions are committed": _holds(Decided),
    "results are committed": _holds(Delivered),
    "attempts are committed": _notes(OutboxState.ATTEMPTING),
    "waits are committed": _notes(OutboxState.TODO),
}
"""Commits by what they hold."""

NAMES = tuple(f"{side} {step}" for step in (*STEPS, *COMMITS) for side in ("before", "after"))

hits: Counter[str] = Counter()
"""How often each point was passed in this process."""


def install(fatal: str, nth: int) -> None:
    """Count every point from here on, and die at the nth time of the `fatal` one ("": never)."""
    for step, (place, name) in STEPS.items():
        setattr(place, name, _wrapped(getattr(place, name), step, (fatal, nth)))
    for step, concerns in COMMITS.items():
        Store.commit = _wrapped(Store.commit, step, (fatal, nth), concerns)  # type: ignore[method-assign]


def _wrapped(
    work: Work, step: str, fatal: tuple[str, int], concerns: Concerns = lambda *_, **__: True
) -> Work:
    if inspect.iscoroutinefunction(work):

        @wraps(work)
        async def outlived(*args: Any, **kwargs: Any) -> Any:
            _passed(f"before {step}", fatal)
            result = await work(*args, **kwargs)
            _passed(f"after {step}", fatal)
            return result

        return outlived

    @wraps(work)
    def survived(*args: Any, **kwargs: Any) -> Any:
        if not concerns(*args, **kwargs):
            return work(*args, **kwargs)
        _passed(f"before {step}", fatal)
        result = work(*args, **kwargs)
        _passed(f"after {step}", fatal)
        return result

    return survived


def _passed(point: str, fatal: tuple[str, int]) -> None:
    hits[point] += 1
    if (point, hits[point]) == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
