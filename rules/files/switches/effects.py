"""What each answer changes in the shipped rules, as data: overrides of their ids and categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from rules.files.switches.sentences import REMINDER, Said

Data: TypeAlias = "str | Said | Sequence[Data] | Mapping[str, Data]"
"""Plain data of the full form; a `Said` becomes its text, `{n}` the number of the answer."""

_QUIETLY: Final[Mapping[str, Data]] = {
    "strikes": "0",
    "delete": "false",
    "ask": "false",
    "say": "",
    "notify": "admins",
}
_GENTLY: Final[Mapping[str, Data]] = {
    "strikes": "0",
    "delete": "false",
    "ask": "false",
    "say": REMINDER,
}
_PACKET: Final[Mapping[str, Data]] = {
    "followed_by": {"kind": "red_packet", "from": "anybody", "within": "{n}m"},
    "if_unverifiable": "allow",
}
_NO_LINKS: Final = Said(
    "@{member} 这个群先不发外面的链接，刚才那条麻烦收一下。我看错了就回“误会”。",
    "{member}, no outside links here, please. Got it wrong? Reply “mistake”.",
)
_NO_CARDS: Final = Said(
    "@{member} 这个群先不发名片和小程序，刚才那条麻烦收一下。我看错了就回“误会”。",
    "{member}, no contact cards here, please. Got it wrong? Reply “mistake”.",
)
_NOT_YET: Final = Said(
    "@{member} 刚来的头{n}天先不发链接，过几天就好。我看错了就回“误会”。",
    "{member}, no links in the first {n} days, please. Got it wrong? Reply “mistake”.",
)


def _of(use: Data, mode: str, **changed: Data) -> Mapping[str, Data]:
    return {"use": use, "mode": mode, **changed}


def _away(say: Said) -> Mapping[str, Data]:
    return {"strikes": "0", "ask": "false", "delete": "true", "say": say}


# They only ask; where a packet forgives an advertisement, it spares the admins the question too.
_PERHAPS: Final = ("ads-perhaps", "newcomer-ads")
_SCAMS: Final = ("fraud", "gambling", "porn")
_ABUSE: Final = ("insults", "threats")
_LIVE, _ASK, _OFF = "enforce", "ask", "off"

EFFECTS: Final[Mapping[tuple[str, str], tuple[Mapping[str, Data], ...]]] = {
    ("ads", "no"): (_of("ads", _LIVE, unless="off"),),
    ("ads", "ask"): (_of("ads", _ASK, unless="off"),),
    ("ads", "packet"): (_of("ads", _LIVE, unless=_PACKET), _of(_PERHAPS, _ASK)),
    ("ads", "yes"): (_of("ads", _OFF),),
    ("links", "no"): (_of("links", _LIVE, then=_away(_NO_LINKS)),),
    ("links", "ask"): (_of("links", _ASK),),
    ("links", "yes"): (_of("links", _OFF),),
    ("newcomer_links", "first_ask"): (_of("newcomers", _ASK),),
    ("newcomer_links", "first_no"): (_of("newcomers", _LIVE, then=_away(_NOT_YET)),),
    ("newcomer_links", "yes"): (_of("newcomers", _OFF),),
    ("cards", "no"): (_of("cards", _LIVE, then=_away(_NO_CARDS)),),
    ("cards", "ask"): (_of("cards", _ASK),),
    ("cards", "yes"): (_of("cards", _OFF),),
    ("flood", "remind"): (_of("flood", _LIVE, then={"strikes": "0"}),),
    ("flood", "punish"): (_of("flood", _LIVE, then={"strikes": "1"}),),
    ("flood", "off"): (_of("flood", _OFF),),
    ("scams", "punish"): (_of(_SCAMS, _LIVE),),
    ("scams", "ask"): (_of(_SCAMS, _ASK),),
    ("scams", "tell"): (_of(_SCAMS, _LIVE, then=_QUIETLY),),
    ("scams", "off"): (_of(_SCAMS, _OFF),),
    ("insults", "tell"): (_of(_ABUSE, _LIVE, then=_QUIETLY),),
    ("insults", "remind"): (
        _of("insults", _LIVE, then=_GENTLY),
        _of("threats", _LIVE, then=_QUIETLY),
    ),
    ("insults", "ask"): (_of(_ABUSE, _ASK),),
    ("insults", "off"): (_of(_ABUSE, _OFF),),
    ("private", "hint"): (_of("private", _LIVE),),
    ("private", "off"): (_of("private", _OFF),),
    ("minors", "tell"): (_of("minors", _LIVE, then=_QUIETLY),),
    ("minors", "off"): (_of("minors", _OFF),),
    ("begging", "remind"): (_of("begging", _LIVE),),
    ("begging", "off"): (_of("begging", _OFF),),
    ("forbidden", ""): (_of("forbidden-words", _LIVE),),
    **{
        (kind, answer): (change,)
        for kind in ("voice", "pictures", "videos")
        for answer, change in (
            ("no", _of(kind, _LIVE, then={"delete": "true"})),
            ("remind", _of(kind, _LIVE, then={"strikes": "0", "delete": "false"})),
            ("yes", _of(kind, _OFF)),
        )
    },
}
"""The overrides of a switch and its answer."""

EFFECTS_OF_KIND: Final[Mapping[tuple[str, str, str], tuple[Mapping[str, Data], ...]]] = {
    ("market", "scams", "punish"): (_of("market-fraud", _LIVE),),
    ("market", "scams", "ask"): (_of("market-fraud", _ASK),),
    ("market", "scams", "tell"): (_of("market-fraud", _LIVE, then=_QUIETLY),),
}
"""The overrides that an answer has in one kind of group besides."""

THEN: Final[Mapping[str, Mapping[str, Data]]] = {
    "remind": {"say": REMINDER, "at_most": "1/10m"},
    "punish": {"strikes": "1", "delete": "true"},
    "ask": {"ask": "true"},
    "tell": {"notify": "admins"},
}
"""What an own rule costs."""

_PHONE: Final = "(?:^|[^0-9x])1[3-9x][0-9x]{9}(?:[^0-9x]|$)|\\+[0-9]{8,15}"

_WHO_MAY_CALL: Final = "人他她它谁们师友长户妈爸哥姐总又直"
"""Letters before "找我" where somebody tells of being asked, and does not ask for it."""

ALSO_WHEN: Final[Mapping[str, Mapping[str, Data]]] = {
    "contact": {
        "any": (
            {"link": "any"},
            {"regex": "(?:加|\\+|找|扣|联系|咨询|私|戳)[ :,]*(?:vx|wx|v|q|qq|tg|微信|微)"},
            {"regex": f"(?:^|[^{_WHO_MAY_CALL}])(?:加|\\+|找|扣|联系|咨询|私|戳)[ :,]*我"},
            {
                "regex": "(?:微信|vx|wx|qq|电话|手机|telegram|whatsapp|signal)"
                "(?:号)?[ :,]*[a-z0-9+@][a-z0-9_-]{4,}"
            },
            {"regex": f"(?:^|[^a-z0-9.])@[a-z][a-z0-9_]{{4,31}}|{_PHONE}"},
        )
    },
    "link": {"link": "any"},
    "phone": {"regex": _PHONE},
    "price": {"regex": "[0-9x]+ ?(?:元|块|rmb|usd|eur|€|¥|￥|\\$)|[¥￥$€] ?[0-9x]+"},
}
"""The conditions that an own rule may add to its words."""


def uses_of(effect: Mapping[str, Data]) -> tuple[str, ...]:
    """The rules and categories that an override is about."""
    named = effect["use"]
    return (named,) if isinstance(named, str) else tuple(map(str, named))
