"""The people of the simulated rooms, the names of newcomers, and what the quick buttons paste."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.simulator.room import Room
from rules.message import Author, Role

ZH, EN = "zh", "en"
_PEOPLE = {
    ZH: (
        ("wang", "王总", Role.OWNER),
        ("li", "小李", Role.ADMIN),
        ("xiaowang", "小王", Role.MEMBER),
        ("zhou", "老周", Role.MEMBER),
        ("lily", "Lily", Role.MEMBER),
        ("qiang", "阿强", Role.MEMBER),
        ("mei", "美美", Role.MEMBER),
        ("peng", "大鹏", Role.MEMBER),
        ("ya", "小雅", Role.MEMBER),
    ),
    EN: (
        ("alice", "Alice", Role.OWNER),
        ("bob", "Bob", Role.ADMIN),
        ("dmitri", "Dmitri", Role.MEMBER),
        ("anna", "Anna", Role.MEMBER),
        ("tom", "Tom", Role.MEMBER),
        ("yusuf", "Yusuf", Role.MEMBER),
        ("clara", "Clara", Role.MEMBER),
        ("pavel", "Pavel", Role.MEMBER),
        ("grace", "Grace", Role.MEMBER),
    ),
}
_NEWCOMERS = {
    ZH: ("小林", "晓月", "大刘", "婷婷", "阿杰", "小满", "江南", "老陈", "可可", "思远"),
    EN: ("Nina", "Marco", "Priya", "Felix", "Zoe", "Omar", "Ingrid", "Leo", "Maya", "Hugo"),
}


def rooms() -> list[Room]:
    """Two groups: a Chinese promotion group as on WeChat, an English flea market as on Telegram."""
    return [
        _room(ZH, "创富孵化群", "wechat"),
        _room(EN, "Berlin Flea Market", "telegram"),
    ]


def newcomer(room: Room, known: Iterable[str], language: str) -> Author:
    """Somebody who has never been here: an id and a name that are not taken. `known` are ids."""
    ids, names = {*room.people, *known}, {one.name for one in room.people.values()}
    count = next(n for n in range(1, len(ids) + 2) if f"{room.id}-new-{n}" not in ids)
    listed = _NEWCOMERS[language]
    name = listed[(count - 1) % len(listed)]
    if name in names or count > len(listed):
        name = f"{name} {count}"
    return Author(id=f"{room.id}-new-{count}", name=name)


def _room(room_id: str, title: str, likeness: str) -> Room:
    people = {
        f"{room_id}-{key}": Author(id=f"{room_id}-{key}", name=name, role=role)
        for key, name, role in _PEOPLE[room_id]
    }
    return Room(id=room_id, title=title, likeness=likeness, people=people)


FLOODS = {
    ZH: (
        "在吗",
        "有人吗",
        "看看我呀",
        "快来看",
        "真的不骗人",
        "最后一天了",
        "快点快点",
        "都来看看",
    ),
    EN: (
        "hello?",
        "anyone here",
        "look at this",
        "come on people",
        "last chance",
        "today only",
        "best of all",
        "come and see",
    ),
}
"""What the flood button sends, one message each."""

PASTES = {
    ZH: {
        "ad": "想了解的加微信 abc123，名额不多",
        "evasive": "百 家 乐 首存送彩金，稳赚",
        "innocent": "百家姓第一个是赵，孩子今天刚背会",
    },
    EN: {
        "ad": "Earn $500 a day from home, message me on WhatsApp +1 555 010 4477",
        "evasive": "W\u200bork from h\u043eme: ＄500 a day, guar\u0430nteed profit! DM me",
        "innocent": "Is the crypto talk at the library on Friday free? My son wants to go",
    },
}
"""What the quick buttons put into the composer, by kind."""
