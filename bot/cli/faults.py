"""Rule files as commands read them: their faults are said on the way."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.operators import CommandError
from bot.rulefiles import load_file, rule_files
from rules.files import Loaded


def rule_files_of(paths: Sequence[Path]) -> list[Path]:
    """The files, and in the place of a folder its rule files; CommandError if it has none."""
    return [one for path in paths for one in (_inside(path) if path.is_dir() else [path])]


def _inside(folder: Path) -> list[Path]:
    found = rule_files(folder)
    if not found:
        raise CommandError(
            f"{folder} has no rule file: name a folder with files that end in .yaml, or make a "
            "first one with `qunguan init`"
        )
    return found


def loaded_or_said(path: Path) -> Loaded | None:
    """Load a file and print its faults; None if it cannot be read at all."""
    try:
        loaded = load_file(path, name=str(path))
    except OSError as error:
        sys.stderr.write(f"qunguan: cannot read {path}: {error.strerror}\n")
        return None
    for fault in loaded.faults:
        sys.stderr.write(f"{fault.render(str(path))}\n")
    return loaded
