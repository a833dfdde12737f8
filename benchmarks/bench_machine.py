"""Time what every Python does alike, so that the other measures can be compared; one line of JSON.

    python -m benchmarks.bench_machine

Ten million empty loops take 0.2 to 0.4 s of CPU on a machine of today that has nothing else to do.
"""

from __future__ import annotations

import json
from time import process_time

LOOPS = 10_000_000


def main() -> None:
    """Print the measure."""
    begun = process_time()
    for _ in range(LOOPS):
        pass
    print(json.dumps({"measure": "ten million empty loops", "s": round(process_time() - begun, 2)}))


if __name__ == "__main__":
    main()
