"""The page of `qunguan try` served to this machine, until somebody presses Ctrl+C."""

from __future__ import annotations

import asyncio
import signal
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from bot.history.records import HistoryError
from bot.retrial import Retrial
from bot.settings import load_settings
from bot.trial import Month
from bot.web.desk import DeskServer


def written_to(
    export: Path, rules: Sequence[Path], *, serve: bool | None, opens: bool
) -> Path | None:
    """The one rule file that taps write to; None if the page is not served.

    HistoryError if it should be served, and there is not one file.
    """
    if len(rules) == 1:
        return rules[0] if serve or (serve is None and opens) else None
    if not serve:
        return None
    if rules:
        raise HistoryError("--serve writes into one rule file: name one with --rules, not several.")
    folder, file = _HOMES[load_settings().speaks]
    raise HistoryError(
        f"--serve writes into rules of your own: make them with `qunguan init {folder}` first, "
        f"then `qunguan try {export} --rules {folder}/{file} --serve`."
    )


def serve(found: Month, export: Path, rules: Path, *, port: int, opens: bool) -> None:
    """Serve the page until it is interrupted. WebError if the port cannot be had."""
    asyncio.run(_serve(DeskServer(Retrial(found, export, rules)), found.language, port, opens))


async def _serve(server: DeskServer, language: str, port: int, opens: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def announce(address: str) -> None:
        sys.stdout.write(_WORDS[language].format(address=address) + "\n")
        sys.stdout.flush()
        if opens:
            webbrowser.open(address)

    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.run(port, announce))
        await stop.wait()
        serving.cancel()


_HOMES = {"zh": ("我的群", "群规.yaml"), "en": ("my-group", "rules.yaml")}
_WORDS = {
    "zh": "打开 {address} ，每条旁边有“这条不该管”（按 Ctrl+C 停，只有这台电脑打得开）。",
    "en": "Open {address} : each message has “Not this” (Ctrl+C stops it; only this machine "
    "can open it).",
}
