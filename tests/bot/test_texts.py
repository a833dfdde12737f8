"""The sentences: both languages have the same, short and friendly, and each comes out in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.texts import LANGUAGES, catalogue, fill, language_of, placeholders, sentence, span
from rules.actions import Line
from rules.files.schema_texts import Sentences
from rules.files.schema_types import Read

ZH, EN = (catalogue(language) for language in LANGUAGES)
TO_MEMBERS = sorted(
    key
    for key in ZH
    if key.startswith(
        ("welcome", "notice", "ad_", "warn", "mute", "rest", "appeal", "sorry", "nickname")
    )
)
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST = 60  # characters of a sentence for a Chinese group: first-hour.md 1.16


def emoji(text: str) -> int:
    """How many pictures a sentence has."""
    return sum(0x1F300 <= ord(char) <= 0x1FAFF or 0x2600 <= ord(char) <= 0x27BF for char in text)


def test_there_is_something_to_check() -> None:
    """The tables below are about the real catalogues."""
    assert 15 <= len(TO_MEMBERS)
    assert {0, 1} == {emoji(ZH[key]) for key in TO_MEMBERS}


def test_both_languages_have_the_same_sentences() -> None:
    """Nothing is missing in either, and nothing is left over."""
    assert set(ZH) == set(EN)


@pytest.mark.parametrize("key", sorted(ZH))
def test_a_sentence_needs_the_same_in_both_languages(key: str) -> None:
    """What the engine gives is enough for either language; months are counted alike."""
    by_date = {"month", "month_name", "day", "clock"} if key == "date_time" else set()
    assert set(placeholders(ZH[key])) | by_date == set(placeholders(EN[key])) | by_date
    if key == "months":
        assert 12 == len(ZH[key].split()) == len(EN[key].split())


@pytest.mark.parametrize("key", TO_MEMBERS)
def test_members_are_spoken_to_briefly_and_calmly(key: str) -> None:
    """At most 60 characters and one picture, no shouting, without what is filled in."""
    bare = fill(ZH[key], dict.fromkeys(placeholders(ZH[key]), ""))
    assert len(bare) <= LONGEST
    for text in (ZH[key], EN[key]):
        assert emoji(text) <= 1
        assert not any(loud in text for loud in ("!", "！", "禁止", "警告", "违规"))


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh_TW", "zh"), ("ZH", "zh"), ("en", "en"), ("de", "en"), ("", "en")],
)
def test_a_locale_has_a_language(locale: str, language: str) -> None:
    """Chinese for every Chinese locale, English for all others."""
    assert language == language_of(locale)


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        (timedelta(seconds=1), "1秒", "1 second"),
        (timedelta(seconds=90), "90秒", "90 seconds"),
        (timedelta(minutes=3), "3分钟", "3 minutes"),
        (timedelta(hours=1), "1小时", "1 hour"),
        (timedelta(hours=36), "36小时", "36 hours"),
        (timedelta(days=7), "7天", "7 days"),
    ],
)
def test_a_length_of_time_is_in_its_largest_whole_unit(length: timedelta, zh: str, en: str) -> None:
    """As people say it, one or many."""
    assert (zh, en) == (span(length, ZH), span(length, EN))


@pytest.mark.parametrize(
    ("until", "zh", "en"),
    [(timedelta(hours=3), "23:00", "23:00"), (timedelta(days=1), "3月3日20:00", "3 Mar, 20:00")],
)
def test_a_time_is_on_the_groups_clock(until: timedelta, zh: str, en: str) -> None:
    """The date is said only if it is another day there."""
    line = Line(key="rest", values={"name": "A", "title": "T"}, times={"until": AT + until})
    for locale, time in (("zh", zh), ("en", en)):
        assert time in sentence(line, locale=locale, zone=SHANGHAI, at=AT)


def test_a_line_is_put_into_words() -> None:
    """Values, spans, lists and an operator's own words; what nobody knows stays as it is."""
    own = Line(
        key="welcome_many",
        values={"name": "A", "n": "2"},
        lists={"names": ("A", "B")},
        spans={"left": timedelta(minutes=3)},
        own="你好 {新人}，{left}，{nobody}",
    )
    assert "你好 A、B，3分钟，{nobody}" == sentence(own, locale="zh", zone=SHANGHAI, at=AT)
    card = Line(
        key="card",
        values={"case": "1", "name": "A", "title": "T", "words": "代购"},
        times={"at": AT},
    )
    said = sentence(card, locale="zh", zone=SHANGHAI, at=AT)
    assert "（有：代购）" in said
    bare = Line(key="card", values={**card.values, "words": ""}, times={"at": AT})
    assert "（有：" not in sentence(bare, locale="zh", zone=SHANGHAI, at=AT)


def test_a_name_cannot_smuggle_a_placeholder() -> None:
    """What somebody calls themselves is filled in as it is, and not filled again."""
    line = Line(key="sorry", values={"name": "{title}", "title": "secret"})
    said = sentence(line, locale="en", zone=SHANGHAI, at=AT)
    assert "{title}" in said
    assert "secret" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_may_put_every_sentence_of_the_group_in_its_own_words(language: str) -> None:
    """The keys of `texts` are shipped sentences, and what those hold may be held there too."""
    words = catalogue(language)
    for key, field in Sentences.model_fields.items():
        shown = next(note.shown for note in field.metadata if isinstance(note, Read))
        assert {f"{{{one}}}" for one in placeholders(words[key])} <= set(shown.split()), key
