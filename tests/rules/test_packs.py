"""The shipped packs, the starter files and the market example: they prove themselves and spare
ordinary chat.
"""

from __future__ import annotations

import gzip
import json
from importlib import resources
from pathlib import Path

import pytest
import yaml

from bot.judge import Judge
from bot.ruletests import run, untested
from rules.files import Loaded, enforced, load, load_pack, shipped_packs

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
PACKS = ("en-starter", "zh-starter")
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
MARKET = ROOT / "examples" / "market.rules.yaml"


def pack(name: str) -> Loaded:
    """A shipped pack, read as people read it."""
    source = load_pack(name)
    assert source is not None
    return load(source, file=f"{name}.yaml", packs=load_pack)


def lists_of(name: str) -> dict[str, list[str]]:
    """The word lists of a pack, as it writes them."""
    says = yaml.safe_load(load_pack(name) or b"")
    return {key: [str(word) for word in words] for key, words in says["lists"].items()}


def starter(language: str) -> str:
    """The text that `qunguan init` writes."""
    return resources.files("bot").joinpath("starter", f"{language}.yaml").read_text("utf-8")


def judge(name: str, *, newcomer: bool = False) -> Judge:
    """A judge by a pack with every rule in force."""
    ruleset = pack(name).ruleset
    assert ruleset is not None
    return Judge(enforced(ruleset), newcomer=newcomer)


def failures(loaded: Loaded) -> list[str]:
    """The tests inside a file that fail, with what came instead."""
    return [f"{one.name}\n{one.message}" for one in run(loaded) if not one.passed]


