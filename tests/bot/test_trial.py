"""The page of `qunguan try`: its numbers, its order, its words, and that it can do no harm."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.history.given import RulesError, rules_from_packs
from bot.history.records import HistoryError
from bot.trial import Typed, month, page_of
from bot.trial.month import NEWEST, Glance
from bot.trial.words import ago, words_of
from rules.message import Kind
from tests.bot.history.exports import chat, everything, said, written
from tests.bot.history.histories import RULES, file_of, line
from tests.bot.history.pages import shown, text_of, tried


def test_the_numbers(tmp_path: Path) -> None:
    """People are counted once for each action, messages and questions each time."""
    path = file_of(
        tmp_path,
        line(0, "加微信", user="a"),
        line(10, "加微信", user="a"),
        line(20, "hello", user="a"),
        line(30, "兼职", user="b"),
        line(40, "兼职", user="b"),
        line(50, "慢一点", user="c"),
        line(60, "百家乐", user="d"),
        line(70, "hello", user="e"),
        line(80, "", user="f", event="join"),
    )
    found = tried(path)
    assert (8, 6, 1, 3, 2) == (
        found.messages,
        found.touched,
        found.stopped,
        found.deleted,
        found.asked,
    )
    people = {name: len(found.people[name]) for name in ("all", "reminded", "muted", "removed")}
    assert {"all": 5, "reminded": 2, "muted": 1, "removed": 1} == people
    assert 12.5 == found.untouched_percent
    assert "12.5%" in page_of(found)


def test_only_the_last_month_is_judged(tmp_path: Path) -> None:
    """What is older gives tenure, and is not counted."""
    old = [line(n, "加微信").replace("2026-03", "2026-01") for n in range(3)]
    path = file_of(tmp_path, *old, line(0, "加微信"), line(5, "hi", user="li"))
    found = tried(path)
    assert (2, 1) == (found.messages, found.hits)
    assert "老成员，只说过 3 条" in text_of(page_of(found))


def test_newest_first_under_their_days(tmp_path: Path) -> None:
    """Hits stand under the day of the group's clock, the newest on top."""
    path = file_of(
        tmp_path,
        line(0, "加微信 one", user="a"),
        line(600, "加微信 two", user="b"),
        line(601, "加微信 three", user="c"),
    )
    page = text_of(shown(path)).split("全部，从新到旧")[1]
    order = ["3月3日 周二", " three", " two", "3月2日 周一", " one"]
    assert order == sorted(order, key=page.index)
    assert "共 3 条" in page


def test_the_most_doubtful_on_top(tmp_path: Path) -> None:
    """Regulars come first among those it might have wronged, five people at most."""
    talk = [line(minute, "hello", user="li") for minute in range(8)]
    joins = [line(19, "", user=f"new{n}", event="join") for n in range(9)]
    ads = [line(20 + n, "加微信", user=f"new{n}") for n in range(9)]
    path = file_of(tmp_path, *talk, *joins, *ads, line(60, "加微信", user="li"))
    found = tried(path)
    wronged = found.wronged()
    assert 5 == len({hit.record.user for hit in wronged}) == len(wronged)
    assert "li" == wronged[0].record.user
    assert "最可能冤枉的 5 条" in page_of(found)


def test_fewer_people_than_five(tmp_path: Path) -> None:
    """The same person again fills up what is left; one alone has its own heading."""
    path = file_of(tmp_path, *(line(20 * n, "兼职") for n in range(3)))
    assert 3 == len(tried(path).wronged())
    one = file_of(tmp_path, line(0, "加微信"), name="one.jsonl")
    assert "可能冤枉的一条" in shown(one)


def test_many_hits_keep_the_page_short(tmp_path: Path) -> None:
    """The page holds the newest, and says how many there are."""
    path = file_of(tmp_path, *(line(n / 4, "兼职", user=f"u{n}") for n in range(NEWEST + 20)))
    found = tried(path)
    assert (NEWEST + 20, NEWEST) == (found.hits, len(found.newest))
    page = page_of(found)
    assert f"共 {NEWEST + 20} 条，这里是最新的 {NEWEST} 条" in page
    assert len(page) < 1_000_000


def test_a_burst_is_one_card(tmp_path: Path) -> None:
    """What only adds to a burst is counted beside the message that began it."""
    rules = RULES.replace("strikes: 1, delete: true", "strikes: 1")
    path = file_of(tmp_path, *(line(n / 10, "加微信") for n in range(4)))
    page = shown(path, rules=rules).split("全部，从新到旧")[1]
    assert 1 == page.count("<article")
    assert "紧接着还有 3 条" in page


def test_the_matched_words_are_marked(tmp_path: Path) -> None:
    """The words that matched are marked in the text as it was sent."""
    assert "来<mark>加 微 信</mark>吧" in shown(file_of(tmp_path, line(0, "来加 微 信吧")))


def test_the_words_that_were_found_are_listed_as_the_page_lists(tmp_path: Path) -> None:
    """A Chinese page has its own comma."""
    path = file_of(tmp_path, line(0, "加微信 casino"))
    found = {one: text_of(page_of(tried(path, language=one))) for one in ("zh", "en")}
    assert "有这些词：加微信、casino" in found["zh"]
    assert "It has these words: 加微信, casino" in found["en"]


