"""Where a history comes from: a file that other programs wrote, or the home of a bot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.history.journal import is_home, journal_of
from bot.history.reading import reader_of
from bot.history.records import Reader
from bot.history.source import opened


class Measured(Protocol):
    """How much there is of a history, and how much of it has been read: bytes, or entries."""

    @property
    def size(self) -> int:
        """All of it."""

    @property
    def position(self) -> int:
        """What has been read."""

    @property
    def share(self) -> float:
        """How much has been read, from 0 to 1."""


@contextmanager
def history_of(path: Path) -> Iterator[tuple[Reader, Measured]]:
    """The history of a file or of a home, until the block is left. HistoryError if it is none."""
    if is_home(path):
        with journal_of(path) as journal:
            yield journal, journal
    else:
        with opened(path) as source:
            yield reader_of(source), source


def beginning(path: Path, length: timedelta) -> datetime | None:
    """So long before the last record of a history; None if it has none. Reads all of it."""
    with history_of(path) as (reader, _):
        last = max((record.at for record in reader.records()), default=None)
    return last and last - length
