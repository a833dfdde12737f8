"""Entries without their texts, and snapshots: the state is the same."""

from __future__ import annotations

import msgspec

from bot.decide import decide
from rules.entries import Delivered, Entry, Result, bare, redacted
from rules.events import (
    AnyEvent,
    MemberJoined,
    Unreadable,
)
from rules.fold import apply
from rules.message import Kind, Media, Mention, Message, Quote
from rules.state import CommunityState
from tests.builders import T0, at, edited, message, posted
from tests.scenes import Scene

GROUP = "g1"


RULES = """\
pack: p
mode: enforce
rules:
  - {{ id: a, title: A, when: {{ words: [{word}] }}, then: {{ strikes: 1 }} }}
"""


def event(kind: type[AnyEvent], seconds: float = 0, **more: object) -> AnyEvent:
    """An event of the group."""
    key = f"{kind.__name__}-{seconds}"
    return kind(key=key, at=at(seconds), seen_at=at(seconds), group=GROUP, **more)


def joined(member: str, seconds: float = 0) -> AnyEvent:
    """Somebody comes in."""
    return event(MemberJoined, seconds, member=member, name=member.upper())


def test_redacted_entries_fold_to_the_same_state() -> None:
    """After the retention time the texts are gone, and the state is the same byte for byte."""
    rich = Message(
        text="buy https://a.example/x",
        quote=Quote(text="secret", member="m2"),
        links=message("https://a.example/x").links,
        mentions=(Mention(name="Secret", member="m2"),),
        media=(Media(kind=Kind.IMAGE, title="secret"),),
    )
    scene = Scene(RULES.format(word="buy"))
    first = posted(rich)
    said = [
        first,
        edited("secret too", first, seconds=5),
        joined("m3", 5.5),
        event(Unreadable, 6, reason="r", raw="secret"),
    ]
    entries: list[Entry] = []
    state = CommunityState()
    for one in said:
        decided = decide(scene.book, state, one)
        entries.append(decided)
        apply(state, decided)
    entries.append(Delivered(action="a", group=GROUP, at=T0, result=Result.DONE, wanted="Say"))
    apply(state, entries[-1])
    again = CommunityState()
    for entry in entries:
        left = redacted(entry)
        assert b"secret" not in msgspec.json.encode(left)
        assert b"Secret" not in msgspec.json.encode(left)
        apply(again, left)
    assert msgspec.json.encode(state) == msgspec.json.encode(again)
    assert Kind.IMAGE is bare(rich).kind
    assert bare(Message(text="x")).quote is None


def test_a_snapshot_is_the_state() -> None:
    """Decoded from its encoding, the state goes on the same: its indexes are built again."""
    scene = Scene(RULES.format(word="bad"))
    for n in range(5):
        scene.say(f"bad word number {n}", seconds=100 * n, by=f"m{n % 2}")
    scene.state.compact()
    copy = msgspec.json.decode(msgspec.json.encode(scene.state), type=CommunityState)
    later = posted("bad word number 9", seconds=900)
    assert decide(scene.book, scene.state, later) == decide(scene.book, copy, later)
    assert copy.due_at == scene.state.due_at
    assert 5 == len(copy.group(GROUP).lately.messages)
