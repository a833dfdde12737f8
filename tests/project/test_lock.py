"""The lock file: complete, with hashes, and without a trace of the machine that made it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINS = re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE)


def project() -> dict[str, Any]:
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return settings


def wanted() -> list[str]:
    table = project()["project"]
    extras = table["optional-dependencies"].values()
    return [*table["dependencies"], *(line for extra in extras for line in extra)]


def test_the_lock_names_no_host_and_no_path() -> None:
    """Whoever installs takes the packages from the registry that is set up there."""
    assert len(PINS) > 100
    assert [] == re.findall(
        r"^.*(?:://|--index|--find-links|--extra|file:| @ ).*$", LOCK, re.MULTILINE
    )
    assert [] == re.findall(r"^.*(?<![a-z0-9.])/[a-z]+/.*$", LOCK, re.MULTILINE)


def test_every_package_has_hashes() -> None:
    """A package whose bytes changed is refused."""
    for block in re.split(r"\n(?=[a-z])", LOCK)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize("requirement", wanted())
def test_what_is_wanted_is_locked_and_bounded(requirement: str) -> None:
    """Each dependency says from which version to which, and the lock has one in between."""
    found = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z]+\])?>=([0-9.]+)(?:,<[0-9.]+)?", requirement)
    assert found
    assert "<" in requirement or found[1] == "tzdata"  # a calendar of years: newer is right
    assert found[1] in dict(PINS), "run: make lock"


def test_what_builds_is_locked_too() -> None:
    """Nothing is built by tools that nobody pinned."""
    for requirement in project()["build-system"]["requires"]:
        assert requirement.partition(">")[0] in dict(PINS)
    assert {"setuptools", "uv"} <= set(dict(PINS))
