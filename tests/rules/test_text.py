"""The folding of text: what becomes of each trick, where it came from."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text import TABLES_DIGEST, fold, has_cjk, is_word_char

TABLES = Path(__file__).parents[2] / "rules" / "tables"

# Every Python must come to this digest. After `scripts/make_tables.py` changed a table, take the
# digest that the failing test prints.
GOLDEN = "13f823eddd82a23b7305851834757cd81eacb7e1969b693d62bc8bac8079688a"

TRICKY = (
    "加微VvＶ㎏㈠⑩ﷺ \n\t\u3000\xa0\u200b\u200d\ufe0f\u20e3é"
    "E\u0301賭場楽ᴠ𝕏😀🇨🇳-_1１'’\U000e0041\ud800"
)
ANY_CHAR = st.sampled_from(TRICKY) | st.characters(exclude_categories=())
MIXING_TEXT = st.text(st.sampled_from("aegxmкдаеσх -") | ANY_CHAR, max_size=40)

# Characters that may be read by the letters around them; alone they fold otherwise.
NEIGHBOURLY = range(0x370, 0x530)

FOLDS = [
    ("", "", ""),
    ("Hello World", "hello world", "helloworld"),
    ("ＶＸ：１２３", "vx:123", "vx123"),
    ("加 V-信", "加 v-信", "加v信"),
    ("微\u200b信\ufe0f號\u202e", "微信号", "微信号"),
    ("日-赚-一-万", "日-赚-一-万", "日赚一万"),
    ("賭場 眞人 佰嘉楽", "赌场 真人 佰嘉乐", "赌场真人佰嘉乐"),
    ("唫莎", "唫莎", "唫莎"),
    ("芸", "芸", "芸"),
    ("⓪①❶⓿➃⑸⒋⑽⑳", "01104541020", "01104541020"),
    ("9⁹₈³", "9983", "9983"),
    ("1️⃣2️⃣", "12", "12"),
    ("ⓥⓍ 🅥🅧 🆅 ⒱ 𝓥𝔁 ᴠ", "vx vx v v vx v", "vxvxvvvxv"),
    ("㎏㈠", "kg(一)", "kg一"),
    ("㊙㊀", "秘一", "秘一"),
    ("Café CAFE\u0301 ŁÓDŹ", "cafe cafe lodz", "cafecafelodz"),
    ("Straße ΣΊΣΥΦΟΣ", "strasse σισυφοσ", "strasseσισυφοσ"),
    ("Й Ё ё", "й ё ё", "йёё"),
    ("٣४", "34", "34"),
    ("don’t “x” — y～", 'don\'t "x" - y~', "dontxy"),
    ("a \u3000\xa0\n\t b", "a b", "ab"),
    ("a \u200b b", "a b", "ab"),
    ("  ", " ", ""),
    ("\x00\x1f\x7fa", "a", "a"),
    ("⻋⼈⾞", "车人车", "车人车"),
    ("品牌™", "品牌™", "品牌"),
    ("´a¨", "'a¨", "a"),
    ("ㅋㅋﾻㅋ한", "ㅋㅋㅋㅋ한", "ㅋㅋㅋㅋ한"),
    ("สวัสดี", "สวัสดี", "สวสด"),
    ("👨\u200d👩 🇨🇳", "👨👩 🇨🇳", ""),
    ("a\ud800b\udfff", "ab", "ab"),
    ("a\U000e0062\U000f0000b\U0010ffff", "ab", "ab"),
    ("\U0002f800\U00020000", "丽\U00020000", "丽\U00020000"),
    ("a_b", "a_b", "ab"),
]

MIXED = [
    ("Frее сash", "free cash"),
    ("РayPal", "paypal"),
    ("ΒΟΝUS", "bovus"),
    ("зaработок", "заработок"),
    ("okей", "окей"),
    ("привет", "привет"),
    ("αβγ δ", "αβγ δ"),
    ("сор", "сор"),
    ("сор a", "сор a"),
    ("USB-кабель", "usb-кабель"),
    ("iphoneпро", "iphoneпро"),
    ("vдvа", "vдvа"),
]


@pytest.mark.parametrize(("raw", "text", "letters"), FOLDS)
def test_folds(raw: str, text: str, letters: str) -> None:
    """Each way to disguise a word ends at the plain word."""
    folded = fold(raw)
    assert (raw, text, letters) == (folded.raw, folded.text, folded.letters)


@pytest.mark.parametrize(("raw", "text"), MIXED)
def test_reads_mixed_words_in_one_alphabet(raw: str, text: str) -> None:
    """Borrowed letters are read like their neighbours, and words of one alphabet stay."""
    assert text == fold(raw).text


def test_mixed_words_take_linear_time() -> None:
    """A long word of one alphabet beside a short mixed one is not read again and again."""
    raw = "aд " + "я" * 200_000
    assert "ад " + "я" * 200_000 == fold(raw).text


SPANS = [
    ("加 V-信", "letters", 0, 3, "加 V-信"),
    ("加 V-信", "letters", 1, 2, "V"),
    ("加 V-信", "text", 1, 3, " V"),
    ("重㎏㈠!", "text", 1, 3, "㎏"),
    ("重㎏㈠!", "text", 2, 3, "㎏"),
    ("重㎏㈠!", "text", 4, 5, "㈠"),
    ("重㎏㈠!", "letters", 2, 4, "㎏㈠"),
    ("a \u200b\n b", "text", 1, 2, " \u200b\n "),
    ("a \u200b\n b", "text", 1, 3, " \u200b\n b"),
    ("\u200b微\u200b信\u200b", "text", 0, 2, "微\u200b信"),
    ("😀𝓥𝔁😀", "text", 1, 3, "𝓥𝔁"),
    ("😀𝓥𝔁😀", "letters", 0, 1, "𝓥"),
    ("\U000e0041微\ud800信", "letters", 0, 2, "微\ud800信"),
    ("x Frее", "text", 2, 6, "Frее"),
    ("1️⃣", "text", 0, 1, "1"),
    ("ab", "text", 1, 1, ""),
    ("ab", "letters", 2, 2, ""),
    ("", "text", 0, 0, ""),
    ("\u200b", "letters", 0, 0, ""),
]


@pytest.mark.parametrize(("raw", "of", "start", "end", "expected"), SPANS)
def test_spans(raw: str, of: str, start: int, end: int, expected: str) -> None:
    """A span names the raw characters that made a piece of either stream."""
    first, last = fold(raw).span(start, end, of="text" if of == "text" else "letters")
    assert expected == raw[first:last]


def test_empty_spans_keep_their_place() -> None:
    """An empty span lies before the character that follows it, at the end behind the text."""
    folded = fold("\u200ba-b!")
    assert [(1, 1), (3, 3), (5, 5)] == [folded.span(at, at, of="letters") for at in range(3)]


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (0, 2), (1, 0), (2, 2)])
def test_refuses_spans_outside(start: int, end: int) -> None:
    """A span outside the stream is our own bug, and says so without showing the text."""
    with pytest.raises(ValueError, match=f"expected 0 <= start <= end <= 1, found {start} and"):
        fold("秘").span(start, end, of="text")


@given(MIXING_TEXT)
def test_folding_is_done_once(raw: str) -> None:
    """Folding a folded text changes nothing."""
    text = fold(raw).text
    assert text == fold(text).text


@given(MIXING_TEXT)
def test_folded_text_is_clean(raw: str) -> None:
    """No string makes folding fail, and what comes out is valid UTF-8 with single spaces."""
    folded = fold(raw)
    assert folded.text.encode().decode() == folded.text
    assert "  " not in folded.text
    assert " " not in folded.letters
    assert set(folded.letters) <= set(folded.text)


def _outside(char: str) -> bool:
    return ord(char) not in NEIGHBOURLY and not any(
        ord(each) in NEIGHBOURLY for each in fold(char).text
    )


@given(st.text(ANY_CHAR.filter(_outside), max_size=40), st.data())
def test_spans_hold_what_they_name(raw: str, data: st.DataObject) -> None:
    """Folding the raw piece again gives the folded piece, and both of its ends had a part in it."""
    folded = fold(raw)
    for of in ("text", "letters"):
        stream = folded.text if of == "text" else folded.letters
        start = data.draw(st.integers(0, len(stream)))
        end = data.draw(st.integers(start, len(stream)))
        first, last = folded.span(start, end, of="text" if of == "text" else "letters")
        assert 0 <= first <= last <= len(raw)
        piece = fold(raw[first:last])
        assert stream[start:end] in (piece.text if of == "text" else piece.letters)
        if start < end:
            assert fold(raw[first]).text
            assert fold(raw[last - 1]).text
        else:
            assert first == last


@given(MIXING_TEXT)
def test_spans_follow_one_another(raw: str) -> None:
    """Characters of a folded text stand in the order of the raw ones that made them."""
    folded = fold(raw)
    for of in ("text", "letters"):
        stream = folded.text if of == "text" else folded.letters
        spans = [
            folded.span(at, at + 1, of="text" if of == "text" else "letters")
            for at in range(len(stream))
        ]
        assert sorted(spans) == spans


def test_accents_fold_alike_in_both_spellings() -> None:
    """A Latin or Greek letter folds alike whether its accent is a character of its own or not."""
    accented = [
        chr(point)
        for low, high in ((0xC0, 0x24F), (0x370, 0x3FF), (0x1E00, 0x1FFF))
        for point in range(low, high + 1)
        if unicodedata.normalize("NFD", chr(point)) != chr(point)
        and unicodedata.category(chr(point))[0] == "L"
    ]
    assert len(accented) > 700
    differing = [
        char
        for char in accented
        if fold(char).text != fold(unicodedata.normalize("NFD", char)).text
    ]
    assert [] == differing


def test_every_python_folds_alike() -> None:
    """The folded bytes of all assigned planes are those of the tables, whatever Python runs."""
    digest = sha256()
    for first in range(0, 0x323B0, 16):
        folded = fold("".join(map(chr, range(first, first + 16))))
        spans = [folded.span(at, at + 1, of="text") for at in range(len(folded.text))]
        digest.update(f"{folded.text}\n{folded.letters}\n{spans}\n".encode())
    for point in range(0, 0x110000, 7):
        char = chr(point)
        folded = fold(f"a{char} {char}д")
        digest.update(f"{folded.text}\n{is_word_char(char)}{has_cjk(char)}\n".encode())
    assert GOLDEN == digest.hexdigest()


def test_tables_have_their_shape() -> None:
    """The committed tables are in order, nowhere twice, and are the ones that the digest names."""
    digest = sha256()
    for name, at_least in (("fold.tsv", 11_000), ("kinds.tsv", 900)):
        source = (TABLES / name).read_bytes()
        lines = source.decode().split("\n")
        assert lines.pop() == ""
        assert len(lines) > at_least
        last = -1
        for line in lines:
            place, value = line.split("\t")
            points = [int(point, 16) for point in place.split("-")]
            assert last < points[0] <= points[-1]
            assert value
            last = points[-1]
        digest.update(source + (b"\0" if name == "fold.tsv" else b""))
    assert TABLES_DIGEST == digest.hexdigest()
