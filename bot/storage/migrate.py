"""Bringing a database to the schema of this program, and refusing one that is ahead of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

import bot
from bot.storage.backup import copy_sqlite
from bot.storage.database import Database
from bot.storage.errors import RESTORE, NewerSchemaError, StorageError, plain_words

MIGRATIONS = Path(bot.__file__).parents[1] / "migrations"
STAMP = "%Y%m%dT%H%M%SZ"
BACKUPS = "backups"

log = structlog.get_logger(__name__)


def migrate(
    database: Database, *, home: Path, now: Callable[[], datetime], scripts: Path = MIGRATIONS
) -> None:
    """Run the migrations that are missing, in one transaction; before them SQLite is copied.

    The copy is `home/backups/before-<schema>-<time>.db`. Raises NewerSchemaError, StorageError.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    head = _check(database, config)
    with database.writing() as connection:
        found = schema_of(connection)
    if found == head:
        return
    if found:
        _back_up(database, home / BACKUPS / f"before-{head}-{now().strftime(STAMP)}.db")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    if found:
        log.info("database migrated", place=database.place, found=found, schema=head)


def require_current(database: Database, *, scripts: Path = MIGRATIONS) -> None:
    """Raise StorageError unless the database has the schema of this program: it is only read."""
    if database.file is not None and not database.file.exists():  # SQLite would make it
        raise StorageError(
            f"there is no database {database.file}: start `qunguan run` once, or name the home of "
            "a bot that has run, by --home or QUNGUAN_HOME"
        )
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    head = _check(database, config)
    with database.reading() as connection:
        if schema_of(connection) != head:
            raise StorageError(
                f"{database.place} has not the schema of this program ({head}): "
                "start `qunguan run` once, it brings it up to date"
            )


def _check(database: Database, config: Config) -> str:
    """The newest schema this program knows, after making sure that it knows the database's."""
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    head = max(known)
    with database.reading() as connection:
        found = schema_of(connection)
        strangers = not found and inspect(connection).get_table_names()
    if found and found not in known:
        raise NewerSchemaError(
            f"this database was written by a newer Qunguan (schema {found}, "
            f"this program knows {head}): update the program or {RESTORE}"
        )
    if strangers:
        raise StorageError(
            f"{database.place} holds tables of another program: "
            "name an empty database in QUNGUAN_DATABASE_URL"
        )
    return head


def forget_backups(home: Path, before: datetime) -> None:
    """Delete the copies that were made before migrations before a time: they hold texts as well."""
    for copy in sorted((home / BACKUPS).glob("before-*-*Z.db")):
        made = copy.stem.rsplit("-", 1)[1]
        if made < before.strftime(STAMP):
            copy.unlink(missing_ok=True)
            log.info("old backup deleted", target=str(copy))


def schema_of(connection: Connection) -> str:
    """The schema of a database, "" if it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _back_up(database: Database, target: Path) -> None:
    if database.file is None:
        log.warning("migrating without a backup: with PostgreSQL, pg_dump is up to the operator")
        return
    with plain_words(str(target)):
        target.parent.mkdir(exist_ok=True)
    copy_sqlite(database.file, target)
    log.info("database backed up before its migration", target=str(target))
