"""Streams of one JSON object a line: what is read, what is counted as a fault, in which order."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.history import jsonl
from bot.history.records import HistoryError, What
from rules.message import Kind, Role
from tests.bot.history.histories import file_of, line, read


def test_a_line_becomes_a_record(tmp_path: Path) -> None:
    """Every documented field of a line arrives in its record, in the right unit."""
    path = file_of(
        tmp_path,
        line(0, "看 https://a.example/x", role="owner", kind="image", label="SPAM", message_id=77),
    )
    (record,), reader = read(path)
    assert record.at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert record.ts == "2026-03-02T08:00:00Z"
    assert (record.group, record.user, record.name) == ("g1", "wang", "Wang")
    assert (record.role, record.label, record.message_id) == (Role.OWNER, "spam", "77")
    assert (record.number, record.what) == (1, What.MESSAGE)
    assert record.message.kind is Kind.IMAGE
    assert [link.host for link in record.message.links] == ["a.example"]
    assert reader.faults.count == 0


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ts": 1772438400}, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        ({"ts": "2026-03-02T08:00:00"}, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        ({"ts": "2026-03-02 16:00:00+08:00"}, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
    ],
)
def test_times_may_be_written_in_several_ways(
    tmp_path: Path, fields: dict[str, object], expected: datetime
) -> None:
    """Seconds, ISO without offset (UTC) and with one mean the same moment."""
    path = file_of(tmp_path, json.dumps({"user": "a", "text": "x"} | fields))
    (record,), _ = read(path)
    assert record.at == expected


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "no JSON object"),
        ("[1]", "Expected `object`"),
        ('{"user": "a", "text": "secret"}', "missing required field `ts`"),
        ('{"ts": "soon", "user": "a", "text": "secret"}', "`ts` must be a time"),
        ('{"ts": 1e300, "user": "a", "text": "secret"}', "`ts` must be a time"),
        ('{"ts": -1, "user": "a", "text": "secret"}', "from 1970 to 2199"),
        ('{"ts": 1767261600000, "user": "a", "text": "secret"}', "from 1970 to 2199"),
        ('{"ts": "9999-12-31T23:59:59Z", "user": "a", "text": "secret"}', "from 1970 to 2199"),
        ('{"ts": "0001-01-01T00:00:00+14:00", "user": "a", "text": "x"}', "from 1970 to 2199"),
        ('{"ts": 1, "text": "secret"}', "`user` is missing"),
        ('{"ts": 1, "user": "a"}', "`text` is missing"),
        ('{"ts": 1, "user": "a", "text": 7}', "Expected `str | null`"),
        ('{"ts": 1, "user": "a", "text": "secret", "event": "party"}', "`event` must be"),
        ('{"ts": 1, "user": "a", "text": "secret", "role": "king"}', "`role` must be one of"),
        ('{"ts": 1, "user": "a", "text": "secret", "links": [1]}', "`links` must be"),
        ('{"ts": 1, "links": ' + "[" * 100_000, "no JSON object"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, bad: str, reason: str) -> None:
    """A line that is no record is counted with its number and reason, never with its text."""
    path = file_of(tmp_path, line(0, "one"), bad, "", line(1, "two"))
    records, reader = read(path)
    assert [one.message.text for one in records] == ["one", "two"]
    assert reader.faults.count == 1
    (fault,) = reader.faults.first
    assert fault.where == "line 2"
    assert reason in fault.reason
    assert "secret" not in str(fault)


def test_a_line_that_is_no_utf8_is_a_fault(tmp_path: Path) -> None:
    """Damaged bytes cost one line, not the history."""
    path = tmp_path / "chat.jsonl"
    bad = line(1, "MARK").encode().replace(b"MARK", b"\xff\xfe")
    path.write_bytes(b"\n".join([line(0, "one").encode(), bad, line(2, "two").encode()]))
    records, reader = read(path)
    assert (2, 1) == (len(records), reader.faults.count)


def test_a_line_too_long_is_a_fault(tmp_path: Path) -> None:
    """A line of many megabytes is passed over without being kept."""
    path = file_of(tmp_path, line(0, "one"), line(1, "x" * 3_000_000), line(2, "two"))
    records, reader = read(path)
    assert [one.number for one in records] == [1, 3]
    assert [str(one) for one in reader.faults.first] == ["line 2: longer than 1 MB"]


def test_a_last_line_too_long_is_a_fault(tmp_path: Path) -> None:
    """Also a line without an end has its limit."""
    path = tmp_path / "chat.jsonl"
    path.write_text(line(0, "one") + "\n" + "x" * 3_000_000)
    records, reader = read(path)
    assert (1, 1) == (len(records), reader.faults.count)


def test_only_the_first_faults_are_kept(tmp_path: Path) -> None:
    """Faults are all counted, but only a screenful is kept."""
    path = file_of(tmp_path, line(0, "one"), *["{"] * 50)
    _, reader = read(path)
    assert (50, 20) == (reader.faults.count, len(reader.faults.first))


def test_joins_and_leaves_need_no_text(tmp_path: Path) -> None:
    """A join or leave is a record of its own kind."""
    path = file_of(tmp_path, line(0, "", event="join"), line(1, "", event="leave"), line(2, "x"))
    records, _ = read(path)
    assert [one.what for one in records] == [What.JOIN, What.LEAVE, What.MESSAGE]


def test_a_packed_stream_reads_the_same(tmp_path: Path) -> None:
    """Whether a stream is gzip is told by its bytes, whatever its name."""
    path = tmp_path / "chat.txt"
    path.write_bytes(gzip.compress("\ufeff".encode() + line(0, "one").encode()))
    records, _ = read(path)
    assert ["one"] == [one.message.text for one in records]


def test_lines_out_of_order_are_sorted(tmp_path: Path) -> None:
    """Within reach, records come in order of time, equal times in order of the file."""
    path = file_of(tmp_path, line(5, "c"), line(0, "a"), line(5, "d"), line(1, "b"))
    records, reader = read(path)
    assert ["a", "b", "c", "d"] == [one.message.text for one in records]
    assert reader.notes == []


def test_lines_too_far_out_of_order_are_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be sorted within bounded memory keeps its place, and the reader says so."""
    monkeypatch.setattr(jsonl, "IN_ORDER", 2)
    path = file_of(tmp_path, *(line(minute, str(minute)) for minute in (3, 4, 5, 6, 0)))
    records, reader = read(path)
    assert 5 == len(records)
    assert "1 lines stand more than 2 lines" in reader.notes[0]


@pytest.mark.parametrize("rows", [3, 500])
def test_a_stream_without_any_message_says_what_is_expected(tmp_path: Path, rows: int) -> None:
    """JSONL of something else ends in one sentence with its first fault."""
    path = file_of(tmp_path, *['{"foo": 1}'] * rows)
    with pytest.raises(HistoryError, match=r"holds no message \(line 1: .*expected one JSON"):
        read(path)
