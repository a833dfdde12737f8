"""Tables for word lists: what a word matches, where, and how many different ones there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conditions.matchers import MatcherBuilder
from rules.conditions.words import HITS_OF_ONE_WORD, Words
from rules.text import fold
from tests.builders import view


def spans(words: list[str], text: str, at_least: int = 1) -> list[str] | None:
    """The matched pieces of the text as sent, or None."""
    builder = MatcherBuilder()
    number = builder.add_words(words)
    answer = Words(number=number, list="它", at_least=at_least).ask(
        view(text, matchers=builder.build())
    )
    return None if answer is None else [text[start:end] for start, end in answer[0].spans]


MATCHED = [
    # words, text, the pieces that matched
    (["加微信"], "想了解的加微信 abc", ["加微信"]),
    (["加微信"], "加 微-信！", ["加 微-信"]),
    (["加V信"], "先加 Ｖ 信再说", ["加 Ｖ 信"]),
    (["百家乐"], "百 家 乐 走起", ["百 家 乐"]),
    (["百家乐"], "百\u200b家🎲乐", ["百\u200b家🎲乐"]),
    (["百家樂"], "百家乐", ["百家乐"]),
    (["百家乐"], "百家樂", ["百家樂"]),
    (["usdt"], "出USDT，稳", ["USDT"]),
    (["USDT"], "ｕｓｄｔ", ["ｕｓｄｔ"]),
    (["free money"], "Get FREE   money now", ["FREE   money"]),
    (["ad"], "an ad, ad!", ["ad", "ad"]),
    (["+v"], "加我+V：abc", ["+V"]),
    (["💰"], "日赚💰💰", ["💰", "💰"]),
    (["加微", "加微信"], "加微信", ["加微信"]),
    (["加微", "加微信"], "加微信，加微", ["加微信", "加微"]),
    (["微信群", "加微信"], "加微信群", ["加微信", "微信群"]),
]

NOT_MATCHED = [
    (["百家乐"], "百家姓第一个是赵"),
    (["ad"], "had a bad address"),
    (["free money"], "freemoney"),
    (["money"], "m o n e y"),
    ([], "加微信"),
    (["加微信"], ""),
    (["加微信"], "hello 123"),
    (["💰"], ""),
]


@pytest.mark.parametrize(("words", "text", "pieces"), MATCHED)
def test_a_word_is_found_where_it_stands(words: list[str], text: str, pieces: list[str]) -> None:
    """CJK words are found through separators, others as whole words, each at its raw place."""
    assert pieces == spans(words, text)


@pytest.mark.parametrize(("words", "text"), NOT_MATCHED)
def test_a_piece_of_another_word_is_not_found(words: list[str], text: str) -> None:
    """Parts of Latin words, other words, empty lists and empty texts match nothing."""
    assert None is spans(words, text)


@pytest.mark.parametrize(
    ("text", "at_least", "expected"),
    [
        ("加微信，刷单", 2, True),
        ("加微信，加微信，加微信", 2, False),
        ("加微信", 2, False),
        ("刷 单 加V", 2, True),
        ("加微信刷单usdts", 3, False),
        ("加微信刷单usdt", 3, True),
    ],
)
def test_different_words_are_counted(text: str, at_least: int, expected: bool) -> None:
    """A word counts once however often it is said, and one inside another does not count."""
    words = ["加微信", "加微", "刷单", "加V", "USDT"]
    assert expected is (spans(words, text, at_least) is not None)


def test_the_evidence_names_the_list_and_its_words() -> None:
    """Evidence shows words as the file spells them, never what the member wrote."""
    builder = MatcherBuilder()
    number = builder.add_words(["加Ｖ信", "代開發票"])
    answer = Words(number=number, list="ad_words").ask(
        view("代开 发票 加v信", matchers=builder.build())
    )
    assert answer is not None
    assert "words" == answer[0].condition
    assert {"list": "ad_words", "words": "代開發票、加Ｖ信"} == answer[0].values
    assert ((0, 5), (6, 9)) == answer[0].spans


def test_lists_are_told_apart() -> None:
    """A word of two lists hits both, each with its own spelling; other lists stay silent."""
    builder = MatcherBuilder()
    first, second, third = (builder.add_words([word]) for word in ("加微信", "加微訊", "加微 信"))
    hits = builder.build().words.find(fold("加微信"))
    assert {first: "加微信", third: "加微 信"} == {of: hit[0].word for of, hit in hits.items()}
    assert second not in hits


@pytest.mark.parametrize("word", ["", " ", "\u200b", "\u00ad \u200d"])
def test_a_word_of_nothing_is_refused(word: str) -> None:
    """A word that would match everything or never is refused at load, by name."""
    with pytest.raises(ValueError, match="visible character"):
        MatcherBuilder().add_words(["加微信", word])


def test_a_wall_of_one_word_is_cut_short() -> None:
    """One word repeated a thousand times is evidence only so often, and others are still found."""
    found = spans(["加微信", "刷单"], "加微信" * 1000 + "刷单")
    assert ["加微信"] * HITS_OF_ONE_WORD + ["刷单"] == found


def test_ten_thousand_words_are_told_apart() -> None:
    """In a list of 10,000 words each is found, and no other with it."""
    words = [f"词{n:05}" for n in range(10_000)]
    builder = MatcherBuilder()
    number = builder.add_words(words)
    index = builder.build().words
    for word in words[::97]:
        hits = index.find(fold(f"看，{word[:1]} {word[1:]}好"))
        assert [word] == [hit.word for hit in hits[number]]


@given(
    st.lists(st.sampled_from(["加微信", "加微", "微信", "ad", "usdt", "x"]), max_size=4),
    st.text(alphabet="加微信 ax,dustＶ\u200b", max_size=30),
)
def test_the_index_agrees_with_a_plain_search(words: list[str], text: str) -> None:
    """A list matches exactly if one of its words stands in the folded text."""
    folded = fold(text)
    latin = "".join(char if char in "axdustv" else " " for char in folded.text).split()
    expected = any(word in (folded.letters if word > "一" else latin) for word in words)
    assert expected is (spans(words, text) is not None)
