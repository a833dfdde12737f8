"""Write `rules/tables/*.tsv` from Unicode data and OpenCC; run by developers, never by the product.

    python scripts/make_tables.py

It needs the `opencc` package. The Unicode version is that of the Python that runs it, so the files
are committed, and no other Python ever decides what they hold. Equal inputs give equal bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import opencc

TARGET = Path(__file__).resolve().parent.parent / "rules" / "tables"
# Planes above hold no character that two people would read alike; folding removes them all.
LAST = 0x3FFFF
WRITTEN = {"": "<none>", " ": "<space>"}


def _points(ranges: str) -> frozenset[int]:
    """Read `0300-036F 00AD`: hexadecimal code points and inclusive ranges."""
    found: set[int] = set()
    for item in ranges.split():
        first, _, last = item.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


# White_Space of Unicode's PropList.txt, and the Braille blank, which is used as one.
SPACES = _points("9-D 20 85 A0 1680 2000-200A 2028 2029 202F 205F 2800 3000")

# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, interlinear marks, object replacement,
# and lone surrogates, which no UTF-8 can hold.
IGNORABLE = _points(
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF"
    " FFA0 FFF0-FFFC 1BCA0-1BCA3 1D173-1D17A D800-DFFF"
)

# Signs of category Cf that are drawn: number and verse signs (Prepended_Concatenation_Mark).
DRAWN_CONTROLS = _points("600-605 6DD 70F 890-891 8E2 110BD 110CD")

# Marks that decorate a letter. Vowel signs of Thai, Devanagari and others spell words and stay.
MARK_BLOCKS = _points(
    "300-36F 483-489 591-5BD 5BF-5C7 610-61A 64B-65F 670 6D6-6ED 1AB0-1AFF 1DC0-1DFF 20D0-20FF"
    " 2DE0-2DFF 302A-302F 3099-309A A66F-A67D A69E-A69F FE20-FE2F"
)

# Latin and Greek letters lose their accents; in Cyrillic (й), kana (が) they tell letters apart.
ACCENTED = _points("C0-24F 370-3FF 1E00-1FFF")

# Trade marks are no letters: `tm` is an abuse in Chinese chat.
SIGNS = _points("2120 2122 1F16A-1F16C")

# Hangul letters of chat (ㅋㅋ) stay as typed.
KEPT = SIGNS | _points("3131-3163 3165-318E")

# What people type for one another, and NFKC leaves apart.
SAME = {
    **dict.fromkeys("‘’‚‛ʼ´′＇", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("〜∼", "~"),
    "⁄": "/",
    "➕": "+",
    "ɑ": "a",
    "ɡ": "g",
    "ı": "i",
    "ȷ": "j",
}

# Radicals of the supplement block that are drawn like a simplified character but have no NFKC.
RADICALS = dict(
    zip(
        "⻅⻆⻉⻋⻐⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻥⻦⻧⻨⻬⻮⻰⻳",
        "见角贝车钅长门青韦页风飞食饣马鱼鸟卤麦齐齿龙龟",
        strict=True,
    )
)

LATIN = re.compile(
    r"(?:(?:PARENTHESIZED )?LATIN (?:CAPITAL|SMALL) LETTER|LATIN LETTER SMALL CAPITAL"
    r"|(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])(?: WITH .+)?"
)
ENCLOSED_NUMBER = re.compile(
    r".*CIRCLED|PARENTHESIZED|DOUBLE CIRCLED|.* FULL STOP$|DIGIT .* COMMA$"
)

FIXED = {**SAME, **RADICALS, **dict.fromkeys(map(chr, SPACES), " ")}

# Scripts written without spaces between words: a word of them is looked for anywhere in a text.
UNSPACED = _points(
    "E00-EFF F00-FFF 1000-109F 1100-11FF 1780-17FF 1950-19DF 1A20-1AAF 1B00-1B7F 2E80-31FF"
    " 3400-4DBF 4E00-A4CF A960-A97F A980-A9FF AA00-AA7F AA80-AADF AC00-D7FF F900-FAFF FF66-FFDC"
    " 11700-1174F 16FE0-18DFF 1AFF0-1B2FF 20000-3FFFF"
)


@cache
def _converter(config: str) -> Callable[[str], str]:
    return opencc.OpenCC(config).convert


def _in_gb2312(text: str) -> bool:
    """Tell whether every character is in everyday simplified use."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _simplified(char: str) -> str:
    """Give the simplified form of one character, without the context that phrases would need.

    Regional and Japanese forms count only where the form is foreign to simplified Chinese: 芸 is
    Japanese for 藝, and a word of its own here.
    """
    if (plain := _converter("t2s")(char)) != char:
        return plain
    if _in_gb2312(char):
        return char
    for config in ("tw2s", "hk2s", "jp2t"):
        plain = _converter("t2s")(_converter(config)(char))
        if plain != char and len(plain) == 1 and _in_gb2312(plain):
            return plain
    return char


