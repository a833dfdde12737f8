"""Small changes of rules: which there are, what they are called, and what they make of a file."""

from __future__ import annotations

import pytest

from rules.files import load
from rules.files.compile import recompiled
from rules.files.mutants import Mutant, of_rule, of_sign
from rules.files.schema import RuleFile
from tests.library import Shelf

FILE = """\
pack: p
lists: {{ known: [some known text], fine: [fine.example] }}
signs:
  contact: {{ any: [{{ regex: "qq[0-9]+" }}, {{ words: [call] }}] }}
rules:
  - id: one
    title: One
    {rule}
"""


def says(rule: str) -> RuleFile:
    """What a file with one rule says."""
    loaded = load(FILE.format(rule=rule), file="p.yaml")
    assert loaded.says is not None, loaded.faults
    return loaded.says


def changes(rule: str) -> dict[str, Mutant]:
    """The changes of a rule by what is done, without its loss."""
    first, *others = of_rule(says(rule).rules[0])
    assert "one: drop" == first.name
    return {one.name.removeprefix("one: "): one for one in others}


def when(text: str) -> str:
    """A rule with this condition."""
    return f"when: {text}\n    then: {{ strikes: 2 }}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ words: [a1, b1] }", ""),
        ("{ link: any }", ""),
        ("{ sign: contact }", ""),
        ("{ all: [{ words: [a1] }] }", ""),
        ("{ any: [{ words: [a1] }, { link: any }] }", "drop when.any[0]; drop when.any[1]"),
        (
            "{ not: { all: [{ words: [a1] }, { link: any }] } }",
            "drop when.not.all[0]; drop when.not.all[1]",
        ),
        ("{ words: { words: [a1, b1], at_least: 1 } }", "raise when.words.at_least"),
        (
            "{ words: { words: [a1, b1], at_least: 2 } }",
            "lower when.words.at_least; raise when.words.at_least",
        ),
        ("{ like: { list: known, at_least: 100 } }", "lower when.like.at_least"),
        ("{ link: { not_in: fine } }", "drop when.link.not_in"),
        ("{ link: { in: fine } }", "drop when.link.in"),
        (
            "{ rate: { messages: 8, within: 1h } }",
            "lower when.rate.messages; raise when.rate.messages; lower when.rate.within",
        ),
        (
            "{ time: { between: ['23:00', '07:00'], days: [mon] } }",
            """lower when.time.between[0]; raise when.time.between[0]; lower when.time.between[1];
               raise when.time.between[1]; drop when.time.days""",
        ),
        ("{ who: newcomer }", ""),
        (
            "{ who: { is: newcomer, messages_fewer_than: 3 } }",
            """drop when.who.is; lower when.who.messages_fewer_than;
               raise when.who.messages_fewer_than""",
        ),
        ("{ length: { at_most: 1 } }", "raise when.length.at_most"),
    ],
)
def test_each_part_and_number_of_a_condition_is_changed(text: str, expected: str) -> None:
    """Parts are dropped where others stay, and numbers that are written are moved both ways."""
    assert [one.strip() for one in expected.split(";") if one] == list(changes(when(text)))


def test_what_narrows_a_rule_is_dropped() -> None:
    """The audience, staff, an exception, what forgives, and how often it speaks; no strikes."""
    rule = """for: newcomer
    applies_to_staff: true
    when: { words: [a1] }
    except: { any: [{ words: [b1] }, { link: any }] }
    unless: { followed_by: { kind: red_packet, within: 3m, parts: ">=4" } }
    then: { strikes: 2, say: hey, at_most: 2/30m }"""
    assert [
        "drop for",
        "drop applies_to_staff",
        "drop except",
        "drop except.any[0]",
        "drop except.any[1]",
        "drop unless",
        "lower unless.followed_by.within",
        "raise unless.followed_by.within",
        "lower unless.followed_by.parts",
        "raise unless.followed_by.parts",
        "drop then.at_most",
        "lower then.at_most.times",
        "raise then.at_most.times",
        "lower then.at_most.within",
        "raise then.at_most.within",
    ] == list(changes(rule))


