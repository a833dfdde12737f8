"""Which file is which history, and what is said of files that are none."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot.history.jsonl import JsonLines
from bot.history.reading import reader_of
from bot.history.records import HistoryError
from bot.history.source import opened
from bot.history.telegram import TelegramExport
from tests.bot.history.exports import chat, everything, said, written
from tests.bot.history.histories import line, read


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (line(0, "x").encode(), JsonLines),
        (b"{broken\n" + line(0, "x").encode(), JsonLines),
        (b"# comment\n" + line(0, "x").encode(), JsonLines),
        (b"\xef\xbb\xbf" + line(0, "x").encode(), JsonLines),
        (written(chat([said(1, "x")])), TelegramExport),
        (written(everything(chat([said(1, "x")]))), TelegramExport),
        (b'{"personal_information": {}, "contacts": ' + b"[" * 70_000, TelegramExport),
    ],
)
def test_formats_are_told_by_their_beginning(
    tmp_path: Path, content: bytes, expected: type
) -> None:
    """Names and endings have no say."""
    path = tmp_path / "history"
    path.write_bytes(content)
    with opened(path) as source:
        assert expected is type(reader_of(source))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"\x00\x01binary", "is no text in UTF-8"),
        (b"\xff\xfe{\x00}\x00", "is no text in UTF-8"),
        (bytes(range(128, 256)) * 20, "is no text in UTF-8"),
        (b"PK\x03\x04....", "is a zip archive"),
        (b"<!DOCTYPE html><html>", "Machine-readable JSON"),
        (b"[1, 2]", "one JSON array"),
        (b"hello there", "no chat history that is known here"),
        (b'{"a": 1', "no chat history that is known here"),
        (b"{}", "no chat history that is known here"),
        (gzip.compress(line(0, "x").encode() * 500, mtime=0)[:-40], "breaks off"),
        (b"\x1f\x8bnot really", "damaged gzip"),
        (gzip.compress(b"x" * 100, mtime=0)[:12] + b"\xff" * 60, "damaged gzip|breaks off"),
    ],
)
def test_what_is_no_history_is_said_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    """Each wrong file has its own sentence, which says what to do."""
    path = tmp_path / "history"
    path.write_bytes(content)
    with pytest.raises(HistoryError, match=sentence) as error:
        read(path)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    """A missing file, a folder, and the folder of an export each get a sentence that helps."""
    with pytest.raises(HistoryError, match="does not exist"):
        read(tmp_path / "missing.json")
    with pytest.raises(HistoryError, match="is a folder, expected a file: give a file"):
        read(tmp_path)
    (tmp_path / "result.json").write_bytes(written(chat([said(1, "x")])))
    with pytest.raises(HistoryError, match=r"give the file in it: .*result\.json"):
        read(tmp_path)


def test_a_long_packed_file_that_breaks_off_late(tmp_path: Path) -> None:
    """A break behind the first pieces is found while reading."""
    lines = "\n".join(line(0, f"{n} {n * n} {n**5}") for n in range(20_000))
    path = tmp_path / "chat.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    with pytest.raises(HistoryError, match="breaks off"):
        read(path)


def test_progress_is_known(tmp_path: Path) -> None:
    """How much has been read goes from a little to all."""
    path = tmp_path / "chat.jsonl"
    path.write_text("\n".join(line(0, "x" * 100) for _ in range(5000)))
    with opened(path) as source:
        shares = [source.share for _ in source.chunks()]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert 1.0 == shares[-1]
