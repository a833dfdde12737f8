"""Settings of one running bot: `QUNGUAN_*` of the environment, over those of a `.env` file.

What is allowed in a group is in its rule file, not here.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic.config import JsonDict

from bot.environment import Given, from_environment, from_file

PREFIX = "QUNGUAN_"
Language = Literal["zh", "en"]

_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as in POSIX
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(?:[0-9]{1,5}[smhd]){1,4}")
_PART = re.compile(r"([0-9]+)([smhd])")
_SERVER = re.compile(r"(?:[^:/?@]*(?::[^:/?@]*)?@)?(?P<place>[^?@]+)(?:\?[^@]*)?")
_SCHEMES = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class SettingsError(Exception):
    """Wrong settings; `faults` has one sentence for each: name, expected, found, what to do."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        """Keep the sentences; the text of the error has one of them on each line."""
        super().__init__("\n".join(faults))
        self.faults = faults


def _span(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not _SPAN.fullmatch(value):
        raise ValueError("no span of time")
    parts = _PART.findall(value)
    return sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in parts), timedelta(0))


def _known_database(value: SecretStr) -> SecretStr:
    scheme, mark, rest = value.get_secret_value().partition("://")
    readable = rest if scheme == "sqlite" else _SERVER.fullmatch(rest)
    if not mark or scheme not in _SCHEMES or not readable:
        raise ValueError("no database we know")
    return SecretStr(f"{_SCHEMES[scheme]}://{rest}")


def _expanded(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError:
        raise ValueError("nobody of that name has a home") from None


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _expected(what: str) -> JsonDict:
    return {"expected": what}


class Settings(BaseModel):
    """What the operator of a bot may set; made by `load_settings`, frozen from then on."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    home: Annotated[Path, AfterValidator(_expanded)] = Field(
        default=Path("qunguan-home"),
        description="The folder of one community: rule files, database, backups, lock.",
        examples=["/srv/qunguan"],
        json_schema_extra=_expected("a folder"),
    )
    database_url: Annotated[SecretStr, AfterValidator(_known_database)] | None = Field(
        default=None,
        description="The database; without it, SQLite in `qunguan.db` of the home folder.",
        examples=["postgresql://user:password@host/qunguan"],
        json_schema_extra=_expected(
            "a URL that begins with sqlite:/// or postgresql:// and has @ : / ? of a password "
            "written as %40 %3A %2F %3F"
        ),
    )
    web_host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="The address on which the pages are served; 127.0.0.1 is this machine only.",
        examples=["127.0.0.1"],
        json_schema_extra=_expected("an address of this machine"),
    )
    web_port: int = Field(
        default=8470,
        ge=0,
        le=65535,
        description="The port on which the pages are served; 0 takes a free one.",
        examples=["8470"],
        json_schema_extra=_expected("a whole number from 0 to 65535"),
    )
    language: Annotated[Literal["auto", "zh", "en"], BeforeValidator(_lower)] = Field(
        default="auto",
        description="The language of pages and of the command line; `auto` follows the system's.",
        examples=["zh"],
        json_schema_extra=_expected("auto, zh or en"),
    )
    retention: Annotated[timedelta, BeforeValidator(_span)] = Field(
        default=timedelta(days=30),
        gt=timedelta(0),
        le=timedelta(days=3650),
        description="How long message texts are kept; then they are removed from the database.",
        examples=["30d"],
        json_schema_extra=_expected(
            "a span of time such as 30d, 12h or 1d12h, above zero and up to 3650d"
        ),
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = (
        Field(
            default="info",
            description="The least grave kind of line that is logged.",
            examples=["info"],
            json_schema_extra=_expected("debug, info, warning or error"),
        )
    )
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = Field(
        default="console",
        description="Lines for people, or one JSON object on each line.",
        examples=["json"],
        json_schema_extra=_expected("console or json"),
    )
    open_browser: bool = Field(
        default=True,
        description="Whether `qunguan run` opens the room in the browser; only from a terminal.",
        examples=["no"],
        json_schema_extra=_expected("yes or no"),
    )
    _locale: str = PrivateAttr(default="")

    @property
    def speaks(self) -> Language:
        """The language of pages and of the command line, with `auto` settled by the system's."""
        if self.language == "auto":
            return "zh" if self._locale.lower().startswith("zh") else "en"
        return self.language

    @property
    def database(self) -> str:
        """The URL of the database to open; it may hold a password, so show `safe_database_url`."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.home.absolute() / 'qunguan.db').as_posix()}"

    @property
    def safe_database_url(self) -> str:
        """The URL of the database for people and logs: no user, no password, no options."""
        scheme, _, rest = self.database.partition("://")
        server = None if scheme == "sqlite" else _SERVER.fullmatch(rest)
        return f"{scheme}://{server['place'] if server else rest.partition('?')[0]}"


def load_settings(env: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Read the settings; wrong ones raise SettingsError with a sentence for each.

    Without arguments: the environment of this process, over `.env` in the working directory.
    With `env`, only what is given counts.
    """
    if env is None:
        env, env_file = os.environ, env_file or Path(".env")
    written, faults = from_file(env_file) if env_file else ({}, ())
    given = written | from_environment(env)
    faults += tuple(_near_misses(given))
    settings = Settings()
    try:
        settings = Settings.model_validate(_values(given))
    except ValidationError as error:
        faults += tuple(_sentences(error, given))
    if faults:
        raise SettingsError(faults)
    settings._locale = next(filter(None, map(env.get, _LOCALES)), "")  # noqa: SLF001
    return settings


def variable(field: str) -> str:
    """Give the name of the environment variable of a field of Settings."""
    return PREFIX + field.upper()


def _values(given: Mapping[str, Given]) -> dict[str, str]:
    fields = ((field, given.get(variable(field))) for field in Settings.model_fields)
    return {field: found.value.strip() for field, found in fields if found is not None}


def _near_misses(given: Mapping[str, Given]) -> Iterator[str]:
    """Yield a sentence for each name that is almost one of ours; others are let be."""
    known = {variable(field) for field in Settings.model_fields}
    for name in sorted(name for name in given if name.upper().startswith(PREFIX)):
        near = difflib.get_close_matches(
            name.upper().removeprefix(PREFIX), [k.removeprefix(PREFIX) for k in known], 1, 0.75
        )
        if name not in known and near:
            yield (
                f"{name} (from {given[name].place}) is not a setting: "
                f"did you mean {PREFIX}{near[0]}? Rename it, or remove it."
            )


def _sentences(error: ValidationError, given: Mapping[str, Given]) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        field = str(fault["loc"][0])
        name = variable(field)
        info = Settings.model_fields[field]
        extra = info.json_schema_extra
        expected = extra["expected"] if isinstance(extra, dict) else ""
        found = _shown(field, given[name].value)
        yield (
            f"{name} must be {expected}, but {given[name].place} has {found}: "
            f"write for example {name}={(info.examples or [''])[0]}, or remove it."
        )


def _shown(field: str, value: str) -> str:
    """Show a value that was found; of one that may hold a password only what comes before it."""
    if field != "database_url":
        line = " ".join(value.split())
        return f'"{line[:40]}…"' if len(line) > 40 else f'"{line}"'
    scheme = urlsplit(value).scheme if "://" in value else ""
    return f'one that begins with "{scheme}://"' if scheme else "one without a scheme"