def test_nothing_is_dropped_that_says_nothing() -> None:
    """A key with the value that it has anyway narrows no rule."""
    rule = f"for: everyone\n    applies_to_staff: false\n    {when('{ words: [a1] }')}"
    assert {} == changes(rule)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("{ length: { at_least: 40 } }", "lower when.length.at_least", 30),
        ("{ length: { at_least: 40 } }", "raise when.length.at_least", 50),
        ("{ length: { at_least: 2 } }", "raise when.length.at_least", 3),
        ("{ like: { list: known, at_least: 90 } }", "raise when.like.at_least", 100),
    ],
)
def test_numbers_move_a_quarter(text: str, name: str, expected: int) -> None:
    """By at least one, and not beyond what the number can be."""
    after = changes(when(text))[name].after
    assert expected == (after.when.length or after.when.like).at_least


def test_a_clock_moves_over_midnight() -> None:
    """An hour later than 23:30 is 0:30."""
    change = changes(when("{ time: { between: ['23:30', '07:00'] } }"))
    after = change["raise when.time.between[0]"].after
    assert "00:30:00" == str(after.when.time.between[0].time)


def test_parts_of_signs_are_changed_for_all_rules() -> None:
    """A sign stands once in a file, and so do its changes; a rule that names it changes with it."""
    loaded = load(FILE.format(rule=when("{ sign: contact }")), file="p.yaml")
    assert loaded.says is not None
    assert loaded.ruleset is not None
    found = list(of_sign("contact", loaded.says.signs["contact"]))
    assert ["sign contact: drop any[0]", "sign contact: drop any[1]"] == [o.name for o in found]
    changed = recompiled(loaded.ruleset, found[0].on(loaded.says))
    assert 1 == len(changed.rules[0].when.conditions)
    assert loaded.ruleset.matchers is changed.matchers


def test_a_changed_rule_stays_where_it_is() -> None:
    """Place, order and everything else of a file are as they were; a dropped rule is gone."""
    text = FILE.format(rule=when("{ any: [{ words: [a1] }, { words: [b1] }] }"))
    loaded = load(text, file="p.yaml")
    assert loaded.says is not None
    assert loaded.ruleset is not None
    dropped, changed, *_ = of_rule(loaded.says.rules[0])
    after = recompiled(loaded.ruleset, changed.on(loaded.says)).rules[0]
    assert ("p.yaml", 6, "One") == (after.file, after.line, after.title)
    assert loaded.ruleset.rules[0].when.conditions[1:] == after.when.conditions
    assert () == recompiled(loaded.ruleset, dropped.on(loaded.says)).rules


def test_a_change_leaves_the_mode_of_another_file() -> None:
    """A file of tests that puts a rule in force keeps it in force while the rule is changed."""
    text = FILE.format(rule=f"mode: off\n    {when('{ all: [{words: [a1]}, {words: [b1]}] }')}")
    over = "pack: q\nextends: [p]\nrules: [{ use: one, mode: enforce }]\n"
    base = load(text, file="p.yaml")
    tests = load(over, file="q.yaml", library=Shelf({"p": text}))
    assert base.says is not None
    assert tests.says is not None
    _, change, *_ = of_rule(base.says.rules[0])
    rule = change.on(tests.says).rules[0]
    assert ("enforce", 1) == (rule.mode.value, len(rule.when.all_ or ()))


def test_places_are_found_by_rule_and_sign() -> None:
    """A change can be told with its line, in the file or in one that it extends."""
    text = FILE.format(rule=when("{ any: [{ words: [a1] }, { words: [b1] }] }"))
    own = load(text, file="p.yaml")
    over = load("pack: q\nextends: [p]\n", file="q.yaml", library=Shelf({"p": text}))
    rule, sign = own.place("rules", "one", "when", "any", 1), own.place("signs", "contact", "any")
    assert (8, 36, "") == (rule.line, rule.column, rule.file)
    assert (4, 19, "") == (sign.line, sign.column, sign.file)
    assert "p.yaml" == over.place("rules", "one").file
    assert 1 == load("pack: [", file="broken.yaml").place("rules", "one").line
