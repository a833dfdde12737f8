"""What the web room is given of the running bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.simulator.platform import Simulator
from bot.clock import ShiftedClock
from bot.loop import Loop
from bot.timers import Timers
from rules.files.faults import Fault
from rules.ruleset import Ruleset

Spawn = Callable[[Coroutine[None, None, None]], "asyncio.Task[None]"]


class RulesStatus(Protocol):
    """How the rule files stand: the faults found in each, and when rules last changed."""

    @property
    def faults(self) -> Mapping[str, tuple[Fault, ...]]:
        """By file name; a file without faults may be missing."""

    @property
    def switched_at(self) -> datetime | None:
        """When a saved file was taken over, None if not since the start."""


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of the bot that the room shows and plays with. `spawn` runs work beside the bot."""

    loop: Loop
    simulator: Simulator
    clock: ShiftedClock
    timers: Timers
    files: RulesStatus
    spawn: Spawn

    def ruleset(self, group: str) -> Ruleset:
        """The rules that govern a group now."""
        return self.loop.rulebook.governing(self.loop.state.group(group))
