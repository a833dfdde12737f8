"""Tables for messages that are left alone: how alike they have to be, and what is never spared."""

from __future__ import annotations

import pytest

from rules.conditions.examples import examples_of, spared
from tests.builders import message, view

WATER = "业主群通知：明天停水，有事加物业微信 wuye-2024 咨询"


@pytest.mark.parametrize(
    ("examples", "text", "number", "score"),
    [
        ([WATER], WATER, 1, 100),
        (["团购苹果十斤五十", WATER], WATER.replace("明天", "后天"), 2, 96),
        ([WATER], f"　{WATER}！！", 1, 100),
        (["收 到"], "收到。", 1, 100),
        (["见 https://shimo.im/docs/abc 的表"], "見 https://shimo.im/docs/abd 的表", 1, 95),
    ],
)
def test_alike(examples: list[str], text: str, number: int, score: int) -> None:
    """The first example that is alike, and how alike it is."""
    found = spared(examples_of(examples), view(text))
    assert found is not None
    assert {"number": str(number), "score": str(score)} == found.values


@pytest.mark.parametrize(
    ("examples", "text"),
    [
        ([WATER], WATER.replace("停水，有事加物业", "停水，贷款加经理")),
        ([WATER], f"{WATER}，低价代购日结佣金"),
        (["收到"], "收到了"),
        (["👍"], "👌"),
        ([""], ""),
        ([], WATER),
        (
            [f"{WATER}，见 https://shimo.im/docs/abcdef"],
            f"{WATER}，见 https://shima.im/docs/abcdef",
        ),
    ],
)
def test_not_alike(examples: list[str], text: str) -> None:
    """More than a tenth is different, a short text is another one, or a link leads elsewhere."""
    assert spared(examples_of(examples), view(text)) is None


def test_a_link_behind_words_is_not_spared() -> None:
    """An example cannot say what hides behind a word."""
    assert spared(examples_of([WATER]), view(message(WATER, hidden=["evil.example"]))) is None