def test_what_to_type_next_is_what_was_typed(tmp_path: Path) -> None:
    """With the files and the name of the program; whoever has rules need not begin with some."""
    path = file_of(tmp_path, line(0, "加微信"))
    found = tried(path)
    found.typed = Typed(program="bin/qunguan", history="a.json", rules="b.yaml")
    for month_ in (found, found.again(found.ruleset)):
        month_.days.update(found.days)
        page = page_of(month_)
        assert "<code>bin/qunguan try a.json --rules b.yaml</code>" in page
        assert "qunguan init" not in page
    assert "bin/qunguan try a.json --rules b.yaml --serve" in page_of(found)
    starter = page_of(month(path, [], language="en", progress=lambda _: None))
    assert "<code>qunguan init my-group</code>" in starter
    assert "<code>qunguan try result.json --rules my-group/rules.yaml</code>" in starter


NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.mark.parametrize("field", ["text", "name", "user", "group", "title"])
def test_everything_from_a_chat_is_escaped(tmp_path: Path, field: str) -> None:
    """Names, texts, titles and links of a chat are text, whatever stands in them."""
    fields = {"text": "加微信", "user": "a", "links": [f"https://x/{NASTY}"], "kind": "image"}
    own = file_of(tmp_path, line(0, **{**fields, field: f"加微信 {NASTY}"}))  # type: ignore[arg-type]
    page = shown(own)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_page_loads_nothing(tmp_path: Path) -> None:
    """The policy allows its one style and nothing else; no address stands in any attribute."""
    page = shown(file_of(tmp_path, line(0, "加微信 https://evil.example/x")))
    assert "default-src 'none'; style-src &#39;sha256-" in page.replace("&#39;none&#39;", "'none'")
    assert not re.search(r"(?:src|href|action|style)\s*=", page)
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize(
    ("text", "rules_language", "expected"),
    [("大家好", None, 'lang="zh-CN"'), ("hello", None, 'lang="en"'), ("大家好", "en", 'lang="en"')],
)
def test_the_language_is_that_of_the_chat(
    tmp_path: Path, text: str, rules_language: str | None, expected: str
) -> None:
    """The page speaks the chat's language unless another is asked for."""
    found = tried(file_of(tmp_path, line(0, text)), language=rules_language)
    assert expected in page_of(found)


def test_a_quiet_month_says_so(tmp_path: Path) -> None:
    """Without a hit there is no empty list, but what it means and what to do next."""
    page = shown(file_of(tmp_path, line(0, "hello")))
    assert "Not one message" in page
    assert "100%" in page
    assert "Which rules" not in page


def test_several_groups_are_told_apart(tmp_path: Path) -> None:
    """A full export names the group of each card."""
    path = tmp_path / "result.json"
    groups = [chat([said(1, "加微信")], title=title) for title in ("Market", "Flat share")]
    path.write_bytes(written(everything(*groups)))
    page = text_of(shown(path))
    assert "把 2 个群" in page
    assert "在「Market」" in page


@pytest.mark.parametrize(
    ("han", "latin", "packs", "language"),
    [
        (100, 0, ("zh-starter",), "zh"),
        (60, 40, ("zh-starter",), "zh"),
        (40, 60, ("zh-starter", "en-starter"), "zh"),
        (20, 80, ("zh-starter", "en-starter"), "en"),
        (5, 95, ("en-starter",), "en"),
        (0, 0, ("en-starter",), "en"),
    ],
)
def test_packs_and_language_by_the_share_of_chinese(
    han: int, latin: int, packs: tuple[str, ...], language: str
) -> None:
    """A chat in both languages gets both packs."""
    glance = Glance(han=han, latin=latin)
    assert (packs, language) == (glance.packs, glance.language)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(0), "不到两分钟"),
        (timedelta(minutes=2), "2分钟"),
        (timedelta(hours=5, minutes=59), "5小时"),
        (timedelta(days=3), "3天"),
        (timedelta(days=70), "2个月"),
        (timedelta(days=800), "2年"),
    ],
)
def test_lengths_of_time(length: timedelta, expected: str) -> None:
    """A length of time is said in its largest unit, rounded down."""
    assert expected == ago(length, words_of("zh"))


def test_both_languages_have_the_same_words() -> None:
    """No word is missing in either language, and each kind of message has its word."""
    zh, en = words_of("zh"), words_of("en")
    assert set(zh) == set(en)
    places = re.compile(r"\{(\w+)\}")
    for key in sorted(zh.keys() - {"day", "day_short"}):
        assert sorted(places.findall(zh[key])) == sorted(places.findall(en[key])) or key.startswith(
            ("lead", "rule_hits")
        ), key
    assert {f"kind_{kind}" for kind in Kind} <= set(zh)


def test_a_chat_of_joins_only_is_refused(tmp_path: Path) -> None:
    """Where nobody said anything there is nothing to try."""
    path = file_of(tmp_path, line(0, "", event="join"))
    with pytest.raises(HistoryError, match="nothing that anybody said"):
        tried(path)


def test_starter_packs_load() -> None:
    """A pack that is not there is a sentence, not a crash."""
    with pytest.raises(RulesError, match="no-such-pack"):
        rules_from_packs(["no-such-pack"])
