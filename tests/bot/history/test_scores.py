"""Score rules in what other programs read: judged messages and replayed ones."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from bot.history.reading import reader_of
from bot.history.source import opened
from bot.judge import Judge
from bot.replay import fates, replay
from tests.bot.history.histories import file_of, line, ruleset

RULES = """\
pack: p
mode: enforce
lists: { known: [好好学习天天向上天天向上] }
rules:
  - id: job
    title: Job
    when:
      score:
        signals:
          - { name: like, when: { like: { list: known, at_least: 70 } }, weight: 4 }
          - { name: call, when: { words: [call] }, weight: 3 }
        review: 4
        block: 7
    then: { strikes: 1 }
  - { id: plain, title: Plain, when: { words: [plain] }, then: { strikes: 1 } }
"""
KNOWN = "好好学习天天向上天天向上"


def test_a_judged_line_has_the_points_and_their_outcome() -> None:
    """The points of the rule, and not the likeness that is one of its signals."""
    judge = Judge(ruleset(RULES))
    said = [judge.judged({"text": text}) for text in ("call", KNOWN, f"{KNOWN} call", "plain")]
    assert [("pass", 0), ("review", 4), ("block", 7), ("block", 100)] == [
        (one["outcome"], one["score"]) for one in said
    ]


def test_a_replayed_line_has_the_points_of_a_score_only(tmp_path: Path) -> None:
    """Where the acting rule adds up none, the field is left out."""
    out = BytesIO()
    path = file_of(
        tmp_path,
        line(0, KNOWN, user="a"),
        line(1, f"{KNOWN} call", user="b"),
        line(2, "plain", user="c"),
    )
    with opened(path) as source:
        replay(fates(reader_of(source), ruleset(RULES)), out=out, progress=lambda _: None)
    lines = [json.loads(one) for one in out.getvalue().splitlines()]
    assert [("review", 4), ("block", 7), ("block", None)] == [
        (one["outcome"], one.get("score")) for one in lines
    ]
