"""The page of `qunguan try` where it is served: "not this" and undo, for this machine alone.

Its address holds a secret; who has not got it finds nothing. What a tap does is `bot.retrial`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.retrial import Retrial
from bot.trial.page import page_of, stylesheet
from bot.web.guard import Guard
from bot.web.posts import read_form
from bot.web.serving import address_of, listen, serve

HOST = "127.0.0.1"


class DeskServer:
    """Serves one retrial. Taps are taken one after the other; each is answered when it is done."""

    def __init__(self, retrial: Retrial) -> None:
        self._retrial = retrial
        self._turn = asyncio.Lock()
        self.path = f"/{secrets.token_urlsafe(16)}"
        routes = [
            Route(f"{self.path}/", self._page),
            Route(f"{self.path}/page.css", self._style),
            Route(f"{self.path}/not-this", self._not_this, methods=["POST"]),
            Route(f"{self.path}/undo", self._undo, methods=["POST"]),
        ]
        self.app = Guard(Starlette(routes=routes), ())

    async def run(self, port: int, on_start: Callable[[str], None]) -> None:
        """Serve until cancelled; `on_start` is told the address. WebError if it cannot be had."""
        listening = listen(HOST, port)
        address = f"{address_of(HOST, listening.getsockname()[1])}{self.path}/"
        await serve(self.app, listening, lambda: on_start(address))

    async def _page(self, _: Request) -> Response:
        return HTMLResponse(page_of(self._retrial.month, self._retrial.desk))

    async def _style(self, _: Request) -> Response:
        return Response(stylesheet("bot.trial"), media_type="text/css")

    async def _not_this(self, request: Request) -> Response:
        number = (await read_form(request)).get("number", "")
        async with self._turn:
            await asyncio.to_thread(self._retrial.leave, int(number) if number.isdecimal() else 0)
        return self._back()

    async def _undo(self, _: Request) -> Response:
        async with self._turn:
            await asyncio.to_thread(self._retrial.undo)
        return self._back()

    def _back(self) -> Response:
        return RedirectResponse(f"{self.path}/", status_code=303)
