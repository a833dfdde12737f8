"""Sentences that are said in another language after they were made."""

from __future__ import annotations

from rules.phrases import (
    ENGLISH,
    NOTHING,
    Key,
    Noun,
    Tongue,
    Word,
    either,
    joined,
    phrase,
    semicolons,
)

CHINESE = Tongue(
    sentences={
        "no {key} in {what}": "{what}里没有{key}，写“{@mode}: {=off}”",
        "the file": "文件",
        "{some} or {last}": "{some}或{last}",
        "{some}, {one}": "{some}、{one}",
    },
    keys={"mode": ("状态",)},
    words={"off": ("停", "关")},
    nouns={"wechat": ("微信",)},
)


def test_a_sentence_is_a_text_in_english_until_it_is_said_otherwise() -> None:
    """Values that are phrases are said with it; there and back nothing is lost."""
    made = phrase("no {key} in {what}", key=Key("mode"), what=phrase("the file"))
    assert "no mode in the file" == made
    chinese = made.said(CHINESE)
    assert "文件里没有状态，写“状态: 停”" == chinese
    assert chinese == chinese.said(CHINESE)
    assert made == chinese.said(ENGLISH)
    assert made.template == chinese.template


def test_names_are_said_as_the_file_spells_them_and_things_as_people_call_them() -> None:
    """What no table has stays English."""
    wechat = phrase("{word} {noun}", word=Word("wechat"), noun=Noun("wechat"))
    assert "wechat 微信" == wechat.said(CHINESE)
    assert "停" == Word("off").said(CHINESE).said(CHINESE)
    assert "unknown" == Key("unknown").said(CHINESE)


def test_parts_are_joined_in_the_language() -> None:
    """Commas, semicolons, and the word before the last."""
    assert "a, b or c" == either(["a", "b", "c"])
    assert "a、b或c" == either(["a", "b", "c"]).said(CHINESE)
    assert ("a", "a, b", "a; b") == (
        either(["a"]),
        joined(["a", phrase("b")]),
        semicolons([phrase("a"), phrase("b")]),
    )
    assert NOTHING == joined([])


def test_braces_of_a_value_are_text() -> None:
    """A value is never read as a template."""
    assert "{x} stays" == phrase("{text} stays", text="{x}").said(CHINESE)
