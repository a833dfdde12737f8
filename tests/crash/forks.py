"""A process that has everything imported, and forks a bot from it whenever it is told to.

`python -m tests.crash.forks` reads one order a line and answers with how that life ended.
"""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import msgspec

from bot.storage import Store
from bot.storage.database import default_url
from tests.builders import T0

PATIENCE = 60.0  # seconds for one life: it takes less than one


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A life: on which home, by which script; where it dies, or after how many seconds.

    `lasts` 0: it is not killed from outside. `nth`: the how manieth time of the point `fatal`.
    """

    home: str
    seed: int
    moments: int
    fatal: str = ""
    nth: int = 1
    lasts: float = 0


class Nursery:
    """The client's side: gives the exit status of each life, negative for the signal it died of."""

    def __enter__(self) -> Self:
        quiet = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env=quiet,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait(PATIENCE)

    def live(self, order: Order) -> int:
        """Let one process live; gives how it ended."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(msgspec.json.encode(order) + b"\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


def serve() -> None:
    """Fork a life for each order."""
    from tests.crash import points  # noqa: F401, PLC0415 - everything is imported before any fork

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # only answers go to our client
    with TemporaryDirectory() as home:  # what is imported on first use is imported by this
        Store.open(default_url(Path(home)), home=Path(home), now=lambda: T0).close()
    gc.collect()
    gc.freeze()
    for line in sys.stdin.buffer:
        order = msgspec.json.decode(line, type=Order)
        ours, theirs = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ours)
            _be_born(order)
        os.close(theirs)
        has_ended = select.select([ours], [], [], order.lasts or PATIENCE)[0]
        if not has_ended:
            os.kill(pid, signal.SIGKILL)
        os.close(ours)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        answers.write(f"{status}\n")
        answers.flush()


def _be_born(order: Order) -> None:
    """Live in this fork, then leave it without a trace of the parent's."""
    from tests.crash import life, points  # noqa: PLC0415 - imported already

    home = Path(order.home)
    log = os.open(home / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (0, 1, 2):
        os.dup2(log, number)
    status = 1
    try:
        points.install(order.fatal, order.nth)
        asyncio.run(life.live(home, order.seed, order.moments))
        (home / "hits").write_bytes(msgspec.json.encode(dict(points.hits)))
        status = 0
    except BaseException:  # noqa: BLE001 - a fork must never return into the parent's code
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve()
