"""All that `qunguan check tests/faults/*.yaml` says, as it was written down.

`make faults` writes it again, when a sentence is changed on purpose: read the difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from bot.cli import app

FOLDER: Final = Path(__file__).parent
ROOT: Final = FOLDER.parent.parent
EXPECTED: Final = FOLDER / "expected.txt"


def files() -> list[str]:
    """The faulty files, as people name them from the root of the project."""
    return [path.relative_to(ROOT).as_posix() for path in sorted(FOLDER.glob("*.yaml"))]


def said(*options: str) -> tuple[int, str]:
    """The exit code, and what is said of all the files; the working directory is the root."""
    result = CliRunner().invoke(app, ["check", *options, *files()])
    return result.exit_code, result.stdout


if __name__ == "__main__":
    EXPECTED.write_text(said()[1], encoding="utf-8")
