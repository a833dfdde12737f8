"""How far a long command is: a bar at a terminal, a few plain lines elsewhere; on stderr."""

from __future__ import annotations

import sys
from types import TracebackType

from rich import progress as bars
from rich.console import Console

from bot.clock import Clock, SystemClock

_PLAIN_STEPS = 4  # lines that are written where there is no terminal


class Progress:
    """Shows how much is done of `total`. Without a terminal it says each quarter."""

    def __init__(
        self,
        title: str,
        total: int,
        *,
        console: Console | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._title = title
        self._total = total
        self._console = console or Console(stderr=True)
        self._clock = clock or SystemClock()
        self._started_at = self._clock.now()
        self._said = 0
        self._done = 0
        self._bar: bars.Progress | None = None
        self._task = bars.TaskID(0)

    def __enter__(self) -> Progress:
        """Begin."""
        if self._console.is_terminal:
            self._bar = bars.Progress(
                bars.TextColumn("{task.description}"),
                bars.BarColumn(),
                bars.TaskProgressColumn(),
                bars.TextColumn("{task.fields[rate]}"),
                bars.TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task(self._title, total=self._total, rate="")
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; the bar goes away."""
        if self._bar is not None:
            self._bar.stop()

    def at(self, done: int, messages: int = 0) -> None:
        """So much is done, and so many messages."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, rate=self._rate(messages))
            return
        step = done * _PLAIN_STEPS // self._total if self._total else 0
        if step > self._said:
            self._said = step
            self._write(f"{self._title}: {100 * step // _PLAIN_STEPS} %")

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self.at(self._done)

    def count(self, messages: int) -> None:
        """Say at the end how many messages it were, and how many a second."""
        seconds = self._seconds()
        self._write(
            f"{self._title}: {messages:,} messages in {seconds:.1f} s, {self._rate(messages)}"
        )

    def _rate(self, messages: int) -> str:
        return (
            f"{messages / max(self._seconds(), 0.001):,.0f} messages a second" if messages else ""
        )

    def _seconds(self) -> float:
        return (self._clock.now() - self._started_at).total_seconds()

    def _write(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(line, highlight=False, markup=False)
        else:
            sys.stderr.write(f"{line}\n")