def innocents() -> list[dict[str, str]]:
    """Ordinary messages of seven kinds of group."""
    text = (DATA / "innocents.zh.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def ordinary(language: str) -> list[str]:
    """Ordinary messages in a language, out of the labelled sample."""
    with gzip.open(DATA / "repo_safe.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows if row["label"] == "ham" and row["lang"] == language]


def test_all_packs_are_shipped() -> None:
    """The packs that the starter files name are among those that are shipped."""
    assert set(PACKS) <= set(shipped_packs())


@pytest.mark.parametrize("name", PACKS)
def test_pack_passes_its_tests(name: str) -> None:
    """Every example and every timeline inside a pack holds."""
    loaded = pack(name)
    assert () == loaded.faults
    assert [] == failures(loaded)


@pytest.mark.parametrize("name", PACKS)
def test_every_rule_of_a_pack_is_tested(name: str) -> None:
    """Whichever rule is taken out of a pack, one of its tests notices."""
    assert [] == untested(pack(name))


@pytest.mark.parametrize("name", PACKS)
def test_pack_begins_in_trial_and_never_removes_alone(name: str) -> None:
    """A pack only watches until somebody promotes it, and its removals wait for an admin."""
    ruleset = pack(name).ruleset
    assert ruleset is not None
    assert "shadow" == ruleset.mode
    assert all(rung.confirm for rung in ruleset.ladder.rungs if rung.do == "remove")


@pytest.mark.parametrize(("name", "patterns"), [("zh-starter", 2), ("en-starter", 1)])
def test_contacts_are_the_same_in_every_rule(name: str, patterns: int) -> None:
    """The patterns that find a contact have not drifted apart between the rules of a pack."""
    ruleset = pack(name).ruleset
    assert ruleset is not None
    contacts = [one for one, _ in ruleset.searched.patterns if "whatsapp" in one or "扣群" in one]
    assert patterns == len(contacts)


@pytest.mark.parametrize("name", PACKS)
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


@pytest.mark.parametrize("newcomer", [False, True])
def test_innocents_are_spared(newcomer: bool) -> None:
    """No ordinary message of any kind of group is blocked or counted, not even a newcomer's."""
    one = judge("zh-starter", newcomer=newcomer)
    blocked = [line for line in innocents() if one.judged(dict(line))["outcome"] == "block"]
    assert [] == blocked


@pytest.mark.parametrize(
    ("name", "language"), [("zh-starter", "zh"), ("en-starter", "en"), ("en-starter", "ru")]
)
def test_ordinary_chat_is_not_blocked(name: str, language: str) -> None:
    """The labelled sample's ordinary messages pass, and there are enough of them to say so."""
    one, texts = judge(name), ordinary(language)
    assert len(texts) > 150
    assert [] == [text for text in texts if one.judged({"text": text})["outcome"] == "block"]


@pytest.mark.parametrize(("name", "language"), [("zh-starter", "zh"), ("en-starter", "en")])
def test_everyday_notices_and_sales_are_not_touched(name: str, language: str) -> None:
    """Notices, sales, introductions and talk of our own making cost nobody a strike."""
    texts = (DATA / f"ordinary.{language}.txt").read_text("utf-8").splitlines()
    for newcomer in (False, True):
        one = judge(name, newcomer=newcomer)
        assert [] == [text for text in texts if one.judged({"text": text})["outcome"] == "block"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("zh-starter", "兼 职 刷 单 ，垫付 本金 返 佣金 ，加 微 信 ａｂｃ１２３４５"),
        ("zh-starter", "澳門新葡京註冊送彩金，提款秒到"),
        ("zh-starter", "全\u200b场五\u200b折，豪\u200b礼相送，详询 13800001111"),
        ("en-starter", "I еarned $5000 weekly from bitcоin, DM me"),
        ("en-starter", "Удaлённый зaрабoток, oбучeние бeсплaтнo, пишитe в лс"),
    ],
)
def test_disguise_does_not_help(name: str, text: str) -> None:
    """Spaces, full width, traditional, invisible and borrowed letters change no verdict."""
    assert "block" == judge(name).judged({"text": text})["outcome"]


@pytest.mark.parametrize(("language", "name"), STARTERS.items())
def test_starter_file_is_ready(language: str, name: str) -> None:
    """What `init` writes loads without a word, in trial, with its pack and a greeting."""
    text = starter(language)
    loaded = load(text, file="rules.yaml", packs=load_pack)
    assert () == loaded.faults
    ruleset = loaded.ruleset
    assert ruleset is not None
    assert "shadow" == ruleset.mode
    assert "\nmode: shadow\n" in text
    assert ruleset.greeting is not None
    shipped = pack(name).ruleset
    assert shipped is not None
    assert {rule.id for rule in shipped.rules} < {rule.id for rule in ruleset.rules}
    assert [] == failures(loaded)
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("language", STARTERS)
def test_starter_file_shows_how_a_rule_is_switched_off(language: str) -> None:
    """The last comment of the starter file, taken out of its comment, switches off a rule."""
    lines = starter(language).rstrip().splitlines()
    text = "\n".join([*lines[:-1], lines[-1].removeprefix("# ")])
    loaded = load(text, file="rules.yaml", packs=load_pack)
    assert () == loaded.faults
    assert loaded.ruleset is not None
    rule = loaded.ruleset.rule("begging")
    assert rule is not None
    assert "off" == rule.mode


def test_our_own_words_are_no_evidence() -> None:
    """A word of `ours` keeps an advertisement alone, and only that."""
    text = starter("zh")
    ruleset = load(text, file="rules.yaml", packs=load_pack).ruleset
    assert ruleset is not None
    one = Judge(enforced(ruleset))
    ad = "创富节全场五折，豪礼相送，详询 13800001111"
    assert "pass" == one.judged({"text": ad})["outcome"]
    assert "block" == one.judged({"text": ad.replace("创富节", "")})["outcome"]
    assert "block" == one.judged({"text": "创富节 澳门新葡京注册送彩金"})["outcome"]


def test_market_example_holds() -> None:
    """The English demo home loads, and its tests pass under the rules of its pack."""
    loaded = load(MARKET.read_bytes(), file=MARKET.name, packs=load_pack)
    assert () == loaded.faults
    assert [] == failures(loaded)
