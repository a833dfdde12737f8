"""The pages and their pieces: which room, which language, and what the templates are given."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.simulator.room import Room
from bot.texts import LANGUAGES, language_of
from bot.web import cast
from bot.web.acts import FORWARD, RefusedError
from bot.web.context import Context
from bot.web.items import AnyItem, Card, Said
from bot.web.panels import header, members
from bot.web.player import Player
from bot.web.projection import RoomView
from bot.web.rooms import Rooms
from bot.web.show import Shower
from bot.web.why import why_of
from bot.web.words import COOKIE, Tongue, wanted_language

YEAR: Final = timedelta(days=365)
SHOWN = 120  # items that a page begins with; "earlier" brings the others


class Page(HTMLResponse):
    """HTML. Half of a surrogate pair, which somebody may send, becomes a question mark."""

    def render(self, content: str) -> bytes:
        """The bytes of the page."""
        return content.encode("utf-8", "replace")


class Pages:
    """Answers GET requests. `configured` is the language that the operator set, or ""."""

    def __init__(self, context: Context, rooms: Rooms, player: Player, configured: str) -> None:
        self._context = context
        self._rooms = rooms
        self._player = player
        self._configured = configured
        self._templates = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def first(self, request: Request) -> Response:
        """The first room in the visitor's language, else the first of all."""
        rooms = list(self._context.simulator.rooms.values())
        language = wanted_language(request, self._configured, self._language(rooms[0]))
        fitting = [room for room in rooms if self._language(room) == language]
        return await self._page(request, (fitting or rooms)[0])

    async def room(self, request: Request) -> Response:
        """One room."""
        return await self._page(request, self.room_of(request))

    async def why(self, request: Request) -> Response:
        """The explanation of one item, as a piece of the page."""
        room = self.room_of(request)
        shower = self.shower(request, room)
        item = await asyncio.to_thread(self._rooms.find, room.id, request.path_params["item"])
        if item is None:
            raise HTTPException(404)
        return Page(self._why(shower, item))

    async def earlier(self, request: Request) -> Response:
        """Items before the first one of the page; without scripts a page of their own."""
        room = self.room_of(request)
        before = request.query_params.get("before", "")
        items, more = await asyncio.to_thread(self._rooms.earlier, room.id, before)
        if "hx-request" not in request.headers:
            return await self._page(request, room, items=items, more=more)
        shower = self.shower(request, room)
        return Page(self.render("earlier.html", shower, items=shower.all(items), more=more))

    def problem(self, request: Request, room: Room, refused: RefusedError) -> str:
        """Why something was not possible, in the visitor's words."""
        tongue = self.shower(request, room).tongue
        until = {"until": tongue.moment(refused.until)} if refused.until else {}
        return tongue(refused.key, **refused.values, **until)

    async def refused(self, request: Request, problem: str) -> Response:
        """The room again, with what went wrong beside the composer: for pages without scripts."""
        page = await self._page(request, self.room_of(request), problem=problem)
        page.status_code = 409
        return page

    def not_found(self, request: Request, _: Exception) -> Response:
        """The page for what is not there."""
        room = next(iter(self._context.simulator.rooms.values()))
        page = self.render("missing.html", self.shower(request, room))
        return Page(page, status_code=404)

    def room_of(self, request: Request) -> Room:
        """The room that the address names; 404 if there is none."""
        room = self._context.simulator.rooms.get(request.path_params["group"])
        if room is None:
            raise HTTPException(404)
        return room

    def shower(self, request: Request, room: Room) -> Shower:
        """How the room is shown to this visitor, now."""
        ruleset = self._context.ruleset(room.id)
        tongue = Tongue(
            language=wanted_language(request, self._configured, self._language(room)),
            locale=ruleset.locale,
            zone=ruleset.timezone,
            now=self._context.clock.now(),
        )
        return Shower(room, self._rooms.views[room.id], self._context.loop.state, tongue)

    def panels(self, shower: Shower) -> dict[str, str]:
        """The parts around the conversation, by the id of their element."""
        room = shower.room
        given = {
            "header": header(self._context, room),
            "members": members(self._context, shower),
            "is_playing": self._player.is_playing(room.id),
            "forwards": FORWARD,
        }
        names = ("state", "members", "speakers", "faults", "play")
        return {name: self.render(f"{name}.html", shower, **given) for name in names}

    def items(self, shower: Shower, items: list[AnyItem]) -> str:
        """Items as HTML."""
        return self.render("items.html", shower, items=shower.all(items))

    def render(self, template: str, shower: Shower, **given: object) -> str:
        """A template with what all of them need."""
        common = {"t": shower.tongue, "room": shower.room, "now": _millis(shower)}
        return self._templates.get_template(template).render(**common, **given)

    async def _page(
        self,
        request: Request,
        room: Room,
        *,
        items: list[AnyItem] | None = None,
        more: bool = True,
        problem: str = "",
    ) -> Response:
        asked = request.query_params.get("lang")
        if asked in LANGUAGES:
            return _in_language(request, asked)
        shower, view = self.shower(request, room), self._rooms.views[room.id]
        selected = view.items.get(request.query_params.get("why", "") or view.latest)
        page = self.render(
            "room.html",
            shower,
            rooms=list(self._context.simulator.rooms.values()),
            items=shower.all(view.last(SHOWN) if items is None else items),
            more=more and (items is not None or len(view.items) >= SHOWN),
            panels=self.panels(shower),
            why=self._why(shower, selected) if selected else "",
            is_chosen="why" in request.query_params,
            latest=view.latest,
            cursor=cursor(self._rooms, view),
            pastes=cast.PASTES[self._language(room)],
            problem=problem,
        )
        return Page(page)

    def _why(self, shower: Shower, item: AnyItem) -> str:
        if isinstance(item, Said | Card) and item.about in shower.view.items:
            item = shower.view.items[item.about]
        ruleset = self._context.ruleset(shower.room.id)
        why = why_of(item, shower, ruleset)
        return self.render("why.html", shower, why=why, engine=_engine(item))

    def _language(self, room: Room) -> str:
        return language_of(self._context.ruleset(room.id).locale)


def cursor(rooms: Rooms, view: RoomView) -> str:
    """How far a viewer has seen the room. It means nothing to another process: see everything."""
    return f"{rooms.epoch}:{view.revision}"


def seen(rooms: Rooms, given: str) -> int:
    """The revision of a cursor, 0 for one that another process gave."""
    epoch, _, revision = given.partition(":")
    is_ours = epoch == rooms.epoch and revision.isascii() and revision.isdigit()
    return int(revision) if is_ours and len(revision) < 18 else 0


def _engine(item: AnyItem) -> str:
    decided = getattr(item, "cause", None) or next(iter(getattr(item, "versions", ())), None)
    return decided.decision.engine if decided else ""


def _in_language(request: Request, language: str) -> Response:
    """The same page without `?lang=`, and the choice kept in a cookie."""
    kept: Mapping[str, str] = {
        key: value for key, value in request.query_params.items() if key != "lang"
    }
    to = request.url.replace(query="").include_query_params(**kept)
    response = RedirectResponse(to.path + (f"?{to.query}" if to.query else ""), status_code=303)
    seconds = int(YEAR.total_seconds())
    response.set_cookie(COOKIE, language, max_age=seconds, httponly=True, samesite="strict")
    return response


def _millis(shower: Shower) -> int:
    return int(shower.tongue.now.timestamp() * 1000)
