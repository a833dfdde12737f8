"""Judging single messages: outcome, rule, score and matches, without memory."""

from __future__ import annotations

import json

import pytest

from bot.history.fields import FieldError
from bot.history.records import Faults
from bot.judge import Judge, judge_lines
from tests.bot.history.histories import RULES, ruleset

MORE = """\
  - id: like
    title: 像广告
    when: { like: { list: templates, at_least: 70 } }
    then: { strikes: 1 }
  - id: quiet
    title: 夜里
    mode: ask
    when: { all: [ { time: { between: ["23:00", "07:00"] } }, { kind: [voice] } ] }
    then: { strikes: 1 }
  - id: gone
    title: 停了
    mode: off
    when: { kind: [poll] }
    then: { strikes: 1 }
  - id: owed-ask
    title: 问
    when: { kind: [transfer] }
    unless: { followed_by: { kind: red_packet, from: same_member, within: 3m } }
    then: { ask: true }
"""
ALL = RULES.replace("  owed:", '  templates: ["新店开业全场五折欢迎扫码进群"]\n  owed:') + MORE

LINK = {"text": "看 https://x.example/a"}


@pytest.mark.parametrize(
    ("line", "outcome", "rule"),
    [
        ({"text": "hello"}, "pass", None),
        ({"text": "加微信"}, "block", "ad"),
        ({"text": "百家乐"}, "block", "worse"),
        ({"text": "兼职"}, "review", "unsure"),
        ({"text": "慢一点"}, "pass", "gentle"),
        ({"text": "接广告"}, "block", "owed"),
        ({"text": "兼职 加微信"}, "block", "ad"),
        ({"text": "加微信", "role": "admin"}, "pass", None),
        ({"text": "加微信", "role": "helper"}, "block", "ad"),
        (LINK, "pass", None),
        (LINK | {"joined_ago": "2h"}, "block", "newcomer-link"),
        (LINK | {"joined_ago": 60}, "block", "newcomer-link"),
        (LINK | {"joined_ago": "3600"}, "block", "newcomer-link"),
        (LINK | {"joined_ago": "30d"}, "pass", None),
        (LINK | {"joined_ago": "90w"}, "pass", None),
        (
            {"text": "x", "links": ["https://a.example"], "joined_ago": "5m"},
            "block",
            "newcomer-link",
        ),
        (
            {"text": "x", "links": [{"url": "https://a.example"}], "joined_ago": "5m"},
            "block",
            "newcomer-link",
        ),
        ({"text": "", "kind": "voice"}, "pass", None),
        ({"kind": "voice", "ts": "2026-03-02T16:00:00Z"}, "review", "quiet"),
        ({"kind": "poll"}, "pass", None),
        ({"kind": "transfer"}, "review", "owed-ask"),
        ({"kind": "something new"}, "pass", None),
        ({"text": "", "name": "加微信"}, "pass", None),
        ({"text": "hi", "quote": "加微信"}, "pass", None),
        ({"text": "群规"}, "pass", None),
        ({"text": "误会"}, "pass", None),
    ],
)
def test_outcomes(line: dict[str, object], outcome: str, rule: str | None) -> None:
    """What is said of a message alone; by an old member unless the line says otherwise."""
    judged = Judge(ruleset(ALL)).judged(line)
    assert (outcome, rule) == (judged["outcome"], judged["rule"])
    assert line == {key: judged[key] for key in line}


def test_newcomer_takes_all_as_newcomers() -> None:
    """--newcomer goes before what a line says."""
    judge = Judge(ruleset(ALL), newcomer=True)
    assert "block" == judge.judged(LINK)["outcome"]
    assert "block" == judge.judged(LINK | {"joined_ago": "90d"})["outcome"]


@pytest.mark.parametrize(("ago", "expected"), [(None, "pass"), ("30d", "pass"), ("1h", "block")])
def test_an_old_member_has_talked_before(ago: str | None, expected: str) -> None:
    """Rules for people who have hardly written meet newcomers, and no old members."""
    few = (
        "  - { id: few, title: F, when: { who: { messages_fewer_than: 5 } }, then: { strikes: 1 } }"
    )
    judge = Judge(ruleset(f"{RULES}{few}\n"))
    assert expected == judge.judged({"text": "hi", "joined_ago": ago})["outcome"]


def test_there_is_no_memory() -> None:
    """The same message a hundred times is judged a hundred times alike."""
    judge = Judge(ruleset(ALL))
    judged = [json.dumps(judge.judged({"text": "加微信"})) for _ in range(100)]
    assert 1 == len(set(judged))


def test_matches_tell_condition_values_and_spans() -> None:
    """Each condition that held is listed, with places in the text as it was given."""
    text = "来 加 微 信 吧"
    judged = Judge(ruleset(ALL)).judged({"text": text})
    (match,) = judged["matches"]  # type: ignore[misc]
    assert ("ad", "words", {"list": "ads", "words": "加微信"}) == (
        match["rule"],
        match["condition"],
        match["values"],
    )
    assert ["加 微 信"] == [text[start:end] for start, end in match["spans"]]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("hello", 0, 0), ("加微信", 100, 100), ("新店开业全场六折欢迎扫码进群哦", 70, 99)],
)
def test_scores(text: str, least: int, most: int) -> None:
    """The score is that of the evidence; 100 where it has none, 0 where nothing matched."""
    score = Judge(ruleset(ALL)).judged({"text": text})["score"]
    assert isinstance(score, int)
    assert least <= score <= most


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"text": 1},
        {"text": None},
        {"text": "x", "name": 1},
        {"text": "x", "links": "https://x"},
        {"text": "x", "role": "king"},
        {"text": "x", "ts": "soon"},
        *(
            {"text": "x", "joined_ago": ago}
            for ago in ("", "soon", "-1h", -1, True, [], "1e99d", "nan")
        ),
    ],
)
def test_a_line_that_is_no_message_is_refused(line: dict[str, object]) -> None:
    """A wrong field is named."""
    with pytest.raises(FieldError, match="`"):
        Judge(ruleset(ALL)).judged(line)


def test_lines_in_lines_out() -> None:
    """Good lines come out in order with unknown fields kept; bad ones are counted by number."""
    good = [{"text": "加微信", "id": 7, "more": {"a": [1]}}, {"text": "hi"}]
    rows = [json.dumps(good[0]).encode(), b"{", b"", b"[1]", b"\xff", json.dumps(good[1]).encode()]
    rows += [b'{"text": 1}', b'{"text": "' + b"x" * 2_000_000 + b'"}']
    faults = Faults()
    out = [json.loads(one) for one in judge_lines([b"\n".join(rows)], Judge(ruleset()), faults)]
    assert [(7, {"a": [1]}, "block"), (None, None, "pass")] == [
        (one.get("id"), one.get("more"), one["outcome"]) for one in out
    ]
    assert ["line 2", "line 4", "line 5", "line 7", "line 8"] == [one.where for one in faults.first]
