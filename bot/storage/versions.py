"""Versions of rule files: what each said when it came into force, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select

from bot.storage.errors import RESTORE, StorageError
from bot.storage.tables import from_micros, rule_sources, rule_versions, to_micros

_parts: msgspec.json.Decoder[dict[str, str]] = msgspec.json.Decoder(dict[str, str])


class Version(Struct, frozen=True, kw_only=True):
    """A rule file as it came into force at `at`. `digest`: of its rules, 16 hex digits.

    `also`: the digests of its exceptions for single groups. `parts`: the sha256 of each file that
    it consists of, by its name in the home; the first is the rule file itself.
    """

    at: datetime
    file: str
    digest: str
    also: tuple[str, ...] = ()
    parts: Mapping[str, str] = {}


def sha256_of(body: bytes) -> str:
    """The name of a text by what it says."""
    return sha256(body).hexdigest()


def add(connection: Connection, version: Version, bodies: Mapping[str, bytes]) -> bool:
    """Keep a version unless it is the file's latest; gives whether it was new.

    `bodies`: the texts of its parts by name; a part without a text is known by its sha256 alone.
    """
    latest = next((one for one in reversed(read(connection)) if one.file == version.file), None)
    if latest is not None and (latest.digest, latest.parts) == (version.digest, version.parts):
        return False
    for name, body in bodies.items():
        if source(connection, version.parts[name]) is None:
            values = {"sha256": version.parts[name], "body": body}
            connection.execute(insert(rule_sources), values)
    seq = connection.execute(select(rule_versions.c.seq).order_by(rule_versions.c.seq.desc()))
    connection.execute(
        insert(rule_versions),
        {
            "seq": (seq.scalar() or 0) + 1,
            "at": to_micros(version.at),
            "file": version.file,
            "digest": version.digest,
            "also": " ".join(version.also),
            "parts": msgspec.json.encode(version.parts).decode(),
        },
    )
    return True


def read(connection: Connection) -> list[Version]:
    """All versions, oldest first."""
    rows = connection.execute(select(rule_versions).order_by(rule_versions.c.seq))
    return [
        Version(
            at=from_micros(row.at),
            file=row.file,
            digest=row.digest,
            also=tuple(row.also.split()),
            parts=_parts.decode(row.parts),
        )
        for row in rows
    ]


def source(connection: Connection, name: str) -> bytes | None:
    """The text of that sha256, None if none is kept; StorageError if it is not what it was."""
    query = select(rule_sources.c.body).where(rule_sources.c.sha256 == name)
    body = connection.execute(query).scalar_one_or_none()
    if body is not None and sha256_of(body) != name:
        raise StorageError(f"a kept rule file is damaged (sha256 {name[:12]}…): {RESTORE}")
    return body