def _number(char: str, name: str) -> str | None:
    """Give the ASCII digits of a digit of any script, or of an enclosed number."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(char) == "No" and ENCLOSED_NUMBER.match(name):
        value = unicodedata.numeric(char)
        return str(int(value)) if value == int(value) and "IDEOGRAPH" not in name else None
    return None


def _is_invisible(point: int) -> bool:
    if point in IGNORABLE:
        return True
    category = unicodedata.category(chr(point))
    if category in {"Mn", "Me", "Mc"}:
        return point in MARK_BLOCKS
    return category in {"Cc", "Cf"} and point not in SPACES and point not in DRAWN_CONTROLS


def _compatible(char: str) -> str:
    """Give the NFKC form; Latin and Greek without accents, spacing accents as they are."""
    if 0xFFA1 <= ord(char) <= 0xFFDC and (single := unicodedata.decomposition(char)):
        return chr(int(single.removeprefix("<narrow> "), 16))
    plain = unicodedata.normalize("NFKC", char)
    if plain.startswith(" "):
        return char
    if ord(char) in ACCENTED:
        apart = unicodedata.normalize("NFKD", char)
        return "".join(each for each in apart if not _is_invisible(ord(each)))
    return plain


def _step(char: str) -> str:
    """Fold one character by one step."""
    point = ord(char)
    if point in KEPT or char in FIXED:
        return FIXED.get(char, char)
    if _is_invisible(point):
        return ""
    name = unicodedata.name(char, "")
    if (number := _number(char, name)) is not None:
        return number
    if match := LATIN.fullmatch(name):
        return match[1].lower()
    plain = _compatible(char).casefold()
    return _simplified(plain) if len(plain) == 1 else plain


def fold_char(char: str) -> str:
    """Give the folded form of one character: the fixed point of the steps."""
    before, after = "", char
    while before != after:
        before = after
        after = "".join(_step(each) for each in before)
    return after


def _fold_lines() -> Iterator[str]:
    """Give one line for each character that folding changes, runs of removed ones as one range."""
    point = 0
    while point <= LAST:
        folded = fold_char(chr(point))
        last = point
        if not folded:
            while last < LAST and not fold_char(chr(last + 1)):
                last += 1
        if folded != chr(point):
            place = f"{point:X}" if last == point else f"{point:X}-{last:X}"
            yield f"{place}\t{WRITTEN.get(folded, folded)}\n"
        point = last + 1


def _kind(point: int) -> str:
    """Say what a character is to the matching of words: `word`, `mark`, `letter` or nothing.

    `word` and `mark` join Latin-like words; `word` and `letter` are what the letters stream keeps.
    """
    category = unicodedata.category(chr(point))
    if point >= 0x20000:
        return "letter"
    if category[0] in "LN" and point not in SIGNS:
        return "letter" if point in UNSPACED else "word"
    if point == ord("_") or (category in {"Mn", "Mc"} and point not in UNSPACED):
        return "mark"
    return ""


def _kind_lines() -> Iterator[str]:
    """Give one line for each range of equal kind."""
    first, kind = 0, _kind(0)
    for point in range(1, LAST + 2):
        here = _kind(point) if point <= LAST else "end"
        if here != kind:
            if kind:
                yield f"{first:X}-{point - 1:X}\t{kind}\n"
            first, kind = point, here


def main() -> None:
    """Write both tables, and say what they were made with."""
    for name, lines in (("fold.tsv", _fold_lines()), ("kinds.tsv", _kind_lines())):
        content = "".join(lines)
        (TARGET / name).write_text(content, encoding="utf-8", newline="\n")
        print(f"{name}: {content.count(chr(10))} lines")
    print(f"Unicode {unicodedata.unidata_version}, opencc {opencc.__version__}")


if __name__ == "__main__":
    main()
