"""Files of switches for tests: the first file, and what a file was read to."""

from __future__ import annotations

from pathlib import Path

from rules.files.faults import Fault
from rules.files.switches import read_switches
from rules.files.switches.document import document
from rules.files.switches.write import inline

FIRST_FOLDER = Path(__file__).parents[1] / "examples" / "first"
FIRST = (FIRST_FOLDER / "chuangfu.群规.yaml").read_text("utf-8")


def with_line(number: int, line: str, text: str = FIRST) -> str:
    """The first file with one of its lines written otherwise."""
    lines = text.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


def meant(text: str | bytes) -> dict[str, str]:
    """What every switch of a file was read to, written cleanly in Chinese."""
    found = document(text)
    settings = found.settings if found is not None else {}
    return {key: inline(one.value, "zh") or str(one.value) for key, one in settings.items()}


RULED = frozenset(
    ("ads", "fraud", "gambling", "porn", "flood", "begging", "links", "newcomers", "cards", "voice")
)
"""Categories that shipped rules have."""


def faults(text: str | bytes) -> list[Fault]:
    """What is told of a file's lines, whatever the packs are."""
    switches = read_switches(text, file="群规.yaml")
    return switches.faults(RULED) if switches is not None else []


def told(text: str | bytes) -> list[str]:
    """What is told of a file: the level and the sentence."""
    return [f"{fault.level}: {fault.message}" for fault in faults(text)]


def new(text: str | bytes) -> list[str]:
    """What is told of a file, and is not told of the first file."""
    known = set(told(FIRST))
    return [one for one in told(text) if one not in known]
