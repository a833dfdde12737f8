"""Every benchmark, one after the other, each in a process of its own: `make bench`.

    python -m benchmarks [NAME…]

A name is that of a module without `bench_`; without names, all of them run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run them; gives 1 if one failed."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    wanted = [f"bench_{name}" for name in names] or found
    if unknown := [name for name in wanted if name not in found]:
        print(f"there is no {', '.join(unknown)}; there are {', '.join(found)}", file=sys.stderr)
        return 1
    runs = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]) for name in wanted]  # noqa: PLW1510, S603 - the others run on
    return int(any(run.returncode for run in runs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
