"""The fields that a line of JSON may have, read forgivingly: words for roles, kinds and links."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from rules.links import find_links, host_of
from rules.message import Kind, Link, Media, Message, Quote, Role

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)  # milliseconds that were taken for seconds come later
_ROLES = {
    **{str(role): role for role in Role},
    "administrator": Role.ADMIN,
    "moderator": Role.ADMIN,
    "creator": Role.OWNER,
    "管理员": Role.ADMIN,
    "群主": Role.OWNER,
}
_KINDS = {
    **{str(kind): kind for kind in Kind},
    "photo": Kind.IMAGE,
    "picture": Kind.IMAGE,
    "animation": Kind.VIDEO,
    "audio": Kind.VOICE,
    "document": Kind.FILE,
    "contact": Kind.CONTACT_CARD,
    "link": Kind.LINK_CARD,
}


class FieldError(ValueError):
    """A field that is not what it should be. Its message names the field, and quotes no text."""


def moment(value: str | float) -> datetime:
    """A time as ISO 8601 (without an offset: UTC) or seconds since 1970; aware, in UTC."""
    try:
        if isinstance(value, str):
            at = datetime.fromisoformat(value)
            return in_time(at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC))
        return in_time(datetime.fromtimestamp(value, UTC))
    except (ValueError, OverflowError, OSError):
        raise FieldError(
            "`ts` must be a time such as 2026-03-02T08:30:00Z, from 1970 to 2199"
        ) from None


def in_time(at: datetime) -> datetime:
    """The time, if chats were held then; ValueError if not. Rules add spans to it."""
    if not EARLIEST <= at < LATEST:
        raise ValueError("no time of a chat")
    return at


def role_of(value: str | None) -> Role | None:
    """The role that a word means; None for none given."""
    if not value:
        return None
    if (role := _ROLES.get(value.lower())) is None:
        raise FieldError(f"`role` must be one of {', '.join(Role)}")
    return role


def kind_of(value: str | None) -> Kind:
    """The kind that a word means; a word that is not known is a kind of its own, UNKNOWN."""
    return _KINDS.get(value.lower(), Kind.UNKNOWN) if value else Kind.TEXT


def message_of(text: str, kind: str | None, links: object, quote: str = "") -> Message:
    """The message that a line tells of; links that are given besides the text are hidden ones."""
    what = kind_of(kind)
    seen = find_links(text)
    return Message(
        text=text,
        links=seen + hidden(links, seen) if links else seen,
        media=() if what is Kind.TEXT else (Media(kind=what),),
        quote=Quote(text=quote) if quote else None,
    )


def hidden(links: object, seen: tuple[Link, ...]) -> tuple[Link, ...]:
    """The addresses of a list of texts, or of objects with `url`, that do not stand in the text."""
    if not isinstance(links, list):
        raise FieldError("`links` must be a list of addresses")
    shown = {link.url for link in seen}
    found = []
    for one in links:
        url = one.get("url") if isinstance(one, dict) else one
        if not isinstance(url, str):
            raise FieldError("`links` must be a list of addresses")
        if url not in shown:
            found.append(Link(url=url, host=host_of(url), hidden=True))
    return tuple(found)


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_LONGEST = 100 * 366 * 86_400  # seconds; longer than any chat has been


def span(value: object, field: str) -> timedelta:
    """A length of time: 90s, 5m, 2h, 3d, 1w, or a number of seconds."""
    number, unit = value, "s"
    if isinstance(value, str) and value:
        bare = value.strip()
        has_unit = bare[-1:] in _UNITS
        number, unit = (bare[:-1], bare[-1]) if has_unit else (bare, "s")
    try:
        seconds = float(number) * _UNITS[unit]  # type: ignore[arg-type]  # TypeError is caught
    except (TypeError, ValueError):
        seconds = math.nan
    if isinstance(value, bool) or not 0 <= seconds <= _LONGEST:
        raise FieldError(f"`{field}` must be a span such as 90s, 2h or 3d, or seconds")
    return timedelta(seconds=seconds)
