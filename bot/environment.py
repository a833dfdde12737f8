"""NAME=value pairs of the environment and of a `.env` file, each with its place.

What the names mean, and whether a value is right, is up to `bot.settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from dotenv.parser import parse_stream


class Given(NamedTuple):
    """One value as it was found, and where: `the environment` or `.env:3`."""

    value: str
    place: str


def from_environment(env: Mapping[str, str]) -> dict[str, Given]:
    """Give what is set and not empty; an empty value counts as not set."""
    return {name: Given(value, "the environment") for name, value in env.items() if value}


def from_file(path: Path) -> tuple[dict[str, Given], tuple[str, ...]]:
    """Give what `path` sets, and a sentence for each fault in it; a missing file sets nothing."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError) as error:
        found = type(error).__name__
        fault = f"{path} must be a text file in UTF-8, but reading it ended in {found}"
        return {}, (f"{fault}: mend its rights or its encoding, or remove it.",)
    given, faults = {}, []
    for binding in parse_stream(StringIO(text)):
        place = f"{path}:{binding.original.line}"
        if binding.error:
            faults.append(f"{place} must read NAME=value, but it does not: mend that line.")
        elif binding.key and binding.value:
            given[binding.key] = Given(binding.value, place)
    return given, tuple(faults)
