"""Time what conditions share, and links, per message; one line of JSON for each measure.

    python -m benchmarks.bench_conditions [HISTORY.jsonl[.gz]]

Without a history it measures on made-up lines. Words, regexes and templates are made up, the same
in every run. Times are of one CPU. Folding is not in the figures: see `bench_text`.
"""

from __future__ import annotations

import gzip
import json
import sys
import timeit
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from rules.conditions.matchers import MatcherBuilder, Matchers
from rules.footprint import footprint
from rules.links import find_links
from rules.recent import Recent, RecentMessages
from rules.text import Folded, fold

MADE_UP = [
    "今天晚上八点老地方见，记得带上孩子的作业，别忘了！",
    "加V：zky99，日赚300元，名额有限，先到先得哦~~",
    "這個週末我們一起去爬山吧，天氣預報說會放晴，OK？",
    "收到，谢谢老师😀，明天我让他早点到学校，辛苦了。",
    "有没有人知道附近哪里修手机比较靠谱？屏幕碎了",
    "资料在 https://docs.qq.com/x 里，大家自己看一下",
]
COMMON = (
    "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
)
RARE = "微信刷单兼职日结贷款发票扫码领取优惠券直播间代开低息彩金荷官博彩充值返利"
HOSTILE = ["a." * 2000, "http://a" * 500, "看.com" * 1000, "a。" * 2000, "加微信" * 1300]


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            if text := json.loads(line).get("text"):
                yield text


def _short(arguments: list[str]) -> list[str]:
    """Up to 2,000 lines of 12 to 80 characters."""
    if not arguments:
        return MADE_UP * 100
    texts = (text for text in _texts(Path(arguments[0])) if 12 <= len(text) <= 80)
    return [text for _, text in zip(range(2000), texts, strict=False)]


def _made(number: int, length: int) -> str:
    """A made-up phrase: every number gives another one, half of common characters."""
    characters = []
    state = number + 1
    for at in range(length):
        source = RARE if at % 2 else COMMON
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        characters.append(source[(state >> 40) % len(source)])
    return "".join(characters)


def _show(name: str, work: Callable[[], object], per: int) -> None:
    best = min(timeit.repeat(work, timer=process_time, number=3, repeat=9)) / 3 / per
    print(json.dumps({"measure": name, "us": round(best * 1e6, 2)}))


def _words(count: int) -> Matchers:
    builder = MatcherBuilder()
    builder.add_words([f"{_made(n, 4)}{n}" if n % 4 else f"word{n}" for n in range(count)])
    return builder.build()


def _regexes(count: int) -> Matchers:
    builder = MatcherBuilder()
    for n in range(count):
        builder.add_pattern(f"{_made(n, 2)}.{{0,3}}{_made(n + 1, 1)}[:：]?[a-z0-9]{{{n % 5 + 5},}}")
    return builder.build()


def _templates(count: int) -> Matchers:
    builder = MatcherBuilder()
    builder.add_templates([_made(n, 16 + n % 16) for n in range(count)])
    return builder.build()


def _searches(lines: list[Folded]) -> None:
    per = len(lines)
    for count in (1_000, 10_000, 100_000):
        words = _words(count).words
        _show(f"find among {count} words", lambda: [words.find(one) for one in lines], per)  # noqa: B023
    patterns = _regexes(200).patterns
    _show("find among 200 regexes", lambda: [patterns.find(one) for one in lines], per)
    likeness = _templates(1_000).likeness
    _show("find among 1000 templates", lambda: [likeness.find(one) for one in lines], per)
    spam = [fold(_made(n, 16 + n % 16) + "快来") for n in range(200)]
    _show("find a copy of 1000 templates", lambda: [likeness.find(one) for one in spam], 200)


def _memory(lines: list[Folded]) -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    memory = RecentMessages([])
    prints = [footprint(one, kind="text", hosts=()) for one in lines]
    for n, one in enumerate(prints):
        at = start + timedelta(seconds=n)
        memory.add(Recent(at=at, member=f"m{n % 50}", message_id=str(n), footprint=one))
    ask = memory.alike
    _show(
        "look for near copies of the last hour",
        lambda: [list(ask(one, since=start, at_least=90)) for one in prints],
        len(prints),
    )


def main() -> None:
    """Print every measure."""
    texts = _short(sys.argv[1:])
    lines = [fold(text) for text in texts]
    for one in lines:
        one.letters  # noqa: B018 - found once per message, whoever asks first
    _searches(lines)
    _memory(lines)
    _show("find links", lambda: [find_links(text) for text in texts], len(texts))
    for text in HOSTILE:
        _show(f"find links in {text[:9]}…", lambda: find_links(text), 1)  # noqa: B023


if __name__ == "__main__":
    main()
