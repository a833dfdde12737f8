"""What is allowed in a rule file and hardly meant: each is named at its place, and nothing else."""

from __future__ import annotations

import pytest

from adapters.simulator.room import ALIKE
from rules.check import analysed
from rules.check.ordinary import sample
from rules.files import load
from tests.library import Shelf
from tests.rules.check.checking import FILE, found, messages, rule


def on(platforms: str, *rules: str) -> list[str]:
    """What is said of a file for these platforms."""
    head = FILE.replace("[telegram]", platforms)
    faults = found("rules:\n" + "".join(rules), head=head)
    return [f"{one.level} {one.path}: {one.message}" for one in faults]


def test_what_wechat_cannot_do_is_said_once() -> None:
    """One note for the file: what becomes of deleting, of mutes and of removals."""
    rules = [rule("{ link: any }", id_=one, then="{ strikes: 1, delete: true }") for one in "ab"]
    expected = (
        "note pack: on wechat: nothing can be deleted, only said (a, b); a mute becomes a rest"
        " that is announced once; a removal is asked of the group's owner"
    )
    assert expected == on("[wechat]", *rules)[0]
    assert expected in on("[]", *rules)
    assert expected not in on("[telegram]", *rules)


def test_a_rule_that_does_nothing_on_a_platform_is_named() -> None:
    """Where nothing can be deleted, a rule that only deletes does nothing."""
    expected = (
        "warning rules[0].then: on wechat this rule does nothing: no message can be deleted there"
    )
    assert expected in on("[wechat]", rule("{ kind: voice }", then="{ delete: true }"))
    assert [] == on("[telegram]", rule("{ kind: voice }", then="{ delete: true }"))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{ kind: red_packet }", ["red_packet"]),
        ("{ all: [{ words: [qqzx] }, { kind: transfer }] }", ["transfer"]),
        ("{ any: [{ kind: transfer }, { kind: red_packet }] }", ["red_packet or transfer"]),
        ("{ any: [{ kind: transfer }, { words: [qqzx] }] }", []),
        ("{ kind: [transfer, image] }", []),
        ("{ all: [{ words: [qqzx] }, { words: [qqzy] }] }", []),
    ],
)
def test_kinds_that_a_platform_does_not_have_are_named(when: str, expected: list[str]) -> None:
    """Only where the file says that it governs that platform."""
    told = [f"warning rules[0].when: telegram has no messages of the kind {o}" for o in expected]
    assert told == on("[telegram]", rule(when))
    assert [] == on("[]", rule(when))


def owed(amount: str, platforms: str) -> list[str]:
    """What is said of a rule that a red packet forgives."""
    unless = f"unless: {{ followed_by: {{ kind: red_packet, within: 3m{amount} }} }}"
    return on(platforms, rule("{ link: any }", unless))


def test_what_cannot_be_seen_is_told_with_what_happens_then() -> None:
    """Telegram has no red packets, WeChat shows none of what is in them."""
    then = "the admins are asked each time"
    telegram = f"note rules[0].unless: telegram has no red_packet: {then}"
    wechat = f"note rules[0].unless: wechat does not show what is in a red_packet: {then}"
    amount = ', amount: ">=50"'
    assert telegram in owed("", "[telegram]")
    assert wechat in owed(amount, "[]")
    assert telegram not in owed(amount, "[]")
    assert [] == [one for one in owed("", "[wechat]") if "unless" in one]


def test_sentences_that_repeat_the_words_are_named() -> None:
    """Members would read from the bot what the rule is there to keep away."""
    unless = "unless: { followed_by: { kind: transfer, within: 3m }, say: pay for qqzy }"
    one = rule("{ all: [{ words: { list: two } }, { not: { words: [hello] } }] }", unless)
    told = messages(one.replace("{ say: no }", "{ say: hello no QQZX here }"))
    assert (
        'warning rules[0].then.say: the sentence repeats "qqzx", which this rule is about' in told
    )
    assert (
        'warning rules[0].unless.say: the sentence repeats "qqzy", which this rule is about' in told
    )
    assert [] == messages(rule("{ words: { list: two } }"))


