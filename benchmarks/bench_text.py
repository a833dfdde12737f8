"""Time folding, spans and footprints on lines of a history; one line of JSON for each measure.

    python -m benchmarks.bench_text [HISTORY.jsonl[.gz]]

Without a history it measures on a few made-up lines.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import timeit
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from rules.footprint import footprint, keys, similarity
from rules.text import Folded, at_word_boundary, fold, has_cjk

T = TypeVar("T")

MADE_UP = [
    "今天晚上八点老地方见，记得带上孩子的作业，别忘了！",
    "加V：zky99，日赚300元，名额有限，先到先得哦~~",
    "這個週末我們一起去爬山吧，天氣預報說會放晴，OK？",
    "收到，谢谢老师😀，明天我让他早点到学校，辛苦了。",
]
LOAD = "import time, {before}; t = time.perf_counter(); import rules.text; {after}"
PRINT = "print(time.perf_counter() - t)"


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            if text := json.loads(line).get("text"):
                yield text


def _samples(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Give texts of exactly 25 and of exactly 200 characters."""
    texts = list(_texts(Path(arguments[0])))[:20_000] if arguments else MADE_UP
    short = [text for text in texts if len(text) == 25][:50] or [text[:25] for text in MADE_UP]
    joined = "".join(texts) * (10_000 // len("".join(texts)) + 1)
    return short, [joined[at : at + 200] for at in range(0, 10_000, 200)]


def _measure(name: str, work: Callable[[T], object], sample: list[T]) -> None:
    def once() -> None:
        for item in sample:
            work(item)

    best = min(timeit.repeat(once, number=100, repeat=9)) / 100 / len(sample)
    print(json.dumps({"measure": name, "us": round(best * 1e6, 2)}))


def _load_time(before: str) -> float:
    """Give the milliseconds that loading takes in a fresh process which has imported `before`."""
    command = [sys.executable, "-c", LOAD.format(before=before, after=PRINT)]
    runs = [subprocess.run(command, capture_output=True, check=True) for _ in range(5)]  # noqa: S603
    return round(min(float(run.stdout) for run in runs) * 1e3, 1)


def _measure_lines(size: str, sample: list[str]) -> None:
    def fresh() -> list[Folded]:
        return [fold(text) for text in sample]

    ready = fresh()
    prints = [footprint(one, kind="text", hosts=()) for one in ready]
    _measure(f"fold {size}", fold, sample)
    _measure(f"fold and letters {size}", lambda text: fold(text).letters, sample)
    _measure(f"fold and one span {size}", lambda text: fold(text).span(0, 2, of="text"), sample)
    _measure(f"footprint {size}", lambda one: footprint(one, kind="text", hosts=()), ready)
    _measure(f"similarity {size}", lambda one: similarity(one, prints[0]), prints)
    _measure(f"keys {size}", keys, prints)
    _measure(f"has_cjk {size}", has_cjk, sample)
    _measure(f"at_word_boundary {size}", lambda text: at_word_boundary(text, 5, 7), sample)


def main() -> None:
    """Print every measure."""
    short, long = _samples(sys.argv[1:])
    _measure_lines("25", short)
    _measure_lines("200", long)
    before = "importlib.resources, hashlib, re"
    print(json.dumps({"measure": "load", "ms": _load_time(before)}))


if __name__ == "__main__":
    main()
