"""Homes for lives that are killed: in memory where there is some, as no disk is tested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.crash.forks import Nursery

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty folder."""
    place = _MEMORY if _MEMORY.is_dir() else None
    with TemporaryDirectory(dir=place, prefix="qunguan-") as made:
        yield Path(made)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """A process to fork from."""
    with Nursery() as made:
        yield made
