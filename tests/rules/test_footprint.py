"""Footprints: equal texts are equal, near copies are alike, strangers are not, on every machine."""

from __future__ import annotations

from struct import pack, unpack

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.footprint import Footprint, footprint, host_hash, keys, similarity
from rules.text import fold


def _drawn(count: int, state: int = 7) -> str:
    """Draw characters by a linear congruence: the same ones for ever."""
    chars = []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        chars.append(chr(0x4E00 + (state >> 16) % 0x5000))
    return "".join(chars)


LONG = _drawn(400)


def of(raw: str, *hosts: str) -> Footprint:
    """Give the footprint of a text."""
    return footprint(fold(raw), kind="text", hosts=hosts)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("快来看我们的直播间今晚八点", "快来看我们的直播间今晚八点", 100, 100),
        ("快来看我们的直播间今晚八点", "快来看我们的直播间今晚八点啦", 90, 99),
        ("快来看我们的直播间今晚八点", "快来看，我們的-直播间 今晚八点！！", 100, 100),
        ("快来看我们的直播间今晚八点", "快来看他们的直播间今晚九点", 60, 80),
        ("快来看我们的直播间今晚八点", "孩子的作业明天要交吗", 0, 39),
        ("明天早上八点在校门口集合", "今天晚上八点我们去吃火锅吧", 0, 39),
        ("Free cash, join today", "FREE CASH join today!!!", 100, 100),
        ("哈哈哈", "哈哈哈", 100, 100),
        ("哈哈哈", "哈哈", 0, 0),
        ("哈哈哈哈", "哈哈哈哈哈", 99, 100),
        ("哈哈哈哈", "哈哈哈", 0, 0),
        ("😀😀", "😀😀", 0, 0),
        ("", "", 0, 0),
        ("a", "", 0, 0),
        (LONG, LONG, 100, 100),
        (LONG, LONG[:300] + "完" * 5, 75, 95),
        (LONG, LONG[:200], 50, 80),
        (LONG, LONG[:20], 0, 30),
    ],
)
def test_similarity(one: str, other: str, low: int, high: int) -> None:
    """Likeness is that of the letters, whatever stands between them."""
    assert low <= similarity(of(one), of(other)) <= high


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_mutual(one: str, other: str) -> None:
    """Likeness lies between 0 and 100, and says the same from both sides."""
    there, back = similarity(of(one), of(other)), similarity(of(other), of(one))
    assert there == back
    assert 0 <= there <= 100


@given(st.text(st.sampled_from("abcd"), min_size=4, max_size=20), st.text("abcd", max_size=20))
def test_similarity_of_short_texts_is_exact(one: str, other: str) -> None:
    """Up to 24 bigrams the likeness is the Dice coefficient itself."""
    other += "abca"
    ours = {one[at : at + 2] for at in range(len(one) - 1)}
    theirs = {other[at : at + 2] for at in range(len(other) - 1)}
    expected = 200 * len(ours & theirs) // (len(ours) + len(theirs))
    assert (100 if one == other else expected) == similarity(of(one), of(other))


def test_similarity_of_long_texts_is_unbiased() -> None:
    """A text and its first half are alike by two thirds, on the average of many estimates."""
    texts = [_drawn(400, state) for state in range(60)]
    mean = sum(similarity(of(text), of(text[:200])) for text in texts) / len(texts)
    assert 63 <= mean <= 69


def test_footprint_is_the_same_everywhere() -> None:
    """A footprint's bytes are part of the journal, so no machine may come to others."""
    actual = of("加V信看直播", "t.me", "例え.jp")
    expected = Footprint(
        kind="text",
        length=6,
        digest=8116336844071937126,
        grams=pack("<5I", 437824478, 514066130, 896614203, 1224718472, 1633977068),
        hosts=(440468224, 29444597),
    )
    assert expected == actual


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_footprint_has_its_shape(raw: str) -> None:
    """A digest fits a signed 64-bit column, grams ascend, at most 24, from 4 letters on."""
    folded = fold(raw)
    actual = footprint(folded, kind="text", hosts=())
    grams = unpack(f"<{len(actual.grams) // 4}I", actual.grams)
    assert len(raw) == actual.length
    assert (not folded.letters) == (actual.digest == 0)
    assert 0 <= actual.digest < 2**63
    assert len(grams) <= 24
    assert (len(folded.letters) < 4) == (not grams)
    assert sorted(set(grams)) == list(grams)
    assert grams[:3] == keys(actual)


def test_footprint_is_small_when_written() -> None:
    """What is not there takes no bytes, and what is written is read again."""
    empty = footprint(fold("😀"), kind="sticker", hosts=())
    assert b'{"kind":"sticker","length":1}' == msgspec.json.encode(empty)
    full = of(LONG, "a.cn", "b.cn")
    assert full == msgspec.msgpack.decode(msgspec.msgpack.encode(full), type=Footprint)


def test_near_copies_share_a_key() -> None:
    """A copy with any one character changed is found by the index of keys."""
    raw = "日赚三百兼职无需经验加微信了解详情"
    assert len(keys(of(raw))) == 3
    for at in range(len(raw)):
        changed = raw[:at] + "口" + raw[at + 1 :]
        assert set(keys(of(raw))) & set(keys(of(changed)))


def test_hosts_keep_their_order() -> None:
    """Hosts stand in the order of their links, each with its own hash, lone surrogates too."""
    expected = (host_hash("b.cn"), host_hash("a.cn"), host_hash("\ud800"))
    assert expected == of("x", "b.cn", "a.cn", "\ud800").hosts
    assert len(set(expected)) == 3
