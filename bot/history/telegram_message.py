"""One message or service message of a Telegram export, as records."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct, field

from bot.history.fields import FieldError, in_time
from bot.history.records import Record, What
from rules.links import find_links, host_of
from rules.message import Kind, Link, Media, Mention, Message, Quote, Role

_KINDS = {
    "sticker": Kind.STICKER,
    "voice_message": Kind.VOICE,
    "audio_file": Kind.VOICE,
    "video_message": Kind.VIDEO,
    "video_file": Kind.VIDEO,
    "animation": Kind.VIDEO,
}
_STAFF_ACTIONS = {
    "create_group": Role.OWNER,
    "create_supergroup": Role.OWNER,
    "edit_group_title": Role.ADMIN,
    "edit_group_photo": Role.ADMIN,
    "pin_message": Role.ADMIN,
    "remove_members": Role.ADMIN,
}
"""Service actions that only staff take: the export names no roles."""


class Entity(Struct):
    """A piece of text: plain, or with a meaning."""

    type: str = ""
    text: str = ""
    href: str = ""
    user_id: int | str | None = None


class Row(Struct, rename={"from_": "from"}):
    """The fields of a message that matter here; all others are passed over."""

    type: str
    id: int = 0
    date: str = ""
    date_unixtime: str | int | None = None
    from_: str | None = None
    from_id: str | int | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    action: str = ""
    members: list[str | None] | None = None
    text: str | list[str | Entity] = ""
    media_type: str = ""
    photo: str | None = None
    file: str | None = None
    contact_information: dict[str, object] | None = None
    location_information: dict[str, object] | None = None
    place_name: str | None = None
    poll: dict[str, object] | None = None
    forwarded_from: str | None = None
    reply_to_message_id: int | None = None
    inline_bot_buttons: list[list[dict[str, object]]] | None = None


class Who(NamedTuple):
    """Whom an entry is about, and its place in the file."""

    number: int
    user: str
    name: str


class Chat(Struct):
    """A chat while it is read: ids by name, who was invited but not heard of yet, known roles."""

    id: str
    title: str
    ids: dict[str, str] = field(default_factory=dict)
    invited: dict[str, datetime] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)

    @classmethod
    def of(cls, about: dict[str, str]) -> Chat:
        """The chat that the head of an export tells of."""
        return cls(id=about.get("id", ""), title=about.get("name", ""))


def records_of(chat: Chat, raw: object, number: int) -> list[Record]:
    """What one entry of `messages` tells; nothing if nobody spoke, came or left."""
    row = msgspec.convert(raw, Row)
    if row.type == "service":
        return _service(chat, row, number)
    if row.type != "message":
        return []
    user = _id(row.from_id) or row.from_ or ""
    if not user:
        raise FieldError("`from_id` is missing")
    name = row.from_ or ""
    who = Who(number, user, name)
    found = []
    if name in chat.invited and user not in chat.ids.values():
        found.append(_record(chat, row, who, What.JOIN, chat.invited.pop(name)))
    chat.ids[name] = user
    found.append(_record(chat, row, who, What.MESSAGE))
    return found


def _record(chat: Chat, row: Row, who: Who, what: What, at: datetime | None = None) -> Record:
    at = at or _at(row)
    user, name = who.user, who.name
    return Record(
        number=who.number,
        at=at,
        ts=at.isoformat().replace("+00:00", "Z"),
        group=chat.id,
        user=user,
        name=name,
        title=chat.title,
        what=what,
        message=_message(row) if what is What.MESSAGE else Message(),
        message_id=str(row.id or who.number),
        role=_role(chat, user),
    )


def _service(chat: Chat, row: Row, number: int) -> list[Record]:
    actor, name = _id(row.actor_id), row.actor or ""
    others = [one for one in row.members or () if one and one != name]
    if actor and row.action in _STAFF_ACTIONS and (row.action != "remove_members" or others):
        chat.roles.setdefault(actor, _STAFF_ACTIONS[row.action])
    if row.action in ("join_group_by_link", "join_group_by_request") and actor:
        chat.ids[name] = actor
        return [_record(chat, row, Who(number, actor, name), What.JOIN)]
    if row.action not in ("invite_members", "remove_members"):
        return []
    what = What.JOIN if row.action == "invite_members" else What.LEAVE
    known = dict(chat.ids)
    if actor and name in (row.members or ()):
        known[name] = chat.ids[name] = actor
    found = []
    for one in dict.fromkeys(row.members or ()):
        if one and one in known:
            found.append(_record(chat, row, Who(number, known[one], one), what))
        elif one and what is What.JOIN:
            chat.invited[one] = _at(row)
    return found


def _role(chat: Chat, user: str) -> Role | None:
    """A role that the chat has shown. Who writes as the group itself is an anonymous admin."""
    if user.startswith("channel") and user.removeprefix("channel") == chat.id.removeprefix("-100"):
        return Role.ADMIN
    return chat.roles.get(user)


def _id(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _at(row: Row) -> datetime:
    try:
        if row.date_unixtime is not None:
            return in_time(datetime.fromtimestamp(int(row.date_unixtime), UTC))
        at = datetime.fromisoformat(row.date)
        return in_time(at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC))
    except (ValueError, OverflowError, OSError):
        raise FieldError("`date_unixtime` must be seconds since 1970, before 2200") from None


def _message(row: Row) -> Message:
    parts = [row.text] if isinstance(row.text, str) else row.text
    text = "".join(part if isinstance(part, str) else part.text for part in parts)
    entities = [part for part in parts if isinstance(part, Entity)]
    seen = find_links(text)
    shown = {link.url for link in seen}
    behind = [one.href for one in entities if one.type == "text_link" and one.href]
    behind += [url for line in row.inline_bot_buttons or () for one in line if (url := _url(one))]
    return Message(
        text=text,
        links=seen
        + tuple(
            Link(url=url, host=host_of(url), hidden=True)
            for url in dict.fromkeys(behind)
            if url not in shown
        ),
        mentions=tuple(
            _mention(one) for one in entities if one.type in ("mention", "mention_name")
        ),
        media=tuple(Media(kind=kind) for kind in _media(row)),
        quote=Quote(message_id=str(row.reply_to_message_id)) if row.reply_to_message_id else None,
    )


def _url(button: dict[str, object]) -> str:
    return str(button.get("data") or "") if button.get("type") == "url" else ""


def _mention(entity: Entity) -> Mention:
    member = None if entity.user_id is None else f"user{str(entity.user_id).removeprefix('user')}"
    return Mention(name=entity.text.removeprefix("@"), member=member)


def _media(row: Row) -> list[Kind]:
    kinds = []
    if row.photo:
        kinds.append(Kind.IMAGE)
    if row.file or row.media_type:
        kinds.append(_KINDS.get(row.media_type, Kind.FILE))
    if row.contact_information is not None:
        kinds.append(Kind.CONTACT_CARD)
    if row.location_information is not None or row.place_name is not None:
        kinds.append(Kind.LOCATION)
    if row.poll is not None:
        kinds.append(Kind.POLL)
    if row.forwarded_from is not None:
        kinds.append(Kind.FORWARDED)
    return kinds
