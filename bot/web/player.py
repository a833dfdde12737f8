"""Plays the prepared scene in a room: a part for everybody who is free, beat after beat."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from adapters.simulator.room import Room
from bot.cards import ANSWERS
from bot.texts import fill
from bot.web.acts import Acts, RefusedError, packet
from bot.web.context import Context
from bot.web.rooms import Rooms
from bot.web.scene import ADMIN, OWNER, SCENES, Answer, Beat, Enter, Pass, Speak, Step
from bot.web.show import OPEN, staff_of
from rules.decision import Case
from rules.message import Kind, Media, Role

CARD_WITHIN = 5  # seconds in which the card of a case must have come


class Player:
    """At most one scene per room."""

    def __init__(self, context: Context, acts: Acts, rooms: Rooms) -> None:
        self._context = context
        self._acts = acts
        self._rooms = rooms
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def is_playing(self, group: str) -> bool:
        """Whether the scene is on in a room."""
        return group in self._tasks

    def start(self, room: Room, pace: float = 1) -> None:
        """Begin, unless it is on already. `pace` stretches the waiting: 0 plays it at once."""
        if room.id not in self._tasks:
            beats = SCENES[self._acts.language(room)]
            self._tasks[room.id] = self._context.spawn(self._play(room, beats, pace))
            self._rooms.poke(room.id)

    def stop(self, room: Room) -> None:
        """End it after the beat that is on."""
        task = self._tasks.pop(room.id, None)
        if task is not None:
            task.cancel()
            self._rooms.poke(room.id)

    async def _play(self, room: Room, beats: tuple[Beat, ...], pace: float) -> None:
        try:
            parts = await self._cast(room, beats)
            for after, step in beats:
                await asyncio.sleep(after * pace)
                with suppress(RefusedError):  # somebody has left, or is muted: the scene goes on
                    await self._do(room, step, parts)
        finally:
            self._tasks.pop(room.id, None)
            self._rooms.poke(room.id)

    async def _cast(self, room: Room, beats: tuple[Beat, ...]) -> dict[str, str]:
        """Who plays which part: those with a clean record first, then newcomers."""
        parts = {one.role.value: one.id for one in reversed(room.people.values())}
        entering = {beat.step.who for beat in beats if isinstance(beat.step, Enter)}
        speaking = dict.fromkeys(beat.step.who for beat in beats if isinstance(beat.step, Speak))
        free = self._free(room)
        for part in speaking:
            if part not in (OWNER, ADMIN, *entering):
                parts[part] = free.pop(0) if free else await self._acts.join(room)
        return parts

    def _free(self, room: Room) -> list[str]:
        state, group = self._context.loop.state, self._context.loop.state.group(room.id)
        return [
            one.id
            for one in room.people.values()
            if one.role is Role.MEMBER
            and state.standing(room.id, one.id).level == 0
            and one.id not in group.sanctions
            and one.id not in room.muted
        ]

    async def _do(self, room: Room, step: Step, parts: dict[str, str]) -> None:
        match step:
            case Speak(who, if_judged=True) if not self._is_judged(room, parts[who]):
                pass
            case Speak(who, text, Kind.TEXT):
                names = {
                    part: room.people[one].name for part, one in parts.items() if one in room.people
                }
                await self._acts.say(room, parts[who], fill(text, names))
            case Speak(who, _, kind):
                media = packet(room) if kind is Kind.RED_PACKET else Media(kind=kind)
                await self._acts.show(room, parts[who], media)
            case Enter(who):
                parts[who] = await self._acts.join(room)
            case Pass(span):
                await self._acts.pass_time(span)
            case Answer(choices):
                await self._answer(room, choices)

    def _is_judged(self, room: Room, member: str) -> bool:
        cases = self._context.loop.state.cases.values()
        return any((one.group, one.member) == (room.id, member) for one in cases)

    async def _answer(self, room: Room, choices: tuple[str, ...]) -> None:
        case, staff = await self._open_case(room), staff_of(room)
        if case is None or staff is None:
            return
        fitting = [one for one in choices if one in ANSWERS[case.status]]
        if fitting:
            await self._acts.press(room, staff.id, str(case.number), fitting[0])

    async def _open_case(self, room: Room) -> Case | None:
        """The latest case that waits for an answer; it may still be on its way."""
        cases = self._context.loop.state.cases.values()
        with suppress(TimeoutError):
            async with asyncio.timeout(CARD_WITHIN):
                while not (found := [one for one in cases if _waits(one, room)]):
                    await self._rooms.signal(room.id).wait()
                return found[-1]
        return None


def _waits(case: Case, room: Room) -> bool:
    return case.group == room.id and case.status in OPEN
