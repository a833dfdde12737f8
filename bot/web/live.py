"""Live updates as server-sent events: whoever comes back gets what was missed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from adapters.simulator.room import Room
from bot.web.pages import Pages, cursor, seen
from bot.web.rooms import Rooms

VIEWERS = 100  # open pages; each holds one connection and nothing that grows
COALESCE = 0.1  # seconds: a flood of entries is one update
HEARTBEAT = 15.0  # seconds of silence after which proxies and browsers are told that we live


class Live:
    """Serves the streams of all viewers. A viewer who is slow gets fewer, larger updates."""

    def __init__(self, pages: Pages, rooms: Rooms) -> None:
        self._pages = pages
        self._rooms = rooms
        self._viewers = 0
        self._closed = False

    async def events(self, request: Request) -> Response:
        """The stream of one viewer."""
        room = self._pages.room_of(request)
        if self._viewers >= VIEWERS:
            return PlainTextResponse("Too many pages are open: close some.", status_code=503)
        given = request.headers.get("last-event-id") or request.query_params.get("since", "")
        stream = self._stream(request, room, seen(self._rooms, given))
        return StreamingResponse(stream, media_type="text/event-stream")

    def close(self) -> None:
        """End all streams: the pages come back by themselves."""
        self._closed = True
        for group in self._rooms.views:
            self._rooms.poke(group)

    async def _stream(self, request: Request, room: Room, revision: int) -> AsyncIterator[bytes]:
        self._viewers += 1
        sent: dict[str, str] = {}
        try:
            yield b"retry: 1000\n\n"
            while not self._closed:
                signal = self._rooms.signal(room.id)
                yield self._update(request, room, revision, sent)
                revision = self._rooms.views[room.id].revision
                async for beat in _until(signal):
                    yield beat
                await asyncio.sleep(COALESCE)
        finally:
            self._viewers -= 1

    def _update(self, request: Request, room: Room, revision: int, sent: dict[str, str]) -> bytes:
        """All that changed since a revision; panels only where they read differently."""
        view, shower = self._rooms.views[room.id], self._pages.shower(request, room)
        panels = self._pages.panels(shower)
        html = [one for name, one in panels.items() if sent.get(name) != one]
        sent.update(panels)
        data = {
            "now": int(shower.tongue.now.timestamp() * 1000),
            "latest": view.latest,
            "panels": "".join(html),
            "items": self._pages.items(shower, view.changed_since(revision)),
        }
        body = orjson.dumps(data, default=str)
        return b"id: %s\ndata: %s\n\n" % (cursor(self._rooms, view).encode(), body)


async def _until(signal: asyncio.Event) -> AsyncIterator[bytes]:
    """Heartbeats until the signal is set."""
    while not signal.is_set():
        try:
            async with asyncio.timeout(HEARTBEAT):
                await signal.wait()
        except TimeoutError:
            yield b": still here\n\n"
