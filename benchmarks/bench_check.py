"""Time `qunguan check` on lists of 200,000 words; one line of JSON for each form of them.

python -m benchmarks.bench_check
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from adapters.simulator.room import ALIKE
from bot.rulefiles import load_file
from rules.check import analysed

WORDS: Final = [f"词语{n}号" for n in range(200_000)]
DASHED: Final = "".join(f"    - {one}\n" for one in WORDS)
RULES: Final = "rules: [{ id: a, title: A, when: { words: { list: long } }, then: { say: hi } }]\n"
FORMS: Final = {
    "full form": f"pack: p\nlists:\n  long:\n{DASHED}{RULES}",
    "text file": f"pack: p\nlists: {{ long: {{ file: long.txt }} }}\n{RULES}",
    "switches": f"群: 大群\n负责人: 小李\n不许说: {'、'.join(WORDS)}\n",
}


def main() -> None:
    """Check each form once, in a folder of its own."""
    for form, text in FORMS.items():
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.yaml"
            path.write_text(text, encoding="utf-8")
            path.with_name("long.txt").write_text("\n".join(WORDS), encoding="utf-8")
            start = time.process_time()
            analysed(load_file(path), ALIKE)
            took = round(time.process_time() - start, 2)
            print(json.dumps({"measure": f"check 200,000 words, {form}", "s": took}))


if __name__ == "__main__":
    main()
