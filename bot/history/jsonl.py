"""Histories of one JSON object a line (docs/replay.md), in order of time within reason."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from bot.history.fields import FieldError, message_of, moment, role_of
from bot.history.lines import lines
from bot.history.records import Faults, HistoryError, Record, What
from bot.history.source import Source
from rules.message import Message

IN_ORDER = 20_000  # lines that are held to bring them into order: 20 MB of usual ones
GIVE_UP = 200  # lines at the beginning without a single message
_EVENTS = {"": What.MESSAGE, "message": What.MESSAGE, "join": What.JOIN, "leave": What.LEAVE}


class _Row(Struct):
    """The fields of a line; others are passed over."""

    ts: str | int | float
    user: str | int | None = None
    group: str | int | None = None
    name: str | None = None
    text: str | None = None
    event: str | None = None
    role: str | None = None
    kind: str | None = None
    links: list[object] | None = None
    quote: str | None = None
    label: str | None = None
    title: str | None = None
    message_id: str | int | None = None


class JsonLines:
    """Reads a stream. A line that is no record is counted, and the rest goes on."""

    def __init__(self, source: Source) -> None:
        self.faults = Faults()
        self.notes: list[str] = []
        self._source = source
        self._row = msgspec.json.Decoder(_Row)

    def records(self) -> Iterator[Record]:
        """Every record, sorted by time within IN_ORDER lines. What comes later keeps its place."""
        heap: list[tuple[float, int, Record]] = []
        late = 0
        newest = float("-inf")
        for record in self._read():
            item = (record.at.timestamp(), record.number, record)
            if len(heap) < IN_ORDER:
                heapq.heappush(heap, item)
                continue
            stamp, _, first = heapq.heappushpop(heap, item)
            late += stamp < newest
            newest = max(stamp, newest)
            yield first
        while heap:
            yield heapq.heappop(heap)[2]
        if late:
            self.notes.append(
                f"{late} lines stand more than {IN_ORDER} lines from their place in time; they "
                "were judged where they stand. Sort the file by `ts` for exact results."
            )

    def _read(self) -> Iterator[Record]:
        count = 0
        for number, line in enumerate(lines(self._source.chunks()), start=1):
            if line is None:
                self.faults.add(f"line {number}", "longer than 1 MB")
            elif line.strip() and (record := self._record(number, line)) is not None:
                count += 1
                yield record
            if not count and self.faults.count >= GIVE_UP:
                break
        if not count:
            raise HistoryError(self._hopeless())

    def _record(self, number: int, line: bytes) -> Record | None:
        try:
            row = self._row.decode(line.removeprefix(b"\xef\xbb\xbf"))
            return _record(number, row)
        except msgspec.ValidationError as error:
            self.faults.add(f"line {number}", str(error))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.faults.add(f"line {number}", "no JSON object")
        except FieldError as error:
            self.faults.add(f"line {number}", str(error))
        return None

    def _hopeless(self) -> str:
        first = f" ({self.faults.first[0]})" if self.faults.first else ""
        return (
            f"{self._source.path} holds no message{first}: expected one JSON object a line with "
            "ts, group, user, name and text, or result.json of a Telegram Desktop export."
        )


def _record(number: int, row: _Row) -> Record:
    what = _EVENTS.get(row.event or "")
    if what is None:
        raise FieldError("`event` must be join or leave")
    user = row.user if row.user is not None else row.name
    if user is None or user == "":
        raise FieldError("`user` is missing")
    is_message = what is What.MESSAGE
    if is_message and row.text is None and not row.kind:
        raise FieldError("`text` is missing")
    return Record(
        number=number,
        at=moment(row.ts),
        ts=str(row.ts),
        group="" if row.group is None else str(row.group),
        user=str(user),
        name=row.name or str(user),
        title=row.title or "",
        what=what,
        message=_message(row) if is_message else Message(),
        message_id=str(number if row.message_id is None else row.message_id),
        role=role_of(row.role),
        label=(row.label or "").lower(),
    )


def _message(row: _Row) -> Message:
    return message_of(row.text or "", row.kind, row.links, row.quote or "")
