"""Exports as Telegram Desktop writes them, made up for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

Item = dict[str, object]

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def said(
    number: int, text: object, *, by: str = "Anna", seconds: float = 0, **more: object
) -> Item:
    """A message: `text` as a string, or as the list of pieces that formatted texts have."""
    return {
        "id": number,
        "type": "message",
        **_when(seconds),
        "from": by,
        "from_id": f"user{id_of(by)}",
        "text": text,
        **more,
    }


def service(
    number: int, action: str, *, by: str = "Anna", seconds: float = 0, **more: object
) -> Item:
    """A service message: somebody joins, invites, pins."""
    return {
        "id": number,
        "type": "service",
        **_when(seconds),
        "actor": by,
        "actor_id": f"user{id_of(by)}",
        "action": action,
        "text": "",
        **more,
    }


def id_of(name: str) -> int:
    """The number that stands for a person of that name."""
    return 1000 + sum(name.encode())


def chat(
    messages: Iterable[Item], *, title: str = "Flea Market", kind: str = "private_supergroup"
) -> Item:
    """A chat; alone it is the export of one chat."""
    return {"name": title, "type": kind, "id": id_of(title), "messages": list(messages)}


def everything(*chats: Item) -> Item:
    """The export of all chats."""
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Me", "bio": 'a "quoted" } bio'},
        "contacts": {"list": [{"first_name": "A", "phone_number": "0"}]},
        "chats": {"about": "This page lists all chats.", "list": list(chats)},
    }


def written(export: Item) -> bytes:
    """The export as its file says it."""
    return json.dumps(export, ensure_ascii=False, indent=1).encode()


def _when(seconds: float) -> Item:
    at = START + timedelta(seconds=seconds)
    return {"date": at.strftime("%Y-%m-%dT%H:%M:%S"), "date_unixtime": str(int(at.timestamp()))}
