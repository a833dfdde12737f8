"""A history's file as bytes: opened, unpacked if it is gzip, and never trusted."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from bot.history.records import HistoryError

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
HEAD = 65_536  # bytes that are looked at to tell formats apart


class Source:
    """An open file. `size` and `position` are bytes on disk, packed ones too: for progress."""

    def __init__(self, path: Path, raw: BufferedReader) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._raw = raw
        is_packed = raw.peek(2)[:2] == GZIP
        self._file = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if is_packed else raw
        self._head = self._read(HEAD)

    @property
    def head(self) -> bytes:
        """The first bytes of the text."""
        return self._head

    @property
    def position(self) -> int:
        """How many bytes on disk have been read; 0 for what is no file, such as a pipe."""
        try:
            return min(self._raw.tell(), self.size)
        except OSError:
            return 0

    @property
    def share(self) -> float:
        """How much has been read, from 0 to 1."""
        return self.position / self.size if self.size else 0.0

    def chunks(self, size: int = HEAD) -> Iterator[bytes]:
        """The whole text from its beginning, in pieces."""
        yield self._head
        while piece := self._read(size):
            yield piece

    def _read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except EOFError:
            text = f"{self.path} is a gzip file that breaks off: fetch or pack it again."
            raise HistoryError(text) from None
        except (zlib.error, gzip.BadGzipFile):
            text = f"{self.path} is a damaged gzip file: fetch or pack it again."
            raise HistoryError(text) from None
        except OSError as error:
            raise HistoryError(f"{self.path} cannot be read ({error.strerror}).") from None


@contextmanager
def opened(path: Path, *, may_be_empty: bool = False) -> Iterator[Source]:
    """The file, until the block is left. HistoryError says why a path cannot be a history."""
    if path.is_dir():
        inside = path / "result.json"
        hint = f"give the file in it: {inside}" if inside.exists() else "give a file"
        hint += ", or the home folder of a bot that has run"
        raise HistoryError(f"{path} is a folder, expected a file: {hint}.")
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        raise HistoryError(f"{path} does not exist: look at its name and folder.") from None
    except OSError as error:
        raise HistoryError(f"{path} cannot be read ({error.strerror}).") from None
    with raw:
        source = Source(path, raw)
        _looked_at(source, may_be_empty)
        yield source


def _looked_at(source: Source, may_be_empty: bool) -> None:
    head = source.head
    if not head.strip():
        if may_be_empty:
            return
        raise HistoryError(f"{source.path} is empty: there is nothing to read.")
    if head.startswith(ZIP):
        raise HistoryError(f"{source.path} is a zip archive: unpack it and give result.json.")
    if b"\0" in head or not _is_text(head):
        raise HistoryError(f"{source.path} is no text in UTF-8: expected JSON, one object a line.")


def _is_text(head: bytes) -> bool:
    """Whether most of it is UTF-8: single damaged lines are faults of their own, found later."""
    plain = head.decode("utf-8", "replace")
    return plain.count("\ufffd") * 20 <= len(plain)
