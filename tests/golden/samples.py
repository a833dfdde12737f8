"""Every type of entry, event and action, with every field filled: see `journal-1.jsonl`.

`python -m tests.golden.samples` writes that file; never again once its version is released.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct
from msgspec import inspect as i

from bot.storage.codec import ENTRY_VERSION, encode_entry, encode_state
from rules.actions import Line, Say
from rules.decision import Deadline, Decision
from rules.entries import Decided, Delivered, Entry, Result, Switched
from rules.events import AnyEvent, MessagePosted
from rules.fold import apply
from rules.footprint import Footprint
from rules.message import Author, Message
from rules.state import CommunityState

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
GOLDEN = Path(__file__).with_name(f"journal-{ENTRY_VERSION}.jsonl")

_LEAF: dict[type[i.Type], Callable[[Any, str], Any]] = {
    i.StrType: lambda _type, name: f"{name} 文😀",
    i.IntType: lambda _type, name: len(name),
    i.BoolType: lambda _type, _name: True,
    i.BytesType: lambda _type, name: name.encode(),
    i.DateTimeType: lambda _type, _name: START,
    i.TimeDeltaType: lambda _type, _name: HOUR,
    i.EnumType: lambda found, _name: list(found.cls)[-1],
    i.StructType: lambda found, name: filled(found.cls, name),
    i.TupleType: lambda found, name: tuple(_value(one, name) for one in found.item_types),
    i.VarTupleType: lambda found, name: _one_of_each(found.item_type, name),
    i.DictType: lambda found, name: {_value(found.key_type, name): _value(found.value_type, name)},
}


def filled(cls: type[Struct], name: str = "") -> Any:
    """A value of this type in which no field has its default."""
    return cls(**{one.name: _value(one.type, f"{name} {one.name}") for one in _fields(cls)})


def _fields(cls: type[Struct]) -> tuple[i.Field, ...]:
    found = i.type_info(cls)
    assert isinstance(found, i.StructType)
    return found.fields


def _value(found: i.Type, name: str) -> Any:
    if isinstance(found, i.UnionType):
        return _value(next(one for one in found.types if not isinstance(one, i.NoneType)), name)
    return _LEAF[type(found)](found, name)


def _one_of_each(found: i.Type, name: str) -> tuple[Any, ...]:
    kinds = found.types if isinstance(found, i.UnionType) else (found,)
    return tuple(_value(one, f"{name} {place}") for place, one in enumerate(kinds))


def every_entry() -> list[Entry]:
    """Every event, the first with all that a decision may hold; every result; a switch of rules."""
    first, *others = (filled(event, event.__name__) for event in get_args(AnyEvent))
    decided: Decided = filled(Decided)
    return [
        filled(Switched),
        Decided(event=first, footprint=decided.footprint, decision=decided.decision),
        *(Decided(event=one) for one in others),
        *(
            Delivered(action=one, group="g1", at=START, result=one, wanted="Say", reason="busy")
            for one in Result
        ),
        filled(Delivered),
    ]


def deadline(key: str, due_at: datetime, kind: str = "obligation") -> Deadline:
    """A deadline of group g1, 15 s after its own time."""
    at = due_at - timedelta(seconds=15)
    return Deadline(key=key, kind=kind, group="g1", ref=key, at=at, due_at=due_at)


def posted(
    number: int, text: str = "今天天气不错", at: datetime | None = None, **decision: Any
) -> Decided:
    """Message `number` (key `tg:<number>`), a second after the one before, with a decision."""
    when = at or START + timedelta(seconds=number)
    return Decided(
        event=MessagePosted(
            key=f"tg:{number}",
            at=when,
            seen_at=when,
            group=f"g{number % 3}",
            author=Author(id=f"m{number % 5}", name="小明"),
            message_id=str(number),
            message=Message(text=text),
        ),
        footprint=Footprint(
            kind="text", length=len(text), digest=number, grams=number.to_bytes(4), hosts=()
        ),
        decision=Decision(**decision),
    )


def says(number: int, *parts: str) -> Decided:
    """Message `number`, decided with one Say per part; its key is `tg:<number>/<part>`."""
    line = Line(key="warned")
    actions = tuple(Say(key=f"tg:{number}/{part}", group="g1", line=line) for part in parts)
    return posted(number, actions=actions)


def folded(entries: list[Entry]) -> bytes:
    """The encoded state after these entries."""
    state = CommunityState()
    for entry in entries:
        apply(state, entry)
    return encode_state(state)


def write_golden() -> None:
    """Write the golden journal of this version."""
    lines = "".join(f"{encode_entry(one)}\n" for one in every_entry())
    GOLDEN.write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    write_golden()
