"""The simulator as a platform: people are played through it, and the bot acts in its rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from adapters.platform import Answer, Receipt, Receive
from adapters.simulator.room import NotPossibleError, Room
from rules.actions import NEEDS, AnyAction, Ban, Remove
from rules.capability import Capability
from rules.entries import Decided, Delivered, Entry, Result
from rules.events import (
    AdminsSeen,
    AnyEvent,
    ButtonPressed,
    GroupChanged,
    MemberJoined,
    MemberLeft,
    MessageEdited,
    MessagePosted,
)
from rules.links import find_links
from rules.message import Author, Media, Message, Role, readable


class Simulator:
    """All simulated rooms under one account. `now` gives the time, aware UTC."""

    stable_ids = True

    def __init__(self, rooms: Iterable[Room], now: Callable[[], datetime]) -> None:
        self.name = "simulator"
        self.rooms = {room.id: room for room in rooms}
        self._now = now
        self._receive: Receive | None = None
        self._connected = asyncio.Event()

    def owns(self, group: str) -> bool:
        """Whether it is one of our rooms."""
        return group in self.rooms

    def capabilities(self, group: str) -> frozenset[Capability]:
        """What the bot can do there, as the room is set."""
        return self.rooms[group].capabilities

    async def run(self, receive: Receive) -> None:
        """Tell what groups there are, then wait: events come from whoever plays the people."""
        self._receive = receive
        for room in self.rooms.values():
            await self.introduce(room)
        self._connected.set()
        await asyncio.Event().wait()

    async def perform(self, action: AnyAction, sentence: str) -> Receipt:
        """Carry it out in the room, if the bot is able to there."""
        room = self.rooms[action.group]
        if NEEDS[type(action)] not in room.capabilities:
            return Receipt(answer=Answer.REFUSED, reason="the bot is not able to do that here")
        reason = room.carry_out(action)
        if reason:
            return Receipt(answer=Answer.REFUSED, reason=reason)
        if isinstance(action, Remove | Ban):
            await self._gone(room, action.member)
        return Receipt(answer=Answer.DONE, message_id=room.next_id() if sentence else "")

    async def introduce(self, room: Room) -> None:
        """Say what a room is and who holds which role: at the start, and when it was changed."""
        at = self._now()
        await self._emit(
            GroupChanged(
                key=self._key(room),
                at=at,
                seen_at=at,
                group=room.id,
                title=room.title,
                platform=room.likeness,
                capabilities=tuple(sorted(room.capabilities)),
            )
        )
        roles: dict[str, Role] = {
            one.id: one.role for one in room.people.values() if one.role is not Role.MEMBER
        }
        await self._emit(
            AdminsSeen(key=self._key(room), at=at, seen_at=at, group=room.id, roles=roles)
        )

    async def say(self, room_id: str, member: str, text: str, media: tuple[Media, ...] = ()) -> str:
        """Somebody says something; gives the message's id. NotPossibleError if they are muted or
        gone.
        """
        room, at, text = self.rooms[room_id], self._now(), readable(text)
        author = room.person(member)
        if not room.may_speak(member, at):
            raise NotPossibleError(f"{author.name} is muted")
        message_id = room.next_id()
        room.messages.add(message_id)
        await self._connected.wait()
        await self._emit(
            MessagePosted(
                key=f"{self.name}:{message_id}",
                at=at,
                seen_at=at,
                group=room_id,
                author=author,
                message_id=message_id,
                message=Message(text=text, links=find_links(text), media=media),
            )
        )
        return message_id

    async def edit(self, room_id: str, member: str, message_id: str, text: str, edit: int) -> None:
        """Somebody changes what they said."""
        room, at, text = self.rooms[room_id], self._now(), readable(text)
        await self._emit(
            MessageEdited(
                key=self._key(room),
                at=at,
                seen_at=at,
                group=room_id,
                author=room.person(member),
                message_id=message_id,
                edit=edit,
                message=Message(text=text, links=find_links(text)),
            )
        )

    async def join(self, room_id: str, author: Author) -> None:
        """Somebody comes in. NotPossibleError if they are banned here or there already."""
        room, at = self.rooms[room_id], self._now()
        if author.id in room.banned or author.id in room.people:
            raise NotPossibleError(f"{author.name} cannot join {room.title}")
        room.people[author.id] = author
        await self._emit(
            MemberJoined(
                key=self._key(room),
                at=at,
                seen_at=at,
                group=room_id,
                member=author.id,
                name=author.name,
            )
        )

    async def leave(self, room_id: str, member: str) -> None:
        """Somebody goes."""
        room = self.rooms[room_id]
        room.people.pop(room.person(member).id)
        await self._gone(room, member)

    async def _gone(self, room: Room, member: str) -> None:
        at = self._now()
        await self._emit(
            MemberLeft(key=self._key(room), at=at, seen_at=at, group=room.id, member=member)
        )

    async def press(self, room_id: str, member: str, case: int, choice: str) -> None:
        """Somebody answers a card."""
        room, at = self.rooms[room_id], self._now()
        await self._emit(
            ButtonPressed(
                key=self._key(room),
                at=at,
                seen_at=at,
                group=room_id,
                presser=room.person(member),
                case=case,
                choice=choice,
            )
        )

    def restore(self, entries: Iterable[Entry]) -> None:
        """Bring the rooms to where a journal left them: a platform does not forget in a restart."""
        wanted: dict[str, AnyAction] = {}
        for entry in entries:
            if isinstance(entry, Decided) and entry.event.group in self.rooms:
                _remember(self.rooms[entry.event.group], entry.event)
                wanted.update((one.key, one) for one in entry.decision.actions)
            elif isinstance(entry, Delivered) and entry.group in self.rooms:
                room, action = self.rooms[entry.group], wanted.pop(entry.action, None)
                if action is not None and entry.result is Result.DONE:
                    room.carry_out(action)
                    if entry.message_id:
                        room.count = max(room.count, _number(entry.message_id))

    def _key(self, room: Room) -> str:
        return f"{self.name}:{room.next_id()}"

    async def _emit(self, event: AnyEvent) -> None:
        if self._receive is None:
            raise NotPossibleError("the simulator is not running")
        await self._receive(event)


def _remember(room: Room, event: AnyEvent) -> None:
    if event.key.startswith(f"simulator:{room.id}-"):
        room.count = max(room.count, _number(event.key))
    match event:
        case MessagePosted():
            room.messages.add(event.message_id)
        case MemberJoined():
            room.people[event.member] = Author(id=event.member, name=event.name)
        case MemberLeft():
            room.people.pop(event.member, None)
        case GroupChanged():
            room.title, room.likeness = event.title, event.platform
        case _:
            pass


def _number(key: str) -> int:
    return int(key.rsplit("-", 1)[-1])
