"""What each kind of group answers where its file says nothing: first-hour.md, section 5.3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

USUAL: Final[Mapping[str, str]] = {
    "ads": "ask",
    "links": "yes",
    "newcomer_links": "ask for 1d",
    "cards": "yes",
    "flood": "remind",
    "begging": "remind",
    "scams": "punish",
    "insults": "tell me",
    "private": "remind only them",
    "minors": "tell me",
    "voice": "yes",
    "pictures": "yes",
    "videos": "yes",
    "night": "23:00-07:00",
    "steps": "remind, remind, mute 1d, mute 7d, mute 15d, remove",
}
"""What most kinds answer."""

OF_KIND: Final[Mapping[str, Mapping[str, str]]] = {
    "chat": {},
    "parents": {
        "newcomer_links": "yes",
        "begging": "off",
        "private": "off",
        "night": "21:30-07:00",
    },
    "market": {"ads": "yes", "private": "off"},
    "neighbours": {"begging": "off", "private": "off", "night": "22:00-07:30"},
    "course": {"ads": "no"},
    "fans": {"ads": "no", "night": "22:30-08:00"},
    "promo": {"ads": "red packet within 3m", "links": "ask", "cards": "ask", "private": "off"},
    "crypto": {
        "ads": "no",
        "links": "ask",
        "newcomer_links": "ask for 3d",
        "cards": "ask",
        "night": "off",
    },
}
"""What a kind answers otherwise."""

ORDINARY: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "crypto": {
        "claim": ("airdrop", "airdrops", "connect your wallet", "connect wallet"),
        "coin_words": ("空投",),
        "coin_gain": ("连接钱包", "钱包领取"),
    },
}
"""Words that are ordinary in a kind of group, by the shipped list in which they are evidence."""


def answers(kind: str) -> Mapping[str, str]:
    """All answers of a kind of group, as an English file would write them."""
    return {**USUAL, **OF_KIND[kind]}
