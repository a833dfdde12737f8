"""Examples of operators spare messages; those of shipped packs, and for grave rules, only test."""

from __future__ import annotations

import pytest

from rules.files import SHIPPED, load, load_pack
from rules.ruleset import Ruleset
from tests.builders import edited
from tests.library import Shelf
from tests.scenes import Scene

RULES = """\
pack: own
mode: enforce
pass: [今天群里卖瓜的是我哥]
rules:
  - id: ad
    title: 不卖东西
    when: { words: [卖] }
    then: { strikes: 1 }
    pass: [业主自己卖旧沙发，只要五十]
  - id: dear
    title: 太贵
    category: fraud
    when: { words: [五十] }
    then: { strikes: 2 }
    pass: [业主自己卖旧沙发，只要五十]
"""


def ruleset(text: str, **files: str) -> Ruleset:
    """The ruleset of a file, of whose faults there are none."""
    found = load(text, file="own.yaml", library=Shelf(files) if files else SHIPPED)
    assert found.ruleset is not None, found.faults
    return found.ruleset


def spares(text: str, rule: str, **files: str) -> int:
    """How many examples a rule spares."""
    found = ruleset(text, **files).rule(rule)
    assert found is not None
    return len(found.spares)


def test_a_message_like_an_example_is_spared_by_its_rule() -> None:
    """The match is kept with what spared it; the graver rule catches the message all the same."""
    scene = Scene(RULES)
    scene.say("业主自己卖旧沙发，只要五十啦")
    [ad, dear] = scene.decisions[-1].verdict.matches
    assert ("example", False) == (ad.exempt, ad.counts)
    assert {"number": "1", "score": "96"} == ad.matches[-1].values
    assert ("", True) == (dear.exempt, dear.counts)


def test_what_a_whole_file_leaves_alone() -> None:
    """An example of the file is one of every rule, but of the grave ones."""
    scene = Scene(RULES)
    scene.say("今天群里卖瓜的是我哥！")
    assert ["example"] == [one.exempt for one in scene.decisions[-1].verdict.matches]
    assert () == scene.decisions[-1].actions
    assert (2, 0) == (spares(RULES, "ad"), spares(RULES, "dear"))


def test_an_edit_to_what_is_left_alone_settles_what_was_owed() -> None:
    """Whoever changes a message into one that is left alone owes nothing for it any more."""
    owed = (
        "unless: { followed_by: { kind: red_packet, within: 3m } }\n    then: { strikes: 1 }\n    p"
    )
    scene = Scene(RULES.replace("then: { strikes: 1 }\n    p", owed, 1))
    said = scene.say("卖旧沙发")
    assert scene.group.obligations
    scene.take(edited("业主自己卖旧沙发，只要五十", said, seconds=9))
    assert not scene.group.obligations


def test_examples_of_shipped_packs_are_only_tests() -> None:
    """They spare nobody, whether the pack is extended or read by itself."""
    source = load_pack("ads.zh")
    assert source is not None
    alone = load(source, file="rules/packs/ads.zh.yaml").ruleset
    assert alone is not None
    assert [] == [one.id for one in alone.rules if one.spares]
    assert any(one.passes for one in alone.rules)
    assert 0 == spares("pack: own\nextends: [ads.zh]\n", "ads")


def test_an_override_adds_its_examples() -> None:
    """Those of the pack stay as tests; those of the override spare as well."""
    text = "pack: own\nextends: [ads.zh]\nrules:\n  - { use: ads, pass: [业主自己卖旧沙发] }\n"
    [pack] = [one for one in ruleset("pack: own\nextends: [ads.zh]\n").rules if one.id == "ads"]
    [own] = [one for one in ruleset(text).rules if one.id == "ads"]
    assert (*pack.passes, "业主自己卖旧沙发") == own.passes
    assert 1 == len(own.spares)


def test_files_of_an_operator_that_are_extended_spare_too() -> None:
    """A class of groups is the operator's own, and each file adds to it."""
    rule = "{ id: a, title: A, when: { words: [ab] }, pass: [abc], then: {} }"
    base = f"pack: base\nrules:\n  - {rule}\n"
    text = "pack: own\nextends: [base]\nrules:\n  - { use: a, pass: [abd] }\n"
    assert 2 == spares(text, "a", base=base)


def test_a_copy_of_a_pack_that_was_changed_is_an_operators() -> None:
    """Only the shipped bytes under the shipped name are ours."""
    source = load_pack("ads.zh")
    assert source is not None
    copy = load(source.decode() + "# mine\n", file="ads.zh.yaml").ruleset
    assert copy is not None
    assert any(one.spares for one in copy.rules)


@pytest.mark.parametrize("file", ["ads.zh.test.yaml", "C:\\packs\\ads.zh.test.yaml"])
def test_a_file_of_tests_spares_nobody(file: str) -> None:
    """What stands beside a shipped pack to test it is ours as well."""
    found = load(RULES, file=file).ruleset
    assert found is not None
    assert [] == [one.id for one in found.rules if one.spares]


def test_the_digest_covers_what_is_spared() -> None:
    """Another example makes another digest; one that spares nobody does not."""
    digests = {
        ruleset(text).digest
        for text in (
            RULES,
            RULES.replace("卖瓜", "卖桃"),
            RULES.replace("旧沙发，只要五十]", "沙发]", 1),
        )
    }
    assert 3 == len(digests)
    grave = RULES.rpartition("    pass:")[0]
    assert ruleset(RULES).digest == ruleset(grave).digest
