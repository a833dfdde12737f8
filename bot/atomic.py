"""Files written whole: what was there stays until all of the new text is on the disk."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when the block ends well; else nothing has changed.

    Of a link, what it points to is replaced. A pipe or a device is written as it comes. OSError if
    it cannot be written, also where `path` is there and may not be.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    partial = target.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _be_like(partial, target)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def replace(path: Path, body: bytes) -> None:
    """Write a whole file; OSError, and what was there is there still, if that cannot be done."""
    with replacing(path) as file:
        file.write(body)


def _be_like(partial: Path, target: Path) -> None:
    """Give the new file the rights of the old one, and its owner where this user may."""
    if target.exists():
        shutil.copymode(target, partial)
        with suppress(PermissionError):
            shutil.chown(partial, target.stat().st_uid, target.stat().st_gid)
