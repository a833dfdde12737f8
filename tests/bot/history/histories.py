"""Histories and rules for tests: written to a folder, read back, replayed."""

from __future__ import annotations

import json
from pathlib import Path

from bot.history.given import in_force
from bot.history.reading import reader_of
from bot.history.records import Reader, Record
from bot.history.source import opened
from bot.history.tally import Fate
from bot.replay import fates
from rules.files import load
from rules.ruleset import Ruleset

RULES = """\
schema: 1
pack: of-tests
title: Rules of tests
locale: zh-CN
timezone: Asia/Shanghai
mode: shadow
lists:
  ads: [加微信, casino]
  worse: [百家乐]
  unsure: [兼职]
  words: [慢一点]
  owed: [接广告]
rules:
  - id: ad
    title: 不发广告
    when: { words: { list: ads } }
    then: { strikes: 1, delete: true }
  - id: worse
    title: 不赌
    when: { words: { list: worse } }
    then: { strikes: 5, delete: true }
  - id: unsure
    title: 先问
    when: { words: { list: unsure } }
    then: { ask: true }
  - id: gentle
    title: 慢一点
    when: { words: { list: words } }
    then: { strikes: 0, say: "{member}，慢一点。" }
  - id: owed
    title: 广告配红包
    when: { words: { list: owed } }
    unless: { followed_by: { kind: red_packet, from: same_member, within: 3m } }
    then: { strikes: 1, delete: true }
  - id: newcomer-link
    title: 新人先不发链接
    for: newcomer
    when: { link: any }
    then: { strikes: 0, delete: true }
"""


def ruleset(text: str = RULES) -> Ruleset:
    """The rules, in force."""
    loaded = load(text, file="tests.yaml")
    assert loaded.ruleset is not None, loaded.faults
    return in_force(loaded.ruleset)


def line(minute: float, text: str, *, user: str = "wang", group: str = "g1", **more: object) -> str:
    """A line of JSONL so many minutes after eight o'clock; None of `more` is left out."""
    seconds = round(minute * 60)
    ts = f"2026-03-02T{8 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"
    fields = {"ts": ts, "group": group, "user": user, "name": user.title(), "text": text}
    return json.dumps(fields | more, ensure_ascii=False)


def file_of(folder: Path, *lines: str, name: str = "chat.jsonl") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> tuple[list[Record], Reader]:
    """Every record of a file, and the reader with what it found on the way."""
    with opened(path) as source:
        reader = reader_of(source)
        return list(reader.records()), reader


def replayed(path: Path, rules: str = RULES) -> list[tuple[Record, Fate]]:
    """Every record and what became of it."""
    with opened(path) as source:
        return list(fates(reader_of(source), ruleset(rules)))
