"""The pages of a bot, put together."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from importlib import resources

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
from bot.web.serving import ANYWHERE, address_of, listen, serve


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
        await serve(self.app, listening, self.started.set, on_stop=self._live.close)


def _catch_up(context: Context) -> None:
    """Let the clock go on from where an earlier process had moved it: time never goes back."""
    behind = context.loop.state.seen_at - context.clock.now()
    if behind > timedelta(0):
        context.clock.forward(behind)


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
