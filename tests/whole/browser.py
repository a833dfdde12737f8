"""A real bot process and a real browser over loopback, for tests of the room and for pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_ADDRESS = re.compile(r"http://[0-9.:]+")


def chromium() -> str | None:
    """The path of a Chromium: QUNGUAN_CHROMIUM, else what the system has."""
    return os.environ.get("QUNGUAN_CHROMIUM") or shutil.which("chromium")


class Bot:
    """`python -m bot run` with a home of its own, on a free port that it keeps over restarts."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, and wait until the pages are served."""
        port = self.address.rpartition(":")[2] or "0"
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "QUNGUAN_HOME": str(self.home),
            "QUNGUAN_WEB_PORT": port,
            "QUNGUAN_OPEN_BROWSER": "no",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env=env,
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in self._process.stdout or ():
            if found := _ADDRESS.search(line):
                self.address = found[0]
                return
        raise RuntimeError("the bot ended before it served its pages")

    def kill(self) -> None:
        """End it at once, as kill -9 does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None


@contextmanager
def bot_at(home: Path) -> Iterator[Bot]:
    """A running bot, killed in the end."""
    bot = Bot(home)
    bot.start()
    try:
        yield bot
    finally:
        bot.kill()


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """A headless Chromium with a fresh profile."""
    with sync_playwright() as playwright:
        yield launch(playwright, path)


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the Chromium at a path."""
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))
