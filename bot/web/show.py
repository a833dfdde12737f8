"""Items of the conversation as the page shows them, in words. Templates only lay them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never
from zlib import crc32

from adapters.simulator.room import Room
from bot.cards import ANSWERS
from bot.texts import sentence
from bot.web.items import AnyItem, Card, Note, Posted, Said, item_id
from bot.web.projection import RoomView
from bot.web.words import Tongue
from rules.decision import Case
from rules.events import MessageEdited, MessagePosted
from rules.explain import marks_of, outcome_of
from rules.message import Author, Media, Message, Role
from rules.state import CommunityState

HUES = 8  # avatar colours in the style sheet
STANDING = ("done", "upheld")
OPEN = ("asked", "confirm", "contested")
Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as a face: name, role in words ("" for a plain member), colour, first letter."""

    name: str
    role: str
    hue: int
    initial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One item. `why` is the id of the item whose explanation belongs to it, "" for none."""

    id: str
    kind: str
    time: str
    iso: str
    why: str = ""
    person: Person | None = None
    parts: Parts = ()
    media: tuple[tuple[str, str], ...] = ()
    quote: str = ""
    taken: str = ""
    edited: bool = False
    chip: str = ""
    waits: tuple[tuple[int, str], ...] = ()
    case: int = 0
    choices: tuple[str, ...] = ()
    presser: Author | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Shower:
    """Shows the items of one room in one language."""

    room: Room
    view: RoomView
    state: CommunityState
    tongue: Tongue

    def all(self, items: Iterable[AnyItem]) -> list[Shown]:
        """Several items, in their order."""
        return [self.one(item) for item in items]

    def one(self, item: AnyItem) -> Shown:
        """One item."""
        shown = Shown(
            id=item.id,
            kind=type(item).__name__.lower(),
            time=self.tongue.moment(item.at),
            iso=item.at.isoformat(),
        )
        match item:
            case Posted():
                return self._posted(shown, item)
            case Said():
                return replace(shown, why=item.id, parts=((self.words_of(item), False),))
            case Card():
                return self._card(shown, item)
            case Note():
                return replace(shown, why=item.about, parts=((self._noted(item), False),))
            case _:
                assert_never(item)

    def words_of(self, item: Said | Card) -> str:
        """What the bot said, in the group's language."""
        zone, locale = self.tongue.zone, self.tongue.locale
        quoted = {key: self._quoted(key) for key in item.line.quotes}
        return sentence(item.line, locale=locale, zone=zone, at=item.at, quoted=quoted)

    def _quoted(self, key: str) -> tuple[str, str]:
        """Who wrote the message of an event, and what, while the room has it."""
        item = self.view.items.get(item_id(key))
        if not isinstance(item, Posted):
            return "", ""
        event = spoken(item)
        return event.author.name, event.message.text

    def person(self, author: Author) -> Person:
        """A face for somebody."""
        name = author.name.strip() or "?"
        role = "" if author.role is Role.MEMBER else self.tongue(f"role_{author.role}")
        return Person(
            author.name, role, crc32(author.id.encode("utf-8", "replace")) % HUES, name[0].upper()
        )

    def name(self, member: str) -> str:
        """How somebody is called here, also after leaving."""
        if member in self.room.people:
            return self.room.people[member].name
        known = self.state.group(self.room.id).members.get(member)
        return known.name if known else member

    def _posted(self, shown: Shown, item: Posted) -> Shown:
        event = spoken(item)
        message = event.message
        return replace(
            shown,
            why=item.id,
            person=self.person(event.author),
            parts=marked(message.text, marks_of(item.versions[-1].decision)),
            media=tuple(self._media(message)),
            quote=message.quote.text if message.quote else "",
            taken=item.taken,
            edited=len(item.versions) > 1,
            chip=chip_of(item, self.state.cases),
            waits=tuple(self._waits(item)),
        )

    def _media(self, message: Message) -> Iterator[tuple[str, str]]:
        for part in message.media:
            yield part.kind.value, self.media_words(part)

    def media_words(self, part: Media) -> str:
        """A part that is not text, in words: kind, title, and of a red packet what can be seen."""
        seen = [self.tongue(f"media_{part.kind}")]
        if part.title:
            seen.append(part.title)
        if part.amount_cents is not None and part.parts is not None:
            amount = f"{part.amount_cents / 100:g}"
            seen.append(self.tongue("media_packet", amount=amount, parts=str(part.parts)))
        return " · ".join(seen)

    def _waits(self, item: Posted) -> Iterator[tuple[int, str]]:
        for one in item.waiting.values():
            kind = self.tongue(f"media_{one.follow_up.kind}")
            yield int(one.until.timestamp() * 1000), self.tongue("web_waiting", kind=kind)

    def _card(self, shown: Shown, item: Card) -> Shown:
        case = self.state.cases.get(item.case)
        status = case.status if case else ""
        is_open = self.view.asks(item) and status in OPEN
        return replace(
            shown,
            why=item.about or item.id,
            parts=((self.words_of(item), False),),
            case=item.case,
            choices=ANSWERS[status] if is_open else (),
            presser=staff_of(self.room) if is_open else None,
            status=f"case_{status}" if status and not is_open else "",
        )

    def _noted(self, item: Note) -> str:
        values = dict(item.reason.values)
        values.setdefault("name", self.name(item.member) if item.member else "")
        reason = type(item.reason)(
            key=item.reason.key, values=values, terms=dict(item.reason.terms)
        )
        return self.tongue.because(reason)


def spoken(item: Posted) -> MessagePosted | MessageEdited:
    """The message as it stands: as sent, or as last edited."""
    event = item.versions[-1].event
    if not isinstance(event, MessagePosted | MessageEdited):
        raise TypeError(f"expected a message, found {type(event).__name__}")
    return event


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Parts:
    """The text in pieces, each with whether it is marked. Marks beyond the text are cut."""
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        in_a_row = joined and not text[joined[-1][1] : start].strip()  # they become one mark
        joined.append((joined.pop()[0] if in_a_row else start, end))
    parts: list[tuple[str, bool]] = []
    reached = 0
    for start, end in joined:
        parts += [(text[reached:start], False), (text[start:end], True)]
        reached = end
    parts.append((text[reached:], False))
    return tuple(one for one in parts if one[0])


def chip_of(item: Posted, cases: Mapping[int, Case]) -> str:
    """In one word what a message came to: its case's status or step, else the last outcome."""
    mine = [cases[number] for number in sorted(item.cases) if number in cases]
    if mine:
        return mine[-1].step.value if mine[-1].status in STANDING else mine[-1].status
    if item.waiting:
        return "waits"
    own = [one.decision for one in item.versions if one.decision.verdict.matches]
    outcomes = [outcome_of(one) for one in (*own, *(one.decision for one in item.later))]
    return next((one for one in reversed(outcomes) if one), "")


def staff_of(room: Room) -> Author | None:
    """Who answers cards in the room: its first admin, else its owner."""
    staff = [one for one in room.people.values() if one.role in (Role.ADMIN, Role.OWNER)]
    return min(staff, key=lambda one: one.role is Role.OWNER, default=None)
