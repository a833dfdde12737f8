"""What can go wrong with a database, each in one sentence that says what to do.

Drivers quote rows in their messages, and rows hold what members wrote: nothing of that is passed
on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

RESTORE = "restore a backup with `qunguan restore`"
USE_PG_DUMP = "PostgreSQL has its own tools for this: use pg_dump and pg_restore"


class StorageError(Exception):
    """The database cannot do what was asked; the message is one sentence that says what to do."""


class HomeLockedError(StorageError):
    """Another process is using the home folder, or writing the database."""


class NewerSchemaError(StorageError):
    """The database was written by a newer Qunguan than this one."""


class RepeatedError(StorageError):
    """A batch holds an event or an action that is in the database already; nothing was written."""


_FULL = "the disk of {place} is full: free some space and start again; nothing is lost"
_READ_ONLY = "{place} is read-only: let the user who runs Qunguan write this file and its folder"
_BUSY = "{place} is locked by another program: close it and start again"
_CORRUPT = "{place} is damaged: keep a copy of it and " + RESTORE
_UNREACHABLE = (
    "cannot reach the database server at {place}: "
    "check that it runs and that QUNGUAN_DATABASE_URL is right"
)
_REPEATED = (
    "{place} already holds an event or an action of this batch, or another program writes it too: "
    "make sure that only one Qunguan uses it and start again"
)

# Longest first among equal beginnings. https://www.sqlite.org/rescode.html
_OF_SQLITE = {
    "SQLITE_CONSTRAINT": _REPEATED,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_NOTADB": (
        "{place} is not a database: move this file away, or name another in QUNGUAN_DATABASE_URL"
    ),
    "SQLITE_CORRUPT": _CORRUPT,
    "SQLITE_CANTOPEN": (
        "cannot open {place}: check that its folder exists and that you may write there"
    ),
    "SQLITE_IOERR": "the disk of {place} does not answer: check it and start again",
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_OF_POSTGRES = {
    "23505": _REPEATED,
    "23503": _REPEATED,
    "53100": _FULL,
    "53": "the database server at {place} has no room for one more connection: close some",
    "25006": _READ_ONLY,
    "42501": "{place} does not let this user create or write tables: grant it that right",
    "55P03": _BUSY,
    "57014": _BUSY,
    "28": "{place} refuses this user or password: correct QUNGUAN_DATABASE_URL",
    "3D000": "{place} does not exist: create it with createdb, or correct QUNGUAN_DATABASE_URL",
    "57P": _UNREACHABLE,
    "08": _UNREACHABLE,
    "XX001": _CORRUPT,
}


def in_plain_words(error: Exception, place: str) -> StorageError:
    """The sentence for an exception of a database driver, SQLAlchemy or the file system."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    sentence = _sentence(cause)
    if sentence is _REPEATED:
        return RepeatedError(sentence.format(place=place))
    return StorageError(sentence.format(place=place))


@contextmanager
def plain_words(place: str) -> Iterator[None]:
    """Turn what drivers raise into a StorageError about `place`, a path or an address."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error, OSError) as error:
        raise in_plain_words(error, place) from None


def _sentence(cause: BaseException) -> str:
    if isinstance(cause, OSError):
        return f"{{place}}: {cause.strerror}: check that it exists and that you may write there"
    if isinstance(cause, psycopg.Error):
        code = cause.sqlstate or "08"
        table = _OF_POSTGRES
    else:
        code = str(getattr(cause, "sqlite_errorname", ""))
        table = _OF_SQLITE
    for beginning, sentence in table.items():
        if code.startswith(beginning):
            return sentence
    return f"{{place}} failed ({type(cause).__name__} {code}): look at its own log and start again"
