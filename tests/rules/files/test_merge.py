"""Several rulesets as one, and rulesets taken as if they were in force."""

from __future__ import annotations

import pytest

from rules import ruleset as r
from rules.conditions.likeness import Like
from rules.conditions.logic import AllOf, Not
from rules.conditions.media import KindIs
from rules.conditions.words import Words
from rules.decision import Mode
from rules.files import enforced, load, merge
from rules.message import Kind
from tests.builders import posted, view


def ruleset(text: str, file: str = "test.yaml") -> r.Ruleset:
    """The ruleset of a file without faults."""
    loaded = load(text, file=file)
    assert loaded.ruleset is not None, loaded.faults
    return loaded.ruleset


SMALL = """\
pack: {pack}
mode: {mode}
lists: {{ ads: [{word}] }}
rules:
  - id: {id}
    title: T
    when: {{ any: [{{ words: {{ list: ads }} }}, {{ regex: "{word}+" }}] }}
    then: {{ strikes: 1 }}
"""


def small(pack: str, word: str, *, mode: str = "enforce", file: str = "") -> r.Ruleset:
    """A ruleset with one rule, which has the name of the pack."""
    return ruleset(SMALL.format(pack=pack, word=word, mode=mode, id=pack), file or f"{pack}.yaml")


def test_merged_rulesets_find_what_each_found() -> None:
    """After merging, every rule still looks for its own words and patterns."""
    merged = merge([small("one", "apple"), small("two", "pear"), small("three", "plum")])
    assert ["one", "two", "three"] == [rule.id for rule in merged.rules]
    for word, rule in zip(("apple", "pear", "plum"), merged.rules, strict=True):
        seen = view(posted(word), matchers=merged.matchers)
        assert [one.id for one in merged.rules if one.when.ask(seen)] == [rule.id]
        evidence = rule.when.ask(seen)
        assert evidence is not None
        assert ["words", "regex"] == [match.condition for match in evidence]


def test_merging_moves_nested_conditions_and_exceptions() -> None:
    """Lists behind `not`, `all`, `like` and `except` keep their meaning too."""
    text = (
        "pack: deep\nlists: {a: [apple], t: [一段很长的文字]}\nrules:\n- id: deep\n  title: D\n"
        "  when: {all: [{not: {words: {list: a}}}, {like: {list: t}}, {kind: text}]}\n"
        "  except: {words: [plum]}\n  then: {}\n"
    )
    before = (
        "pack: before\nlists: {t: [别的很长的文字]}\nrules:\n- id: before\n  title: B\n"
        "  when: {any: [{kind: image}, {words: [a]}, {words: [b]}, {like: {list: t}}]}\n"
        "  then: {}\n"
    )
    rule = merge([ruleset(before), ruleset(text)]).rules[1]
    assert (
        AllOf(
            conditions=(
                Not(condition=Words(number=2, list="a")),
                Like(number=1, list="t", at_least=80),
                KindIs(kinds=(Kind.TEXT,)),
            )
        )
        == rule.when
    )
    assert Words(number=3, list="") == rule.exception


def test_merging_keeps_the_first_file_and_each_rules_mode() -> None:
    """Everything but the rules is of the first; a rule goes no further than its own file let it."""
    first, second = small("one", "a"), small("two", "b", mode="ask")
    merged = merge([first, second])
    assert ("one", Mode.ENFORCE) == (merged.name, merged.mode)
    assert [Mode.ENFORCE, Mode.ASK] == [rule.mode for rule in merged.rules]
    assert merged.digest not in {first.digest, second.digest}
    assert merge([second, first]).digest != merged.digest
    assert merge([first]) is first


def test_merging_refuses_two_rules_of_one_id() -> None:
    """The message names the rule and both files."""
    with pytest.raises(ValueError, match=r"one stands in both a\.yaml and b\.yaml"):
        merge([small("one", "a", file="a.yaml"), small("one", "b", file="b.yaml")])
    with pytest.raises(ValueError, match="at least one ruleset"):
        merge([])


@pytest.mark.parametrize(
    ("mode", "becomes"),
    [("shadow", Mode.ENFORCE), ("ask", Mode.ENFORCE), ("off", Mode.OFF), ("enforce", Mode.ENFORCE)],
)
def test_enforced_takes_all_but_off_as_in_force(mode: str, becomes: Mode) -> None:
    """Judging and replaying see what a file would do; off stays off, for a rule and for a file."""
    file = small("one", "a", mode=mode)
    assert becomes is enforced(file).mode
    rule = f"{{id: a, title: A, mode: {mode}, when: {{kind: image}}, then: {{}}}}"
    text = f"pack: p\nmode: enforce\nrules:\n- {rule}\n"
    assert becomes is enforced(ruleset(text)).rules[0].mode


def test_enforced_has_a_digest_of_its_own_if_it_decides_otherwise() -> None:
    """Decisions under other modes are not passed off as decisions of the file."""
    assert (
        enforced(small("one", "a", mode="shadow")).digest != small("one", "a", mode="shadow").digest
    )
    live = small("one", "a")
    assert enforced(live) is live
