"""What a visitor may do in a room: speak as somebody, join, leave, answer a card, let time pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from adapters.simulator.room import ALIKE, NotPossibleError, Room
from bot.texts import language_of
from bot.web import cast
from bot.web.context import Context
from bot.web.rooms import Rooms
from rules.capability import Capability
from rules.message import Kind, Media

LONGEST = 4096  # characters: what Telegram takes in one message
FORWARD = (60, 3600, 86400)  # seconds
PACKET_CENTS, PACKET_PARTS = 5000, 20  # what the example's rule asks for


class RefusedError(Exception):
    """Something that is not possible: the key of a sentence, and its values."""

    def __init__(self, key: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.values = dict(values or {})
        self.until: datetime | None = None


class Acts:
    """The doings of visitors, in the simulator. Every method may raise RefusedError."""

    def __init__(self, context: Context, rooms: Rooms) -> None:
        self._context = context
        self._rooms = rooms

    async def say(self, room: Room, member: str, text: str) -> None:
        """Somebody says something."""
        if not text.strip():
            raise RefusedError("web_nothing_said")
        if len(text) > LONGEST:
            raise RefusedError("web_too_long", {"n": str(LONGEST)})
        await self._say(room, member, text)

    async def send(self, room: Room, member: str, what: str) -> None:
        """Somebody sends what one of the quick buttons stands for."""
        if what == "flood":
            for text in cast.FLOODS[self.language(room)]:
                await self._say(room, member, text)
        elif what == "packet":
            await self.show(room, member, packet(room))
        elif what == "card":
            await self.show(room, member, Media(kind=Kind.CONTACT_CARD))
        elif what == "picture":
            await self.show(room, member, Media(kind=Kind.IMAGE))
        else:
            raise RefusedError("web_bad_request")

    async def show(self, room: Room, member: str, media: Media) -> None:
        """Somebody sends something that is not text."""
        await self._say(room, member, "", media)

    async def join(self, room: Room) -> str:
        """Somebody new comes in; gives their member id."""
        known = self._context.loop.state.group(room.id).members
        author = cast.newcomer(room, known, self.language(room))
        await self._context.simulator.join(room.id, author)
        return author.id

    async def leave(self, room: Room, member: str) -> None:
        """Somebody goes."""
        if member not in room.people:
            raise RefusedError("web_not_here", {"name": member})
        await self._context.simulator.leave(room.id, member)

    async def press(self, room: Room, member: str, case: str, choice: str) -> None:
        """Somebody answers a card."""
        if not case.isascii() or not case.isdigit() or len(case) > 9:
            raise RefusedError("web_bad_request")
        if member not in room.people:
            raise RefusedError("web_not_here", {"name": member})
        await self._context.simulator.press(room.id, member, int(case), choice)

    async def forward(self, seconds: str) -> None:
        """Let time pass, and everything that falls due happen."""
        if seconds not in map(str, FORWARD):
            raise RefusedError("web_bad_request")
        await self.pass_time(timedelta(seconds=int(seconds)))

    async def pass_time(self, span: timedelta) -> None:
        """Let any span pass, and what falls due in it happen at its own time, not late."""
        clock, loop = self._context.clock, self._context.loop
        end = clock.now() + span
        while (due_at := loop.state.due_at) is not None and clock.now() < due_at <= end:
            clock.forward(due_at - clock.now())
            await loop.wake()
        clock.forward(max(timedelta(0), end - clock.now()))
        await loop.wake()
        self._context.timers.set()
        for group in self._rooms.views:
            self._rooms.poke(group)

    async def liken(self, room: Room, likeness: str) -> None:
        """Let the bot be able to do what it could on another platform."""
        if likeness not in ALIKE:
            raise RefusedError("web_bad_request")
        if likeness != room.likeness:
            room.likeness = likeness
            await self._context.simulator.introduce(room)

    def language(self, room: Room) -> str:
        """The language that is spoken in the room."""
        return language_of(self._context.ruleset(room.id).locale)

    async def _say(self, room: Room, member: str, text: str, *media: Media) -> None:
        if member not in room.people:
            raise RefusedError("web_not_here", {"name": member})
        if not room.may_speak(member, self._context.clock.now()):
            refused = RefusedError("web_muted_until", {"name": room.people[member].name})
            refused.until = room.muted[member]
            raise refused
        try:
            await self._context.simulator.say(room.id, member, text, media)
        except NotPossibleError:
            raise RefusedError("web_not_possible") from None


def packet(room: Room) -> Media:
    """A red packet as the room's platform shows it: its amount is not seen everywhere."""
    if Capability.SEE_RED_PACKET_AMOUNTS in room.capabilities:
        return Media(kind=Kind.RED_PACKET, amount_cents=PACKET_CENTS, parts=PACKET_PARTS)
    return Media(kind=Kind.RED_PACKET)
