"""Ordinary chat and the starter packs: nobody is blocked or counted, in any kind of group."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from bot.judge import Judge
from bot.ruletests import run
from rules.files import load

DATA = Path(__file__).parents[1] / "data"
KINDS = ("聊天", "家长", "二手", "业主", "学习", "会员", "推广")
REMINDED_AT_MOST = 0.01  # of the ordinary messages of a kind of group


def judge(text: str, *, newcomer: bool = False) -> Judge:
    """A judge by a rule file."""
    ruleset = load(text, file="group.yaml").ruleset
    assert ruleset is not None
    return Judge(ruleset, newcomer=newcomer)


@cache
def of_kind(kind: str, *, newcomer: bool = False) -> Judge:
    """A judge by what a kind of group sets, live."""
    text = f"群: 我们的群\n群类型: {kind}\n负责人: 小李\n状态: 上岗\n"
    return judge(text, newcomer=newcomer)


@cache
def starter(name: str, *, newcomer: bool = False) -> Judge:
    """A judge by a starter with every rule in force."""
    return judge(f"pack: all\nmode: enforce\nextends: [{name}]\n", newcomer=newcomer)


def innocents(kind: str) -> list[dict[str, str]]:
    """Ordinary messages of a kind of group."""
    text = (DATA / "innocents.zh.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    return [line for line in lines if line["group"] == kind]


def ordinary(language: str) -> list[str]:
    """Ordinary messages in a language, out of the labelled sample."""
    with gzip.open(DATA / "repo_safe.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows if row["label"] == "ham" and row["lang"] == language]


def test_there_are_innocents_of_every_kind() -> None:
    """The gate has something to stop: messages of all kinds of groups, and of no other."""
    counts = [len(innocents(kind)) for kind in KINDS]
    assert 123 == sum(counts)
    assert min(counts) >= 8


@pytest.mark.parametrize("newcomer", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_innocents_of_a_kind_are_spared(kind: str, newcomer: bool) -> None:
    """No ordinary message of a kind of group is blocked or counted there, hardly one reminded."""
    one = of_kind(kind, newcomer=newcomer)
    judged = [one.judged(dict(line)) for line in innocents(kind)]
    assert [] == [line for line in judged if line["outcome"] == "block"]
    reminded = [line for line in judged if line["outcome"] == "pass" and line["rule"] is not None]
    assert len(reminded) <= len(judged) * REMINDED_AT_MOST


@pytest.mark.parametrize("kind", KINDS)
def test_members_of_a_kind_are_seldom_asked_about(kind: str) -> None:
    """Of what known members ordinarily say, nothing goes to the admins in any kind of group."""
    one = of_kind(kind)
    judged = [one.judged(dict(line)) for line in innocents(kind)]
    assert [] == [line["text"] for line in judged if line["outcome"] == "review"]


@pytest.mark.parametrize(
    ("name", "language"), [("zh-starter", "zh"), ("en-starter", "en"), ("en-starter", "ru")]
)
def test_ordinary_chat_is_not_blocked(name: str, language: str) -> None:
    """The labelled sample's ordinary messages pass, and there are enough of them to say so."""
    one, texts = starter(name), ordinary(language)
    assert len(texts) > 150
    assert [] == [text for text in texts if one.judged({"text": text})["outcome"] == "block"]


@pytest.mark.parametrize(("name", "language"), [("zh-starter", "zh"), ("en-starter", "en")])
def test_everyday_notices_and_sales_are_not_touched(name: str, language: str) -> None:
    """Notices, sales, introductions and talk of our own making cost nobody a strike."""
    texts = (DATA / f"ordinary.{language}.txt").read_text("utf-8").splitlines()
    for newcomer in (False, True):
        one = starter(name, newcomer=newcomer)
        assert [] == [text for text in texts if one.judged({"text": text})["outcome"] == "block"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("zh-starter", "兼 职 刷 单 ，垫付 本金 返 佣金 ，加 微 信 ａｂｃ１２３４５"),
        ("zh-starter", "澳門新葡京註冊送彩金，提款秒到"),
        ("zh-starter", "全\u200b场五\u200b折，豪\u200b礼相送，详询 13800001111"),
        ("en-starter", "I еarned $5000 weekly from bitcоin, DM me"),
        ("en-starter", "Удaлённый зaрабoток, oбучeние бeсплaтнo, пишитe в лс"),
    ],
)
def test_disguise_does_not_help(name: str, text: str) -> None:
    """Spaces, full width, traditional, invisible and borrowed letters change no verdict."""
    assert "block" == starter(name).judged({"text": text})["outcome"]


@pytest.mark.parametrize("kind", KINDS)
def test_lures_are_acted_on_in_every_kind_of_group(kind: str) -> None:
    """The gate is not passed by rules that are off."""
    lure = "手机兼职，点赞关注就能做，日结200，想做的私聊我"
    assert "block" == of_kind(kind).judged({"text": lure})["outcome"]


PAID = """
tests:
  - name: 广告配了红包，一分钟内补上
    steps:
      - { at: "10:00", from: 甲, text: "全场五折，豪礼相送，详询 13800001111" }
      - { at: "10:01", from: 甲, kind: red_packet, amount: 50, parts: 20 }
      - { at: "11:00", from: 新人, newcomer: true, text: "春季新品，本店在东街，满200减50" }
      - { at: "11:01", from: 新人, kind: red_packet, amount: 50, parts: 20 }
    expect: []
"""


def test_an_advertisement_with_its_packet_is_nobodys_business() -> None:
    """Where a packet forgives an advertisement, the admins are not asked about it either."""
    text = "群: 我们的群\n群类型: 推广\n负责人: 小李\n状态: 上岗\n"
    results = run(load(text + PAID, file="group.yaml"))
    assert [] == [one.message for one in results if not one.passed]
