"""Tables for `rules.links`: what is an address, where it stands, and whose host it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.links import find_links, host_of, under, written

FOUND = [
    # text, the addresses as they stand in it, their hosts
    ("看这个evil.com吧", ["evil.com"], ["evil.com"]),
    ("Visit HTTPS://Shop.Example/A?b=c!", ["HTTPS://Shop.Example/A?b=c"], ["shop.example"]),
    ("(see http://a.com/x).", ["http://a.com/x"], ["a.com"]),
    (
        "点 http://a.com/x，再点http://b.com。",
        ["http://a.com/x", "http://b.com"],
        ["a.com", "b.com"],
    ),
    ("https://mp.weixin.qq.com。大家看看", ["https://mp.weixin.qq.com"], ["mp.weixin.qq.com"]),
    ("https://mp.weixin.qq.com看看", ["https://mp.weixin.qq.com"], ["mp.weixin.qq.com"]),
    ("http://qq.com看.evil.cn/", ["http://qq.com看.evil.cn/"], ["qq.com看.evil.cn"]),
    ("https://mp.weixin.qq.com，看", ["https://mp.weixin.qq.com"], ["mp.weixin.qq.com"]),
    ("https://pan.baidu.com/s/1x：提取码", ["https://pan.baidu.com/s/1x"], ["pan.baidu.com"]),
    ("http://例子.中国/路", ["http://例子.中国/路"], ["例子.中国"]),
    ("来彩票.com 玩", ["来彩票.com"], ["来彩票.com"]),
    ("看例子.com/a?b，好", ["看例子.com/a?b"], ["看例子.com"]),
    ("ｅｖｉｌ．ｃｏｍ／ａ", ["ｅｖｉｌ．ｃｏｍ／ａ"], ["evil.com"]),
    ("http：／／evil.com", ["http：／／evil.com"], ["evil.com"]),
    ("网址evil。com", ["evil。com"], ["evil.com"]),
    ("ev\u200bil.c\u2060om!", ["ev\u200bil.c\u2060om"], ["evil.com"]),
    ("...evil.com...加我", ["evil.com"], ["evil.com"]),
    ("_evil.com_ -evil.org-", ["evil.com", "evil.org"], ["evil.com", "evil.org"]),
    ("evil.com.Thanks", ["evil.com"], ["evil.com"]),
    ("mp.weixin.qq.com.evil.xyz/s", ["mp.weixin.qq.com.evil.xyz/s"], ["mp.weixin.qq.com.evil.xyz"]),
    ("a.co.uk:8080/x?y#z", ["a.co.uk:8080/x?y#z"], ["a.co.uk"]),
    ("a.com..b.org", ["a.com", "b.org"], ["a.com", "b.org"]),
    ("www.evil.zzz/x", ["www.evil.zzz/x"], ["evil.zzz"]),
    ("tg://resolve?domain=x", ["tg://resolve?domain=x"], ["t.me"]),
    ("http://[::1]:80/x http://[::1]", ["http://[::1]:80/x", "http://[::1]"], ["[::1]", "[::1]"]),
    ("http://2130706433/", ["http://2130706433/"], ["2130706433"]),
    ("http://a.com,http://b.com", ["http://a.com", "http://b.com"], ["a.com", "b.com"]),
    (
        "https://mp.weixin.qq.com/s/ahttps://evil.com/x",
        ["https://mp.weixin.qq.com/s/a", "https://evil.com/x"],
        ["mp.weixin.qq.com", "evil.com"],
    ),
    ("https://a.com/?u=https://b.com", ["https://a.com/?u=https://b.com"], ["a.com"]),
    (
        "http://mp.weixin.qq.com@evil.example/",
        ["http://mp.weixin.qq.com@evil.example/"],
        ["evil.example"],
    ),
    ("邮件a@b.com或c.com", ["c.com"], ["c.com"]),
    ("evil.com@", ["evil.com"], ["evil.com"]),
]

NOT_FOUND = [
    "",
    "大家周末加班吗。",
    "a@b.com anna.de@firma.com me@www.x.evil.com 张三@evil.com",
    "@Mr.Pro 你好",
    "Python 3.11.7，微信8.0.50",
    "report.pdf a.py user.test.ts a/b/readme.md 照片.jpg",
    "Aww.. so cute. e.g. this, 3.5元 12.30见",
    "http:// http://x https://",
    "好。com",
    "www.hello",
    "1. 王姐 2. 李哥",
]

HOSTS = [
    ("https://user:pass@Evil.Example:8080/x", "evil.example"),
    ("http://mp.weixin.qq.com@evil.example/", "evil.example"),
    ("http://mp.weixin.qq.com\\@evil.example/", "mp.weixin.qq.com"),
    ("http://evil.example#@mp.weixin.qq.com", "evil.example"),
    ("http://evil.example?@mp.weixin.qq.com/", "evil.example"),
    ("mp.weixin.qq.com/?u=http://evil.example", "mp.weixin.qq.com"),
    ("https:\\\\evil.example\\x", "evil.example"),
    ("https:/evil.example", "evil.example"),
    ("//evil.example/x", "evil.example"),
    ("  HTTP://WWW.EVIL.EXAMPLE.  ", "evil.example"),
    ("https://www.so", "www.so"),
    ("http://%65vil.example/", "evil.example"),
    ("http://mp.weixin.qq.com%2f.evil.example/", "mp.weixin.qq.com/.evil.example"),
    ("http://ｅｖｉｌ。example", "evil.example"),
    ("http://xn--fsqu00a.xn--fiqs8s/", "例子.中国"),
    ("http://xn--99999999999.com/", "xn--99999999999.com"),
    ("http://a.xn--fiqs8s", "a.中国"),
    ("http://ЕVIL.com", "Еvil.com"),
    ("weixin://dl/business", "dl"),
    ("tgx://resolve", "resolve"),
    ("", ""),
    ("https://", ""),
]

UNDER = [
    ("mp.weixin.qq.com", "mp.weixin.qq.com", True),
    ("mp.weixin.qq.com", "qq.com", True),
    ("mp.weixin.qq.com", "*.qq.com", True),
    ("gov.cn", "*.gov.cn", True),
    ("baidu.com", "www.baidu.com", True),
    ("docs.qq.com", "https://docs.qq.com/", True),
    ("docs.qq.com", " .QQ.com ", True),
    ("evilqq.com", "qq.com", False),
    ("qq.com.evil.example", "qq.com", False),
    ("qq.com", "mp.qq.com", False),
    ("evil.com", "", False),
    ("", "", False),
    ("", "evil.com", False),
]


@pytest.mark.parametrize(("text", "places", "hosts"), FOUND, ids=[row[0] for row in FOUND])
def test_addresses_are_found(text: str, places: list[str], hosts: list[str]) -> None:
    """Each address is found once, at its place in the text as sent, with the host it leads to."""
    found = find_links(text)
    assert places == [text[link.start : link.end] for link in found]
    assert hosts == [link.host for link in found]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    """E-mail addresses, versions, file names, prices and sentences are no links."""
    assert () == find_links(text)


@pytest.mark.parametrize(("url", "host"), HOSTS)
def test_a_host_is_read_as_a_browser_reads_it(url: str, host: str) -> None:
    """No way of writing an address makes it look as if it led elsewhere."""
    assert host == host_of(url)


@pytest.mark.parametrize(("host", "suffix", "expected"), UNDER)
def test_hosts_are_compared_by_whole_labels(host: str, suffix: str, expected: bool) -> None:
    """A host is under itself and its parents, however a file spells them, and nothing else."""
    assert expected is under(host, suffix)


def test_a_written_message_has_its_links() -> None:
    """A message made of a text alone carries the links in it, none of them hidden."""
    assert [("evil.com", False)] == [
        (link.host, link.hidden) for link in written("看evil.com").links
    ]


@given(st.text(alphabet="a.:/@hp看。．s\u200b-_?#，x:// com", max_size=60))
def test_places_are_in_order_and_hold_the_address(text: str) -> None:
    """In any text, links stand inside it, in order, do not overlap, and have a host."""
    found = find_links(text)
    ends = [0, *(link.end for link in found)]
    assert all(before <= link.start < link.end for before, link in zip(ends, found, strict=False))
    assert all(link.host and link.end <= len(text) for link in found)
