"""Tables for `link`: every link of a message is judged, by whole host names."""

from __future__ import annotations

import pytest

from rules.conditions.addresses import LinkIs
from rules.message import Message
from tests.builders import message, view

SAFE = ("mp.weixin.qq.com", "docs.qq.com", "*.gov.cn")
BAD = ("evil.example", "t.me")

ANY = LinkIs()
NOT_IN = LinkIs(allowed=SAFE)
IN = LinkIs(among=BAD)
BOTH = LinkIs(allowed=("good.evil.example",), among=BAD)

ROWS = [
    # condition, message, the visible links that matched (None: no match)
    (ANY, message("看 a.com 和 b.com"), ["a.com", "b.com"]),
    (ANY, message("report.pdf 3.11.7 a@b.com"), None),
    (ANY, message("点这里", hidden=["a.com"]), []),
    (NOT_IN, message("https://mp.weixin.qq.com/s/a 和 www.gov.cn"), None),
    (
        NOT_IN,
        message("https://mp.weixin.qq.com/s/a http://evil.example/x"),
        ["http://evil.example/x"],
    ),
    (NOT_IN, message("https://mp.weixin.qq.com/s/a", hidden=["evil.example"]), []),
    (
        NOT_IN,
        message("http://mp.weixin.qq.com@evil.example/"),
        ["http://mp.weixin.qq.com@evil.example/"],
    ),
    (NOT_IN, message("mp.weixin.qq.com.evil.example"), ["mp.weixin.qq.com.evil.example"]),
    (NOT_IN, message("没有链接"), None),
    (LinkIs(allowed=()), message("docs.qq.com"), ["docs.qq.com"]),
    (IN, message("docs.qq.com a.evil.example/x"), ["a.evil.example/x"]),
    (IN, message("docs.qq.com notevil.example"), None),
    (LinkIs(among=()), message("evil.example"), None),
    (BOTH, message("good.evil.example/a"), None),
    (BOTH, message("good.evil.example/a t.me/x"), ["t.me/x"]),
]


@pytest.mark.parametrize(("condition", "said", "expected"), ROWS)
def test_every_link_is_judged(condition: LinkIs, said: Message, expected: list[str] | None) -> None:
    """A safe link before an unsafe one hides nothing, and hidden links count without a place."""
    answer = condition.ask(view(said))
    found = answer and [said.text[start:end] for start, end in answer[0].spans]
    assert expected == found


def test_the_evidence_names_sites_of_the_rule_only() -> None:
    """Sites are named once each, as the list has them, and never as the member wrote them."""
    said = message("x.evil.example/secret t.me/y t.me/z", hidden=["t.me"])
    answer = IN.ask(view(said))
    assert answer is not None
    assert "link" == answer[0].condition
    assert {"links": "4", "sites": "evil.example、t.me"} == answer[0].values
    other = ANY.ask(view(said))
    assert other is not None
    assert {"links": "4"} == other[0].values
