"""Time a replay, a comparison and a judgement of many messages; one line of JSON for each measure.

    python -m benchmarks.bench_replay [HISTORY [RULES…]]

Without a history it measures on made-up lines under a small rule file. Times are of one CPU, and
include reading, deciding and writing.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import process_time

from bot.history.given import rules_from
from bot.history.reading import reader_of
from bot.history.records import Faults
from bot.history.source import opened
from bot.impact import Comparison, Side, compare
from bot.judge import Judge, judge_lines
from bot.replay import fates, pairs, replay
from rules.ruleset import Ruleset

START = datetime(2026, 3, 2, tzinfo=UTC)
LINES = 30_000
JUDGED = 20_000
TEXTS = [
    "今天晚上八点老地方见，记得带上孩子的作业，别忘了！",
    "收到，谢谢老师😀，明天我让他早点到学校，辛苦了。",
    "有没有人知道附近哪里修手机比较靠谱？屏幕碎了",
    "资料在 https://docs.qq.com/x 里，大家自己看一下",
    "see you at eight, bring the drill if you still have it",
]
AD = "兼职日结，一天三百，加微信 abc123 名额有限"
RULES = """\
schema: 1
pack: bench
title: Bench
locale: zh-CN
timezone: Asia/Shanghai
lists: { contact: [加微信, 加我], offer: [兼职, 日结, 贷款] }
rules:
  - id: ad
    title: ad
    when: { all: [ { words: { list: contact } }, { words: { list: offer } } ] }
    then: { strikes: 1, delete: true }
  - id: flood
    title: flood
    when: { rate: { messages: 6, within: 10s, per: member } }
    then: { strikes: 1 }
  - id: repeat
    title: repeat
    when: { repeat: { times: 3, within: 10m, similar: 90, per: member } }
    then: { strikes: 1 }
"""


def made_up() -> Iterator[str]:
    """Lines of ten groups and 500 members; every fiftieth is an ad."""
    for number in range(LINES):
        text = AD if number % 50 == 0 else f"{TEXTS[number % len(TEXTS)]} {number % 997}"
        fields = {
            "ts": (START + timedelta(seconds=7 * number)).isoformat(),
            "group": f"g{number % 10}",
            "user": f"u{number * 7 % 500}",
            "name": f"U{number * 7 % 500}",
            "text": text,
        }
        yield json.dumps(fields, ensure_ascii=False)


def measure_replay(history: Path, ruleset: Ruleset) -> None:
    """Replay it all, lines for other programs included."""
    began = process_time()
    with opened(history) as source:
        told = fates(reader_of(source), ruleset)
        tally = replay(told, out=BytesIO(), progress=lambda _: None)
    _print("replay", tally.messages, process_time() - began)


def measure_comparison(history: Path, ruleset: Ruleset) -> None:
    """Replay it all under two rulesets at once; the same ones, so that nothing can be skipped."""
    found = Comparison(Side(ruleset=ruleset), Side(ruleset=ruleset))
    began = process_time()
    with opened(history) as source:
        told = pairs(reader_of(source), ruleset, ruleset)
        compare(told, found, out=BytesIO(), progress=lambda _: None)
    _print("compare", found.after.tally.messages, process_time() - began)


def measure_judge(history: Path, ruleset: Ruleset) -> None:
    """Judge its first messages one by one."""
    with opened(history) as source:
        records = zip(reader_of(source).records(), range(JUDGED), strict=False)
        lines = [json.dumps({"text": one.message.text}).encode() for one, _ in records]
    began = process_time()
    judged = sum(1 for _ in judge_lines([b"\n".join(lines)], Judge(ruleset), Faults()))
    _print("judge", judged, process_time() - began)


def _print(name: str, messages: int, seconds: float) -> None:
    measured = {
        "bench": name,
        "messages": messages,
        "seconds": round(seconds, 2),
        "per_second": round(messages / seconds),
    }
    print(json.dumps(measured))


def main(arguments: list[str]) -> None:
    """Measure on the history that is named, or on made-up lines."""
    with tempfile.TemporaryDirectory() as folder:
        history = Path(folder) / "history.jsonl"
        rules = Path(folder) / "bench.yaml"
        rules.write_text(RULES, encoding="utf-8")
        if not arguments:
            history.write_text("\n".join(made_up()), encoding="utf-8")
        ruleset = rules_from([Path(one) for one in arguments[1:]] or [rules])
        for measure in (measure_replay, measure_comparison, measure_judge):
            measure(Path(arguments[0]) if arguments else history, ruleset)


if __name__ == "__main__":
    main(sys.argv[1:])
