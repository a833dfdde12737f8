"""Web addresses inside a text, each with its host and its place. Nothing is ever fetched.

Linear in the length of the text: runs of characters are cut out once and then looked at label by
label. Which hosts are safe is for the rules to say (`rules.conditions.addresses`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from rules.message import Link, Message

# Top-level domains under which a bare `name.tld` counts as an address: the generic ones that group
# chats use, and country codes that are not also common file endings or words.
_SURE_NAMES = "com|net|org|cn|top|xyz|vip|ru"
_BARE_NAMES = (
    f"{_SURE_NAMES}|cc|me|io|info|shop|site|online|club|live|app|de|uk|fr|jp|kr|tw|hk|co|ly|gl|link|biz|"
    "pro|fun|ltd|store|icu|wang|ink|tv|gov|edu|example|test|dev|page|su|ua|kz|eu"
)
_SURE = frozenset(_SURE_NAMES.split("|"))
_BARE = frozenset(_BARE_NAMES.split("|"))
_AFTER_HAN = "com|cn|net|org|top|vip|xyz|cc|中国|网址"

_STOP = r"\s\u00a0\u2000-\u200a\u3000<>\"'`()（）【】《》「」『』“”‘’，。｡；！？、：…—"
_SCHEME = r"(?:https?|ftps?|tg)[:：]//"
_FIND = re.compile(
    rf"""(?P<scheme>{_SCHEME})(?P<place>(?:\[[0-9a-f:.]+\])?(?:(?!{_SCHEME})[^{_STOP}/?#\\])+)
    |(?P<token>[a-z0-9@._-]+)
    |(?P<han>[\u3400-\u9fff]{{1,20}}\.(?:{_AFTER_HAN})(?![a-z0-9_-]))""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TAIL = re.compile(
    rf"(?::\d{{1,5}})?(?:[/?#\\](?:(?!(?<![=/?&#:]){_SCHEME})[^{_STOP}])*)?",
    re.IGNORECASE | re.ASCII,
)
_UNSEEN = "[\u00ad\u180e\u200b-\u200f\u2060\ufeff]"
_INVISIBLE = re.compile(_UNSEEN)
_HINT = re.compile(f"[.．。｡]{_UNSEEN}*[A-Za-zＡ-Ｚａ-ｚ中网]|//|／／")  # a cheap look at first
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*", re.IGNORECASE | re.ASCII)
_GLUED = re.compile(
    r"((?:[^@]*@)?(?:[a-z0-9_-]+\.)+[a-z]{2,}(?::\d+)?)[^\x00-\x7f][^.]*$", re.IGNORECASE | re.ASCII
)
_STOP_FOR_DOT = re.compile(
    rf"(?<=[a-z0-9])[。｡](?=(?:[a-z0-9-]{{1,30}}[.。｡]){{0,2}}(?:{_BARE_NAMES})(?![a-z0-9]))",
    re.IGNORECASE | re.ASCII,
)
_WIDE = {
    **{0xFEE0 + at: at for at in (*range(0x30, 0x3A), *range(0x40, 0x5B), *range(0x61, 0x7B))},
    **{0xFEE0 + ord(sign): ord(sign) for sign in "./-_"},
}
_TRAILING = ".,;:!?)]}'\"*_~"

_ORIGIN = re.compile(
    r"(?:(?:https?|ftps?)[:：][/\\]*|[a-z][a-z0-9+.-]{0,15}[:：]//|//)", re.IGNORECASE
)
_HOST = re.compile(r"\[[0-9a-f:.]+\]|[^\s:,;!*'\"()<>|^`{}\[\]$&+=]+", re.IGNORECASE)
_PATH = re.compile(r"[/?#\\]")
_ESCAPE = re.compile(r"%([0-7][0-9a-f])", re.IGNORECASE)
_HOST_CHARS = {
    **_WIDE,
    **{ord(dot): "." for dot in "。｡"},
    **{at: at + 32 for at in range(0x41, 0x5B)},
    **{0xFEE0 + at: at + 32 for at in range(0x41, 0x5B)},
}


def host_of(url: str) -> str:
    """The host of an address in lower case, without user, port and `www.`; "" if there is none.

    Read as a browser would: `\\` is `/`, escapes and full-width letters are undone, and
    `xn--` labels are spelled out. `tg://` leads to t.me.
    """
    url = _INVISIBLE.sub("", url).strip()
    origin = _ORIGIN.match(url)
    if origin is not None and origin.group().lower() in ("tg://", "tg：//"):
        return "t.me"
    rest = url[origin.end() if origin else 0 :]
    place = _PATH.split(rest, maxsplit=1)[0].rsplit("@", 1)[-1]
    place = _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), place)
    found = _HOST.match(place.translate(_HOST_CHARS))
    host = found.group().strip(".") if found else ""
    if "xn--" in host:
        host = ".".join(map(_spelled_out, host.split(".")))
    return host[4:] if host.startswith("www.") and "." in host[4:] else host


def find_links(text: str) -> tuple[Link, ...]:
    """Every address in `text`, in order.

    Full-width letters and dots are read as plain ones, invisible characters are left out. E-mail
    addresses, version numbers and file names are no links.
    """
    if not _HINT.search(text):
        return ()
    plain, places = _plain(text)
    found: list[Link] = []
    at = 0
    while hit := _FIND.search(plain, at):
        spans = _spans(plain, hit)
        for start, end in spans:
            url = plain[start:end]
            found.append(
                Link(url=url, host=host_of(url), start=places[start], end=places[end - 1] + 1)
            )
        at = max((end for _, end in spans), default=hit.end())
    return tuple(found)


def under(host: str, suffix: str) -> bool:
    """Whether `host` is `suffix` or below it. `*.gov.cn` means hosts below gov.cn, and gov.cn.

    `host` is as `host_of` gives it; `suffix` as somebody wrote it, a whole address too.
    """
    wanted = _suffix(suffix)
    return bool(wanted) and (host == wanted or host.endswith("." + wanted))


def written(text: str) -> Message:
    """A message that is only this text, with its links found."""
    return Message(text=text, links=find_links(text))


@lru_cache(maxsize=4096)
def _suffix(suffix: str) -> str:
    return host_of(suffix.strip().removeprefix("*.").lstrip("."))


def _spelled_out(label: str) -> str:
    """An `xn--` label in its own letters; as it was if it is no such label."""
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _plain(text: str) -> tuple[str, range | list[int]]:
    """The text without invisible characters, in half-width letters; and where each one stood."""
    places: range | list[int] = range(len(text))
    if _INVISIBLE.search(text):
        places = [at for at, char in enumerate(text) if not _INVISIBLE.match(char)]
        text = _INVISIBLE.sub("", text)
    return _STOP_FOR_DOT.sub(".", text.translate(_WIDE)), places


def _spans(plain: str, hit: re.Match[str]) -> list[tuple[int, int]]:
    if hit["scheme"]:
        return _with_scheme(plain, hit)
    if hit["han"]:
        return [(hit.start(), _end(plain, hit.end()))]
    return _in_token(plain, hit)


def _end(plain: str, host_end: int) -> int:
    """The end of an address whose host ends here: port, path and query belong to it."""
    tail = _TAIL.match(plain, host_end)
    whole = plain[host_end : tail.end()] if tail else ""
    return host_end + len(whole.rstrip(_TRAILING))


def _with_scheme(plain: str, hit: re.Match[str]) -> list[tuple[int, int]]:
    """An address that says what it is. Text glued to its host is cut off: 看https://qq.com看看."""
    place = hit["place"]
    if glued := _GLUED.match(place):
        end = hit.start("place") + glued.end(1)
    elif hit.end() < len(plain) and plain[hit.end()] in "/?#\\":
        end = _end(plain, hit.end())
    else:
        end = hit.start("place") + len(place if place[0] == "[" else place.rstrip(_TRAILING))
    host = host_of(plain[hit.start() : end])
    is_number = host.isascii() and host.isdigit()
    return [(hit.start(), end)] if "." in host or host[:1] == "[" or is_number else []


def _in_token(plain: str, hit: re.Match[str]) -> list[tuple[int, int]]:
    """Bare addresses in a run of letters, digits, dots and hyphens."""
    token = hit.group().rstrip("@")
    if "@" in token:
        return []
    spans = []
    for name in _NAME.finditer(token):
        length = _host_length(name.group())
        if length:
            start, end = hit.start() + name.start(), hit.start() + name.start() + length
            spans.append((start, _end(plain, end) if end == hit.end() else end))
    return spans


def _host_length(name: str) -> int:
    """How much of a dotted name is a host; 0 if it is none.

    `evil.com.Thanks` holds evil.com, but `user.test.ts` is a file: only few domains end a host
    before
    a dot. After `www.` any ending will do.
    """
    labels = name.rstrip("_-").lower().split(".")
    whole = len(labels)
    if whole > 2 and labels[0] == "www":
        return len(name)
    for count in range(whole, 1, -1):
        if labels[count - 1] in (_BARE if count == whole else _SURE):
            return len(".".join(labels[:count]))
    return 0
