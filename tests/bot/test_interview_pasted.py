"""Pasted group rules: what can be kept becomes a switch, the rest is said, nothing is guessed."""

from __future__ import annotations

import re

import pytest

from bot.interview.pasted import (
    MOST,
    Language,
    Mark,
    blocklist,
    findings,
    lines,
    topics,
)
from rules.files.switches.table import BY_KEY

CHUANGFU = """\
4、不允许发送与金万家无关的广告，如需发广告，需同时发50元/20人红包；三分钟未发请出
5、禁止刷屏，禁止发布实时对话、语音、无聊的图片及视频，禁止涉及黄赌毒等敏感话题
2、大家可以修改自己的群昵称：名称+地区+职业
6. 每周三下午三点开会
"""

HOUSE = """\
1. Be nice to each other
2. No ads or self-promotion without permission. Spammers get banned
3. No NSFW, no scams
4) English only
"""


def test_chinese_rules_become_lines() -> None:
    """A real group's rules: each subject is answered once, in order, with the line it writes."""
    found = findings(CHUANGFU, "zh")
    assert [(one.mark.value, one.what) for one in found] == [
        ("done", "广告补红包"),
        ("partly", "请人离开"),
        ("done", "刷屏"),
        ("partly", "语音、图片、视频"),
        ("done", "黄赌毒和诈骗"),
        ("left", "敏感话题"),
        ("done", "昵称 名称-地区-职业"),
        ("left", "“每周三下午三点开会”"),
    ]
    assert lines(found) == {
        "ads": "3分钟内补红包",
        "flood": "提醒",
        "scams": "处罚",
        "nickname": "名称-地区-职业",
    }
    assert found[0].line == (
        "✔ 广告补红包    写好了。我看得见“发了红包”，看不见多少钱、几个人分：看到就算"
    )


def test_english_rules_become_lines() -> None:
    """House rules in English, too."""
    found = findings(HOUSE, "en")
    assert [one.what for one in found] == [
        "insults",
        "ads after asking",
        "removal",
        "scams and adult content",
        "language and topic",
    ]
    assert lines(found) == {"insults": "tell me", "ads": "ask", "scams": "punish"}


@pytest.mark.parametrize(
    ("sentence", "switch", "value"),
    [
        ("本群禁止发广告", "ads", "不许"),
        ("发广告请先向群主报备", "ads", "先问"),
        ("不要发链接", "links", "先问"),
        ("不要发二维码和名片", "cards", "先问"),
        ("请勿拉票", "begging", "提醒"),
        ("不准骂人", "insults", "悄悄告诉我"),
        ("不要公布他人手机号", "private", "只提醒本人"),
        ("进群改备注：孩子名-妈妈", "nickname", "孩子名-妈妈"),
    ],
)
def test_one_sentence(sentence: str, switch: str, value: str) -> None:
    """Sentences as groups write them."""
    assert lines(findings(sentence, "zh")) == {switch: value}


def test_what_is_unknown_is_said() -> None:
    """A sentence that no line knows is quoted, cut, and left alone."""
    (one,) = findings("(3) 请大家每个星期三的下午三点准时到二楼会议室参加我们的例会", "zh")
    assert one.mark is Mark.LEFT
    assert one.what == "“请大家每个星期三的下午三点准时到二楼会议室参加我…”"
    assert lines([one]) == {}


def test_nothing_pasted_is_nothing_found() -> None:
    """Empty lines, numbers and signs alone are no sentences."""
    assert findings("\n\n1、\n---\n。", "zh") == []


def test_a_book_is_cut() -> None:
    """What is longer than any group's rules is not read to its end."""
    assert findings("。" * MOST + "禁止刷屏", "zh") == []


def test_block_lists_of_other_bots() -> None:
    """Words come over from Rose's commands and from its list; the other lines stay text."""
    text = """\
/addblocklist "free crypto" no scams
/addblocklist pump
The following blocklist filters are currently active:
- `airdrop now`
- one, two
- pump
Rules of the group:
No flooding
"""
    words, others = blocklist(text)
    assert words == ("free crypto", "pump", "airdrop now")
    assert others == "Rules of the group:\nNo flooding"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tables_fit_the_switches(language: Language) -> None:
    """Every line has a pattern that compiles, and names a switch and a choice that exist."""
    table = topics(language)
    assert len(table) > 10
    for topic in table:
        assert re.compile(topic.pattern)
        if topic.switch and topic.switch != "nickname":
            assert topic.choice in [one.key for one in BY_KEY[topic.switch].choices]
        assert (topic.mark is Mark.LEFT) <= (not topic.switch)
