"""How this program was called, so that the commands it prints can be typed as they stand."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def called() -> str:
    """`qunguan` where the shell finds it by that name, else the way to it from here."""
    path = Path(sys.argv[0])
    found = shutil.which(path.name)
    if not path.parent.name or (found is not None and Path(found).samefile(path)):
        return path.name
    return os.path.relpath(path)
