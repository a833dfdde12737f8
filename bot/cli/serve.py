"""`qunguan run`: start the bot and the web room, and stop both when asked."""

from __future__ import annotations

import asyncio
import signal
import sys
import webbrowser
from pathlib import Path
from shutil import copyfile
from typing import Annotated

import typer

from bot.app import App, running
from bot.cli.homes import settings_of
from bot.log import configure
from bot.rulefiles import rule_files
from bot.settings import Settings
from bot.storage import StorageError
from bot.web.cast import rooms
from bot.web.context import Context
from bot.web.server import Web

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO = ("chuangfu.rules.yaml", "market.rules.yaml")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(run)


def run(
    home: Annotated[
        Path | None, typer.Argument(help="The home folder; QUNGUAN_HOME if it is not given.")
    ] = None,
) -> None:
    """Start the bot. With nothing configured: simulated groups, in the browser."""
    settings = settings_of(home)
    configure(settings.log_level, settings.log_format)
    _furnish(settings.home)
    asyncio.run(_serve(settings))


def _furnish(home: Path) -> None:
    """Give a home without rule files those of the demo, so that there is something to see."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not rule_files(home):
            for name in DEMO:
                copyfile(EXAMPLES / name, home / name)
    except OSError as error:
        raise StorageError(
            f"cannot make the home folder {home}: {error.strerror}; "
            "give yourself the right to write there, or choose another QUNGUAN_HOME"
        ) from None


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings, rooms()) as app:
        web = Web(_context(app), settings)
        serving = app.spawn(web.run())
        await web.started.wait()
        _announce(settings, app, web.address)
        await stop.wait()
        serving.cancel()


def _context(app: App) -> Context:
    return Context(
        loop=app.loop,
        simulator=app.simulator,
        clock=app.clock,
        timers=app.timers,
        files=app.files,
        spawn=app.spawn,
    )


def _announce(settings: Settings, app: App, address: str) -> None:
    words = _WORDS[settings.speaks]
    sys.stdout.write(words.format(address=address, home=settings.home) + "\n")
    for error in app.files.errors:
        sys.stdout.write(f"{error}\n")
    sys.stdout.flush()
    if settings.open_browser and sys.stdout.isatty():
        webbrowser.open(address)


_WORDS = {
    "zh": "群管小助手在 {address} （按 Ctrl+C 停）。群规在 {home}，存盘就生效。",
    "en": "Qunguan is at {address} (Ctrl+C stops it). Rules are in {home}; saving applies them.",
}
