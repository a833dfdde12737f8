"""The text of a file of switches to lines: indentation, what is said, and the comment behind it.

Which line belongs to which is for `blocks` to say.
"""

from __future__ import annotations

import re

from msgspec import Struct

from rules.files.source import lines_of

UTF8 = "UTF-8"
_ENCODINGS = ((b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"))
_WRITTEN = (
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-8", b""),
    ("gb18030", b""),
)
_BLANK = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Joiners (U+200C, U+200D) stay: emoji and some scripts are made of them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LEAD = re.compile(f"[{_BLANK}]*")
_RULER = re.compile(r"[-=_~*—─＝－～·.]{3,}")
_COMMENT = re.compile(f"[{_BLANK}]+[#＃](?=[{_BLANK}]|$)")
_TAB = 4  # columns that a tab is wide, as in most editors


class Line(Struct, frozen=True, kw_only=True):
    """One line. `indent` is in columns; `says` begins at `column`, counted from 1.

    `gap` and `comment` are what stands behind: spaces, and from the `#` on. `is_dirty`: something
    that cannot be seen was taken out.
    """

    number: int
    raw: str
    indent: int = 0
    column: int = 1
    says: str = ""
    gap: str = ""
    comment: str = ""
    is_dirty: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing: blank, a comment or a ruler."""
        return not self.says


def decoded(source: bytes | str) -> tuple[str, str] | None:
    """The text and the name of its encoding; None if it is no text that Notepad writes."""
    if isinstance(source, str):
        return source, UTF8
    for mark, codec, name in _ENCODINGS:
        if source.startswith(mark):
            return _tried(source, codec, name)
    if b"\0" in source:
        codec = "utf-16-le" if source[1:2] == b"\0" else "utf-16-be"
        return _tried(source, codec, "UTF-16")
    return _tried(source, "utf-8-sig", UTF8) or _tried(source, "gb18030", "GBK")


def encoded(text: str, like: bytes) -> bytes:
    """The text in the encoding of the bytes that it came from; UTF-8 if they are in none."""
    for codec, mark in _WRITTEN:
        try:
            body = like.removeprefix(mark)
            if mark + body.decode(codec).encode(codec) == like:
                return mark + text.encode(codec)
        except UnicodeError:
            continue
    return text.encode()


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text, in order."""
    return tuple(_line(n, raw) for n, raw in enumerate(lines_of(text.removeprefix("\ufeff")), 1))


def seen(raw: str) -> str:
    """A line without the characters that nobody sees."""
    return _UNSEEN.sub("", raw)


def _tried(source: bytes, codec: str, name: str) -> tuple[str, str] | None:
    try:
        return source.decode(codec).removeprefix("\ufeff"), name
    except UnicodeDecodeError:
        return None


def _line(number: int, raw: str) -> Line:
    shown = seen(raw)
    lead = _LEAD.match(shown)
    start = lead.end() if lead is not None else 0
    body = shown[start:].rstrip()
    indent = sum(_TAB if one == "\t" else 2 if one == "\u3000" else 1 for one in shown[:start])
    if not body or (body[0] in "#＃" and not _is_tag(body)) or _RULER.fullmatch(body):
        return Line(number=number, raw=raw, indent=indent, column=start + 1)
    says, gap, comment = without_comment(body)
    return Line(
        number=number,
        raw=raw,
        indent=indent,
        column=start + 1,
        says=says,
        gap=gap,
        comment=comment,
        is_dirty=shown != raw,
    )


def without_comment(body: str) -> tuple[str, str, str]:
    """What is said, the gap behind it, and the comment; ` # ` begins one, `#3` does not."""
    found = _COMMENT.search(body)
    if found is None:
        return body, "", ""
    return body[: found.start()], found[0][:-1], body[found.end() - 1 :]


def _is_tag(body: str) -> bool:
    """Whether a line that begins with # is a text such as `#话题# 大家好`, not a comment."""
    return body.count("#") >= 2 and body[1:2].strip() != ""
