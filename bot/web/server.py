"""The web server in the bot's loop: it binds, serves until cancelled, leaves signals alone."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import resources

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.settings import Settings
from bot.web.acts import Acts
from bot.web.context import Context
from bot.web.guard import Guard
from bot.web.health import Health
from bot.web.live import Live
from bot.web.pages import Pages
from bot.web.player import Player
from bot.web.posts import Posts
from bot.web.rooms import Rooms

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
STOP_WITHIN = 2  # seconds for answers that are being sent


class WebError(Exception):
    """The pages cannot be served; one sentence that says what to do."""


class Web:
    """The pages of a bot. Make it before anything is said, or at any time: nothing is missed.

    `started` is set when pages are served at `address`.
    """

    def __init__(self, context: Context, settings: Settings) -> None:
        self.started = asyncio.Event()
        self.address = ""
        self._settings = settings
        _catch_up(context)
        simulator = context.simulator
        able = {group: simulator.capabilities(group) for group in simulator.rooms}
        rooms = Rooms(context.loop.store, able)
        context.loop.listeners.append(rooms.heard)
        acts = Acts(context, rooms)
        player = self.player = Player(context, acts, rooms)
        configured = "" if settings.language == "auto" else settings.language
        pages = Pages(context, rooms, player, configured)
        self._live = Live(pages, rooms)
        health = Health(context, settings.home)
        routes = _routes(pages, Posts(pages, acts, player), self._live, health)
        handlers = {404: pages.not_found}
        app = Starlette(routes=routes, exception_handlers=handlers)
        hosts = () if settings.web_host in ANYWHERE else (settings.web_host.strip("[]"),)
        self.app = Guard(app, hosts)

    async def run(self) -> None:
        """Serve until cancelled. WebError if the address cannot be had."""
        listening = listen(self._settings.web_host, self._settings.web_port)
        self.address = address_of(self._settings.web_host, listening.getsockname()[1])
        config = uvicorn.Config(
            self.app,
            access_log=False,
            log_config=None,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=STOP_WITHIN,
        )
        server = Server(config, self.started.set)
        try:
            await server.serve(sockets=[listening])
        finally:
            self._live.close()
            server.force_exit = True
            await server.shutdown(sockets=[listening])


def _catch_up(context: Context) -> None:
    """Let the clock go on from where an earlier process had moved it: time never goes back."""
    behind = context.loop.state.seen_at - context.clock.now()
    if behind > timedelta(0):
        context.clock.forward(behind)


class Server(uvicorn.Server):
    """uvicorn without its hands on the process: signals belong to the bot."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. WebError, in one sentence, if it cannot be had."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(128)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise WebError(_sentence(error, host, port)) from None
    listening.setblocking(False)
    return listening


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is in use: stop the other program, perhaps another Qunguan, "
            "or set QUNGUAN_WEB_PORT to another number (0 takes a free one)"
        )
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by this user: set QUNGUAN_WEB_PORT above 1023"
    return f"{host} is no address of this machine: set QUNGUAN_WEB_HOST, for example to 127.0.0.1"


def address_of(host: str, port: int) -> str:
    """The address that a browser on this machine opens."""
    name = "127.0.0.1" if host in ANYWHERE else host.strip("[]")
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _routes(pages: Pages, posts: Posts, live: Live, health: Health) -> list[BaseRoute]:
    static = resources.files("bot.web").joinpath("static")
    return [
        Route("/", pages.first),
        Route("/room/{group}", pages.room),
        Route("/room/{group}/why/{item}", pages.why),
        Route("/room/{group}/earlier", pages.earlier),
        Route("/room/{group}/events", live.events),
        Route("/room/{group}/{act}", posts.act, methods=["POST"]),
        Route("/livez", health.live),
        Route("/readyz", health.ready),
        Mount("/static", StaticFiles(directory=str(static))),
    ]
