"""The container files, read and checked: no container engine takes part in the tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BOTS = ("bot", "bot-postgres")


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """The instructions of the Dockerfile, stage by stage."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    words = [line.split(maxsplit=1) for line in text.splitlines() if line and line[0] != "#"]
    found: list[list[tuple[str, str]]] = []
    for name, rest in words:
        if name == "FROM":
            found.append([])
        found[-1].append((name, " ".join(rest.split())))
    return found


def test_pages_are_published_on_this_machine_only(compose: Any) -> None:
    """Whatever is published is published on loopback; the database is not published at all."""
    published = [port for one in compose["services"].values() for port in one.get("ports", [])]
    assert ["127.0.0.1:8470:8470"] * 2 == published
    for name in BOTS:
        assert "0.0.0.0" == compose["services"][name]["environment"]["QUNGUAN_WEB_HOST"]  # noqa: S104


def test_only_the_bot_with_sqlite_starts_by_itself(compose: Any) -> None:
    """Without a profile one service starts; PostgreSQL and its bot have the profile `postgres`."""
    profiles = {name: one.get("profiles") for name, one in compose["services"].items()}
    assert profiles == {"bot": None, "bot-postgres": ["postgres"], "postgres": ["postgres"]}


def test_the_database_is_healthy_before_its_bot_starts(compose: Any) -> None:
    """The bot with PostgreSQL waits until the database answers."""
    services = compose["services"]
    assert "pg_isready" in services["postgres"]["healthcheck"]["test"][1]
    waits = services["bot-postgres"]["depends_on"]
    assert waits == {"postgres": {"condition": "service_healthy"}}
    assert "@postgres:" in services["bot-postgres"]["environment"]["QUNGUAN_DATABASE_URL"]


def test_what_must_last_is_in_volumes(compose: Any, stages: list[list[tuple[str, str]]]) -> None:
    """The home folder and the database are in named volumes; nothing else can be written."""
    home = dict(entry.split(":") for entry in compose["services"]["bot"]["volumes"])["home"]
    assert ("VOLUME", home) in stages[-1]
    for name in BOTS:
        assert home == compose["services"][name]["environment"]["QUNGUAN_HOME"]
        assert compose["services"][name]["read_only"]
    assert {"home", "postgres"} == set(compose["volumes"])


def test_no_secret_is_written_here(compose: Any) -> None:
    """Secrets come from `.env`, which neither git nor the image takes in."""
    services = compose["services"]
    assert "${POSTGRES_PASSWORD:-}" == services["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert ":${POSTGRES_PASSWORD:-}@" in str(services["bot-postgres"]["environment"])
    assert ".env" == services["bot"]["env_file"][0]["path"]
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" == ignored[0]
    assert not [line for line in ignored if "env" in line]


def test_the_image_runs_as_nobody_special(stages: list[list[tuple[str, str]]]) -> None:
    """The bot's process is not root, and what it starts with comes after the change of user."""
    names = [name for name, _ in stages[-1]]
    assert 1 == names.count("USER")
    assert ("USER", "qunguan") in stages[-1]
    assert names.index("USER") < names.index("ENTRYPOINT") < names.index("CMD")
    assert "RUN" not in names[names.index("USER") :]


def test_the_image_says_whether_it_is_well(stages: list[list[tuple[str, str]]]) -> None:
    """The health check asks the bot's own page, inside the container, with Python alone."""
    check = dict(stages[-1])["HEALTHCHECK"]
    assert "http://127.0.0.1:8470/livez" in check
    command = re.search(r'CMD \["python", "-c", "(.*)"\]$', check)
    assert command
    compile(command[1], "HEALTHCHECK", "exec")
    assert ("EXPOSE", "8470") in stages[-1]


def test_the_image_is_built_from_the_lock(stages: list[list[tuple[str, str]]]) -> None:
    """Every package of the image has the version and the hash of requirements.lock."""
    installs = [part for name, part in stages[0] if name == "RUN" and "install" in part]
    assert len(installs) > 2
    for part in installs:
        assert "--require-hashes" in part or "--no-deps" in part
    assert all(rest.startswith("python:3.13-slim") for (_, rest), *_ in stages)


def test_everything_that_is_copied_is_in_the_context() -> None:
    """What the image is built from exists, so that a build does not stop at its first line."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    let_in = [line[1:].rstrip("/") for line in ignored if line.startswith("!")]
    assert len(let_in) > 5
    assert [] == [name for name in let_in if not (ROOT / name).exists()]
