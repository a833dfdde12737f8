"""What each kind of group sets where its file says nothing: the table of first-hour.md, 5.3."""

from __future__ import annotations

from datetime import time, timedelta
from functools import cache

import pytest

from bot.judge import Judge
from rules.decision import Mode, Step
from rules.files import load
from rules.files.switches.kinds import OF_KIND
from rules.message import Kind
from rules.ruleset import Ruleset

OFF, ASK, LIVE = Mode.OFF, Mode.ASK, Mode.ENFORCE
KINDS = {
    "聊天": "chat",
    "家长": "parents",
    "二手": "market",
    "业主": "neighbours",
    "学习": "course",
    "会员": "fans",
    "推广": "promo",
    "币圈": "crypto",
}
TABLE = {
    "ads": (ASK, ASK, OFF, ASK, LIVE, LIVE, LIVE, LIVE),
    "links": (OFF, OFF, OFF, OFF, OFF, OFF, ASK, ASK),
    "newcomers": (ASK, OFF, ASK, ASK, ASK, ASK, ASK, ASK),
    "cards": (OFF, OFF, OFF, OFF, OFF, OFF, ASK, ASK),
    "flood": (LIVE,) * 8,
    "begging": (LIVE, OFF, LIVE, OFF, LIVE, LIVE, LIVE, LIVE),
    "fraud": (LIVE,) * 8,
    "gambling": (LIVE,) * 8,
    "porn": (LIVE,) * 8,
    "market-fraud": (OFF, OFF, LIVE, OFF, OFF, OFF, OFF, OFF),
    "insults": (LIVE,) * 8,
    "threats": (LIVE,) * 8,
    "minors": (LIVE,) * 8,
    "private": (LIVE, OFF, OFF, OFF, LIVE, LIVE, OFF, LIVE),
    "voice": (OFF,) * 8,
    "pictures": (OFF,) * 8,
    "videos": (OFF,) * 8,
}
NIGHTS = {
    "家长": (time(21, 30), time(7)),
    "业主": (time(22), time(7, 30)),
    "会员": (time(22, 30), time(8)),
    "币圈": None,
}
BY_HALVES = ("ads-perhaps", "newcomer-ads")
"""They only ask, also where a red packet forgives an advertisement."""


@cache
def of(kind: str) -> Ruleset:
    """What a file of three lines amounts to."""
    ruleset = load(f"群: 一群\n负责人: 小李\n群类型: {kind}\n", file="群规.yaml").ruleset
    assert ruleset is not None
    return ruleset


def test_the_table_has_all_kinds() -> None:
    """No kind of group is left out, and it may be called by its English name."""
    assert list(OF_KIND) == list(KINDS.values())
    for kind, english in KINDS.items():
        assert of(kind).digest == of(english).digest


@pytest.mark.parametrize(("nth", "kind"), list(enumerate(KINDS)))
def test_a_kind_sets_what_the_table_says(nth: int, kind: str) -> None:
    """Every category is off, asks or acts, as far as the file's own mode lets it."""
    found: dict[str, set[Mode]] = {}
    for rule in of(kind).rules:
        if rule.id not in BY_HALVES:
            found.setdefault(rule.category, set()).add(rule.mode)
    assert Mode.SHADOW == of(kind).mode
    assert {category: {row[nth]} for category, row in TABLE.items()} == {
        category: found.get(category) for category in TABLE
    }


@pytest.mark.parametrize("kind", KINDS)
def test_nights_newcomers_and_steps(kind: str) -> None:
    """When the bot is silent, for how long somebody is new, and two reminders before a rest."""
    quiet = of(kind).quiet
    assert NIGHTS.get(kind, (time(23), time(7))) == (quiet and quiet.between)
    assert timedelta(days=3 if kind == "币圈" else 1) == of(kind).roles.newcomer_for
    rungs = of(kind).ladder.rungs
    assert [Step.WARN] * 2 + [Step.MUTE] * 3 + [Step.REMOVE] == [rung.do for rung in rungs]
    assert [1, 7, 15] == [rung.length.days for rung in rungs if rung.length is not None]
    assert rungs[-1].confirm


def test_an_advertisement_is_forgiven_by_a_packet_only_where_it_is_promoted() -> None:
    """推广 waits three minutes for a red packet; no other kind does."""
    waits = {
        kind: {rule.unless.follow_up.within for rule in of(kind).rules if rule.unless is not None}
        for kind in KINDS
    }
    assert {timedelta(minutes=3)} == waits.pop("推广")
    assert [set()] * 7 == list(waits.values())
    unless = next(rule.unless for rule in of("推广").rules if rule.id == "ads")
    assert unless is not None
    assert Kind.RED_PACKET is unless.follow_up.kind


@pytest.mark.parametrize("category", ["insults", "threats", "minors"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_admins_hear_of_it_and_nobody_else(kind: str, category: str) -> None:
    """Insults, threats and whoever is after a child: told quietly, nothing is done or said."""
    rules = [rule.then for rule in of(kind).rules if rule.category == category]
    assert rules
    for then in rules:
        assert (0, False, False, "", True) == (
            then.strikes,
            then.delete,
            then.ask,
            then.say,
            then.notify,
        )


def test_words_of_coins_are_ordinary_where_coins_are_traded() -> None:
    """Airdrops and wallets are small talk there, and no sign of fraud; other signs stay."""
    text = "kind: {}\ngroups: One\nowner: Ann\nmode: live\nscams and adult: ask\n"
    talk = {"text": "airdrop of free tokens, see t.me/tokens77"}
    lure = {"text": "presale of free tokens, see t.me/tokens77"}
    said = {}
    for kind in ("chat", "crypto"):
        ruleset = load(text.format(kind), file="rules.yaml").ruleset
        assert ruleset is not None
        said[kind] = [Judge(ruleset).judged(one)["rule"] for one in (talk, lure)]
    assert ["free-coins", "free-coins"] == said["chat"]
    assert "free-coins" not in (said["crypto"][0] or "")
    assert "free-coins" == said["crypto"][1]
