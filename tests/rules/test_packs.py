"""The shipped packs, the starter files and the market example: they prove themselves and spare
ordinary chat.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.judge import Judge
from bot.ruletests import run, untested
from rules.decision import Mode
from rules.files import Loaded, enforced, load, load_pack, shipped_packs
from rules.files.data import plain
from rules.files.schema import RuleFile

ROOT = Path(__file__).parents[2]
PACKS = shipped_packs()
FOLDER = ROOT / "rules" / "packs"
STARTERS = {"zh": "zh-starter", "en": "en-starter"}
PAIRS = {
    "zh-starter": """easy_jobs quick_pay, easy_jobs next_step, quick_pay next_step,
        stock_lures next_step,
        launder launder_pay, launder next_step, coin_words coin_gain, coin_gain next_step,
        coin_words next_step, official_voice bait, shady trade, shady next_step, trade next_step,
        bet_games bet_bonus, bet_bonus next_step, bet_games next_step, night night_talk,
        night night_codes, night_talk night_codes, night next_step, night_talk next_step,
        promo shop_voice, promo polite, call polite, trade call, trade shop_voice, trade promo""",
    "en-starter": """claim coins, claim next_step, easy_jobs job_words, easy_jobs next_step,
        easy_jobs sure, casino casino_bonus, casino_bonus next_step, adult adult_offer,
        adult next_step, shady shady_offer, shady next_step, shady_offer next_step,
        prize prize_talk, promo crowd""",
}
"""Lists whose words are asked for together, so that each must be a sign of its own."""
CATEGORIES = {
    *("ads", "fraud", "gambling", "porn", "flood", "begging", "newcomers", "words"),
    *("links", "cards", "voice", "pictures", "videos", "private"),
    *("insults", "threats", "minors", "market-fraud"),
}
EMPTY = {
    "words.zh": ["词表“forbidden”是空的，什么也对不上"],
    "words.en": ['the list "forbidden" is empty: it matches nothing'],
}
"""What is said of the packs that wait for the operator's own words."""
MARKET = ROOT / "examples" / "market.rules.yaml"


def pack(name: str) -> Loaded:
    """A shipped pack, read as people read it."""
    source = load_pack(name)
    assert source is not None
    return load(source, file=f"{name}.yaml")


def lists_of(name: str) -> dict[str, list[str]]:
    """The word lists of a pack and of those that it extends."""
    whole = pack(name).effective
    assert whole is not None
    says = plain(whole.document.root)
    assert isinstance(says, dict)
    lists: dict[str, list[str]] = says["lists"]
    return lists


def beside(name: str) -> list[Loaded]:
    """The file of tests beside a pack, if it has one."""
    file = FOLDER / f"{name}.test.yaml"
    return [load(file.read_bytes(), file=file.name)] if file.exists() else []


def failures(loaded: Loaded) -> list[str]:
    """The tests inside a file that fail, with what came instead."""
    return [f"{one.name}\n{one.message}" for one in run(loaded) if not one.passed]


def test_all_packs_are_shipped_in_both_languages() -> None:
    """Whatever is shipped in Chinese is shipped in English too, and a starter is the sum of it."""
    for language, name in STARTERS.items():
        own = {one for one in PACKS if one.endswith(f".{language}")}
        assert {one.replace(".zh", ".en") for one in PACKS if one.endswith(".zh")} == {
            one.replace(".zh", ".en") for one in own
        }
        whole = pack(name).effective
        assert whole is not None
        assert {f"{one}.yaml" for one in own} == set(whole.files)


@pytest.mark.parametrize("name", PACKS)
def test_pack_passes_its_tests(name: str) -> None:
    """Every example and every timeline inside a pack, and in the tests beside it, holds."""
    own, tests = pack(name), beside(name)
    assert EMPTY.get(name, []) == [fault.message for fault in own.faults]
    assert [()] * len(tests) == [one.faults for one in tests]
    assert [] == [message for one in (own, *tests) for message in failures(one)]


@pytest.mark.parametrize("name", sorted(set(PACKS) - set(STARTERS.values())))
def test_every_rule_of_a_pack_is_tested(name: str) -> None:
    """Whichever rule is taken out of a pack, one of its tests notices."""
    loaded = [pack(name), *beside(name)]
    assert set() == set.intersection(*(set(untested(one)) for one in loaded))


@pytest.mark.parametrize("name", PACKS)
def test_pack_begins_in_trial_and_never_removes_alone(name: str) -> None:
    """A pack only watches until somebody promotes it, and its removals wait for an admin."""
    ruleset = pack(name).ruleset
    assert ruleset is not None
    assert "shadow" == ruleset.mode
    assert all(rung.confirm for rung in ruleset.ladder.rungs if rung.do == "remove")


@pytest.mark.parametrize("name", STARTERS.values())
def test_every_rule_has_a_category_and_a_reason(name: str) -> None:
    """A switch can name every rule of a starter by what it is about, and people can ask why."""
    whole = pack(name).effective
    assert whole is not None
    says = RuleFile.model_validate(plain(whole.document.root))
    assert CATEGORIES == {rule.category for rule in says.rules}
    assert [] == [rule.id for rule in says.rules if not rule.why]
    off = {rule.category for rule in says.rules if rule.mode is Mode.OFF}
    later = {"links", "cards", "voice", "pictures", "videos", "private", "market-fraud"}
    assert later == off


@pytest.mark.parametrize("name", STARTERS.values())
def test_no_word_counts_twice(name: str) -> None:
    """A word of one list stands in no other list that the same rule wants a second sign from."""
    lists = lists_of(name)
    pairs = [pair.split() for pair in PAIRS[name].split(",")]
    both = [set(lists[one]) & set(lists[other]) for one, other in pairs]
    assert [set()] * len(pairs) == both


def test_chinese_titles_can_be_read_aloud() -> None:
    """Titles of the Chinese pack are short, and end without a stop: a sentence goes on after."""
    ruleset = pack("zh-starter").ruleset
    assert ruleset is not None
    assert [] == [rule.id for rule in ruleset.rules if len(rule.title) > 20]
    assert [] == [rule.id for rule in ruleset.rules if rule.title[-1] in "。！.!"]


def test_our_own_words_are_no_evidence() -> None:
    """A word of `ours` keeps an advertisement alone, and only that."""
    text = "群: 创富群\n群类型: 推广\n负责人: 小李\n状态: 试运行\n广告: 不许\n自己的: 创富节\n"
    ruleset = load(text, file="rules.yaml").ruleset
    assert ruleset is not None
    one = Judge(enforced(ruleset))
    ad = "创富节全场五折，豪礼相送，详询 13800001111"
    assert "pass" == one.judged({"text": ad})["outcome"]
    assert "block" == one.judged({"text": ad.replace("创富节", "")})["outcome"]
    assert "block" == one.judged({"text": "创富节 澳门新葡京注册送彩金"})["outcome"]


def test_market_example_holds() -> None:
    """The English demo home loads, and its tests pass under the rules of its pack."""
    loaded = load(MARKET.read_bytes(), file=MARKET.name)
    assert () == loaded.faults
    assert [] == failures(loaded)
