"""The page of a comparison: what it shows first, its charts, and that it can do no harm."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.impact import page_of
from bot.impact.chart import HEIGHT, MOST, chart_of
from bot.impact.comparison import NEWEST
from bot.impact.words import words_of
from tests.bot.history.histories import RULES, file_of, line
from tests.bot.history.pages import text_of
from tests.bot.test_impact import ENGLISH, NO_ADS, compared

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \"'&{{7*7}}{% raw %} 加微信"


class Tags(HTMLParser):
    """Every tag of a page and every attribute, as a browser would read them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_texts_of_strangers_stay_texts(tmp_path: Path) -> None:
    """Texts, names, titles and file names are escaped; the page has no script and loads nothing."""
    path = file_of(tmp_path, *(line(n, NASTY, name=NASTY, title=NASTY) for n in range(2)))
    found = compared(path, RULES, NO_ADS)
    found.after.name = NASTY
    page = page_of(found)
    assert "&lt;script&gt;alert(1)" in page
    assert "{{7*7}}" in page
    tags = Tags()
    tags.feed(page)
    assert set() == tags.names & {"script", "img", "iframe", "link", "object", "form", "a"}
    assert {"class", "viewbox"} <= tags.attributes
    assert [] == [one for one in tags.attributes if one.startswith("on") or one in ("src", "href")]
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in page


def test_what_may_be_wrong_stands_first(tmp_path: Path) -> None:
    """Doubtful messages come before members, these before rules, and all messages last."""
    joins = [line(0, "", user=f"u{n}", event="join") for n in range(8)]
    path = file_of(tmp_path, *joins, *(line(n, f"{n} 加微信", user=f"u{n}") for n in range(8)))
    page = text_of(page_of(compared(path, RULES, NO_ADS)))
    order = ["最可能冤枉的 5 条", "会变的是谁", "每条规则碰到多少", "会变的消息 共 8 条"]
    assert order == sorted(order, key=page.index)
    assert "不发广告" in page
    assert "现在 0改后 8" in page


def test_both_sides_of_a_message(tmp_path: Path) -> None:
    """A card says what is done now and what then, also of what is no longer hit or stopped."""
    texts = ["加微信", "加微信", "hello", "加微信"]
    path = file_of(tmp_path, *(line(30 * n, text) for n, text in enumerate(texts)))
    english = NO_ADS.replace("zh-CN", "en")
    page = text_of(page_of(compared(path, english, ENGLISH)))
    assert re.search(r"no longer hit beforedeletedmuted until .{5,20}afterleft alone", page)
    assert re.search(r"let through beforestopped", page) is None  # no hit, no card
    assert "let through 2 their author is muted or out before" in page
    page = text_of(page_of(compared(path, ENGLISH, english)))
    assert re.search(r"stopped 2 their author would be muted", page)
    assert "Look here first: the 2 they might wrong" in page


def test_one_that_may_be_wrong_is_said_as_one(tmp_path: Path) -> None:
    """A single doubtful message has a heading of its own."""
    page = page_of(compared(file_of(tmp_path, line(0, "加微信")), RULES, NO_ADS))
    assert "可能冤枉的一条" in page


def test_a_page_without_changes_says_so(tmp_path: Path) -> None:
    """Identical rules give a page that says that no message changes, and shows nothing else."""
    page = text_of(page_of(compared(file_of(tmp_path, line(0, "加微信")), RULES)))
    assert "没有一条消息的结果会变" in page
    assert "会变的是谁" not in page


def test_labels_and_groups_are_shown(tmp_path: Path) -> None:
    """Labels are compared; of several groups each card and member names its own."""
    path = file_of(
        tmp_path,
        line(0, "加微信", user="a", label="ham"),
        line(1, "加微信", user="b", group="g2", title="二群"),
    )
    page = text_of(page_of(compared(path, RULES, NO_ADS)))
    assert "正常的话被误伤的0 (0.00 %) → 1 (100.0 %)" in page
    assert "在「二群」" in page
    assert "2 个群" in page


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    """Only the newest changes are shown whole, and members beyond the first are counted."""
    lines = [line(0, "", user=f"u{n}", event="join") for n in range(NEWEST + 5)]
    lines += [line(n / 10, "加微信", user=f"u{n}") for n in range(NEWEST + 5)]
    page = text_of(page_of(compared(file_of(tmp_path, *lines), RULES, NO_ADS)))
    assert f"共 {NEWEST + 5} 条，这里是最新的 {NEWEST} 条" in page
    assert f"还有 {NEWEST + 5 - 60} 人" in page


@pytest.mark.parametrize(
    ("length", "unit", "count"),
    [(1, "day", 1), (MOST, "day", MOST), (93, "week", 14), (900, "month", 30)],
)
def test_time_is_cut_into_bars_that_can_be_seen(length: int, unit: str, count: int) -> None:
    """Days for a quarter, then weeks, then months; no stretch between is left out."""
    first = date(2026, 1, 5)
    days = {first: 1, first + timedelta(days=length - 1): 1}
    hits = Counter({first: 4, first + timedelta(days=length - 1): 1})
    chart = chart_of(days, Counter(), hits, lambda at, before, after: f"{at} {before} {after}")
    assert (unit, count) == (chart.unit, len(chart.bars))
    assert 0 == chart.bars[0].before_height
    assert HEIGHT == max(bar.after_height for bar in chart.bars)


def test_every_word_exists_in_both_languages() -> None:
    """Chinese and English have the same keys, and the same places to fill."""
    zh, en = words_of("zh"), words_of("en")
    assert set(zh) == set(en)
    places = re.compile(r"\{(\w+)\}")
    own = [key for key in zh if key.startswith(("kind_", "means_", "col_", "lead", "changed"))]
    assert len(own) > 20
    for key in own:
        assert set(places.findall(zh[key])) == set(places.findall(en[key])), key
