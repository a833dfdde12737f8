"""POST requests: a form in, something done in the room, and a short answer beside the composer."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.simulator.room import Room
from bot.web.acts import Acts, RefusedError
from bot.web.pages import Page, Pages
from bot.web.player import Player

LARGEST = 65_536  # bytes of a form: the longest message, every character escaped
PACES = {"0": 0, "0.1": 0.1}  # of the scene, for tests and pictures

Form = Mapping[str, str]


class Posts:
    """Takes the forms of a room's page."""

    def __init__(self, pages: Pages, acts: Acts, player: Player) -> None:
        self._pages = pages
        self._acts = acts
        self._player = player

    async def act(self, request: Request) -> Response:
        """Do what the address names, with what the form says."""
        room = self._pages.room_of(request)
        form = await read_form(request)
        problem = ""
        try:
            await self._do(request.path_params["act"], room, form)
        except RefusedError as refused:
            problem = self._pages.problem(request, room, refused)
        if "hx-request" in request.headers:
            shower = self._pages.shower(request, room)
            return Page(self._pages.render("problem.html", shower, problem=problem))
        if problem:
            return await self._pages.refused(request, problem)
        return RedirectResponse(f"/room/{room.id}", status_code=303)

    async def _do(self, act: str, room: Room, form: Form) -> None:
        member = form.get("member", "")
        match act:
            case "say" if form.get("send"):
                await self._acts.send(room, member, form["send"])
            case "say":
                await self._acts.say(room, member, form.get("text", ""))
            case "join":
                await self._acts.join(room)
            case "leave":
                await self._acts.leave(room, member)
            case "press":
                await self._acts.press(room, member, form.get("case", ""), form.get("choice", ""))
            case _:
                await self._set(act, room, form)

    async def _set(self, act: str, room: Room, form: Form) -> None:
        match act:
            case "forward":
                await self._acts.forward(form.get("seconds", ""))
            case "liken":
                await self._acts.liken(room, form.get("likeness", ""))
            case "play":
                self._player.start(room, PACES.get(form.get("pace", ""), 1))
            case "stop":
                self._player.stop(room)
            case _:
                raise HTTPException(404)


async def read_form(request: Request) -> Form:
    """The fields of an urlencoded form; 413 if it is too large, 400 if it is none."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise HTTPException(400) from None
    return dict(pairs)
