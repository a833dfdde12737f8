"""Rule files as commands read them: their faults are said on the way."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.rulefiles import load_file
from rules.files import Loaded


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