def test_words_of_one_letter_are_named() -> None:
    """In lists that are searched for words, wherever they are used; a list of hosts is none."""
    head = FILE + "  \n".join(
        ("signs: { s: { any: [{ words: { list: short } }, { link: any }] } }\n",)
    )
    head = head.replace(
        "lists: { two: [qqzx, qqzy] }", "lists: { short: [v, qqzx, 滚], hosts: [a.b] }"
    )
    faults = found("rules:\n" + rule("{ any: [{ sign: s }, { link: { in: hosts } }] }"), head=head)
    assert ["lists.short[0]", "lists.short[2]"] == [
        one.path for one in faults if "single" in one.message
    ]


def test_words_of_one_letter_are_named_where_a_rule_writes_them_itself() -> None:
    """Not only in a list: also in a condition, however deep, and in a sign."""
    signs = "signs: { s: { any: [{ words: [滚] }, { link: any }] } }\n"
    deep = "{ all: [{ sign: s }, { not: { words: { words: [qqzx, v], at_least: 2 } } }] }"
    faults = found("rules:\n" + rule(deep), head=FILE + signs)
    assert ["signs.s.any[0].words.words[0]", "rules[0].when.all[1].not.words.words[1]"] == [
        one.path for one in faults if "single letter" in one.message
    ]


def test_a_single_word_is_enough() -> None:
    """It is noted where a strike hangs on it, and not where a second sign is asked for."""
    note = (
        "note rules[0].when: a single word is enough for this rule: words alone hit innocent people"
    )
    strikes = "{ strikes: 1 }"
    assert [note] == messages(rule("{ any: [{ kind: poll }, { words: [qqzx] }] }", then=strikes))
    assert [] == messages(rule("{ words: { list: two, at_least: 2 } }", then=strikes))
    assert [] == messages(rule("{ words: [qqzx] }"))


def test_rules_that_hit_ordinary_talk_are_named() -> None:
    """With the number, the words and examples; a warning if it acts on many."""
    (fault,) = found("rules:\n" + rule("{ words: [the, you] }", then="{ ask: true }"))
    assert "warning" == fault.level
    assert f"of {len(sample('en')):,} ordinary messages by " in fault.message
    assert '"you"' in fault.message
    assert 3 == fault.message.count('; "') + 1
    (noted,) = found("rules:\n" + rule("{ words: [the, you] }"))
    assert "note" == noted.level


def test_only_what_a_message_shows_is_asked_of_ordinary_talk() -> None:
    """Exceptions count, newcomers are asked about as such, names are no messages."""
    assert [] == messages(rule("{ words: [you] }", "except: { words: [you, qqzx] }"))[1:]
    hits = found("rules:\n" + rule("{ length: { at_least: 1 } }", "for: newcomer"))
    assert f"hits {len(sample('en'))} of" in hits[0].message
    assert [] == found("rules:\n" + rule("{ length: { at_least: 1 } }", "on: name"))


def test_the_sample_is_of_the_language_of_the_file() -> None:
    """Enough lines of each language, each once."""
    for language, least in (("zh", 1_000), ("en", 250)):
        assert least < len(sample(language)) == len(set(sample(language)))


def test_files_with_errors_are_not_looked_at() -> None:
    """Their mistakes come first."""
    assert [] == analysed(load("pack: [", file="p.yaml"), ALIKE)


def test_what_concerns_an_extended_file_is_for_its_writer() -> None:
    """Only what stands in the file itself is named."""
    base = FILE + "rules:\n" + rule("{ length: { at_least: 9, at_most: 5 } }")
    change = "{ use: a, when: { length: { at_least: 8, at_most: 5 } } }"
    over = f"pack: q\nextends: [p]\nrules: [{change}]\n"
    shelf = Shelf({"p": base})
    extends = load("pack: q\nextends: [p]\n", file="q.yaml", library=shelf)
    changes = load(over, file="q.yaml", library=shelf)
    assert [] == analysed(extends, ALIKE)
    assert ["rules[0].when"] == [one.path for one in analysed(changes, ALIKE)]
