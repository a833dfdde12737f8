"""Fail when a file or a function is too long to be read at once; print each with its place."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_AT_MOST = 300  # lines
FUNCTION_AT_MOST = 40  # lines, from `def` to the last one
FOLDERS = ("adapters", "benchmarks", "bot", "migrations", "rules", "scripts", "tests")
GENERATED = ("migrations/versions", "rules/tables", "tests/golden")


def faults(path: Path, text: str) -> Iterator[str]:
    """Yield a sentence for the file, and for each of its functions, that is too long."""
    lines = len(text.splitlines())
    if lines > FILE_AT_MOST:
        yield f"{path}: {lines} lines; at most {FILE_AT_MOST}: split it by subject"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_AT_MOST:
                place = f"{path}:{node.lineno}: {node.name}"
                yield f"{place} has {length} lines; at most {FUNCTION_AT_MOST}: take a step out"


def sources(root: Path) -> list[Path]:
    """Give the Python files that people write, relative to `root`."""
    found = (
        path.relative_to(root) for folder in FOLDERS for path in root.glob(f"{folder}/**/*.py")
    )
    return sorted(path for path in found if not path.as_posix().startswith(GENERATED))


def main() -> int:
    """Check the whole project; give 1 if something is too long."""
    root = Path(__file__).parents[1]
    paths = sources(root)
    found = [fault for path in paths for fault in faults(path, (root / path).read_text("utf-8"))]
    print("\n".join(found) or f"{len(paths)} files: none too long, no function either")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
