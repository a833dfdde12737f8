"""Overrides: rules of extended files that a nearer file changes, and what cannot be changed."""

from __future__ import annotations

import pytest

from rules.decision import Mode
from rules.files import Loaded, load
from rules.ruleset import Rule, Ruleset
from tests.library import Shelf

BASE = """\
pack: base
mode: ask
locale: en
roles: { newcomer: { member_for_less_than: 2d } }
greeting: { say: "Hi {names}", window: 1m }
lists: { ads: [加微信] }
rules:
  - id: ads
    title: Ads
    category: offers
    when: { words: { list: ads } }
    except: { kind: image }
    unless: { followed_by: { kind: red_packet, within: 3m, parts: ">=20" } }
    then: { strikes: 1, delete: true, say: "{member}!", at_most: 1/30m }
    match: [加微信]
  - { id: perhaps, title: Perhaps, category: offers, when: { words: [特价] }, then: {} }
  - { id: flood, title: Flood, when: { kind: image }, then: {} }
"""
SHELF = Shelf({
    "base": BASE,
    "class": "pack: class\nextends: base\nrules:\n- { use: offers, mode: off }\n",
    "bare": "pack: bare\n",
})  # fmt: skip


def loaded(text: str) -> Loaded:
    """A file over the base."""
    return load(f"pack: own\n{text}", file="own.yaml", library=SHELF)


def ruleset(text: str) -> Ruleset:
    """The ruleset of a file that has no faults."""
    found = loaded(text)
    assert found.ruleset is not None, found.faults
    return found.ruleset


def overridden(text: str) -> Rule:
    """The rule `ads` as an override leaves it."""
    return ruleset(f"extends: base\nrules:\n- {{ use: ads, {text} }}\n").rules[0]


def faults(text: str) -> list[str]:
    """The faults as people see them."""
    return [fault.render("own.yaml") for fault in loaded(text).faults]


def test_an_override_changes_only_what_it_says() -> None:
    """A mapping is changed key by key; what is not named stays, and the rule stays in its place."""
    rule = overridden("mode: ask, then: {ask: true, say: Hm}, unless: {followed_by: {within: 5m}}")
    assert ("ads", Mode.ASK, "base.yaml", 8) == (rule.id, rule.mode, rule.file, rule.line)
    assert ("own.yaml:4",) == rule.changed_at
    assert (1, True, True, "Hm") == (
        rule.then.strikes,
        rule.then.delete,
        rule.then.ask,
        rule.then.say,
    )
    assert rule.unless is not None
    assert (300, 20) == (
        rule.unless.follow_up.within.total_seconds(),
        rule.unless.follow_up.parts,
    )
    assert ("加微信",) == rule.match


@pytest.mark.parametrize(
    ("then", "strikes"),
    [("severity: mid", 2), ("strikes: 2", 2), ("strikes: 0", 0), ("ask: true", 4)],
)
def test_a_measure_takes_the_place_of_another(then: str, strikes: int) -> None:
    """Strikes and a severity are never both counted; where nothing is, nothing makes it worse."""
    first = "severity: high, aggravate: evasion, start_at: 2"
    base = BASE.replace("strikes: 1, delete: true", first)
    text = f"pack: own\nextends: base\nrules:\n- {{ use: ads, then: {{ {then} }} }}\n"
    found = load(text, file="own.yaml", library=Shelf({"base": base}))
    assert () == found.faults
    assert found.ruleset is not None
    assert strikes == found.ruleset.rules[0].then.strikes


def test_a_rule_is_known_by_its_former_ids() -> None:
    """Overrides and tests that name a former id mean the rule; nobody else can take that id."""
    base = BASE.replace("id: ads", "id: ads\n    was: [adverts]")
    shelf = Shelf({"base": base})
    test = (
        "tests:\n- { name: t, steps: [{ at: '10:00', from: A, text: 加微信 }], "
        "expect: [{ rule: adverts }] }\n"
    )
    text = "pack: own\nextends: base\nrules:\n- { use: adverts, mode: enforce }\n"
    found = load(text + test, file="own.yaml", library=shelf)
    assert () == found.faults
    assert found.ruleset is not None
    assert ["ads"] == [one.rule for one in found.tests[0].expect]
    assert found.ruleset.rule("ads") is found.ruleset.rule("adverts")
    assert ("own.yaml:4",) == found.ruleset.rules[0].changed_at
    taken = text.replace("use: adverts", "id: adverts, title: A, when: {kind: image}, then: {}")
    expected = 'the id "adverts" is taken by a rule of base.yaml:8'
    faults = load(taken, file="own.yaml", library=shelf).faults
    assert [expected] == [fault.message for fault in faults]


def test_off_takes_parts_of_a_rule_away() -> None:
    """What forgives, exempts or slows down can be taken out of a rule that is extended."""
    rule = overridden("unless: off, except: off, then: {at_most: off}")
    assert (None, None, None) == (rule.unless, rule.exception, rule.at_most)
    assert ruleset("extends: base\ngreeting: off\n").greeting is None


def test_another_condition_replaces_the_whole_one() -> None:
    """Conditions are not mixed, and the examples of the old one are no promise any more."""
    rule = overridden("when: {kind: voice}, pass: [好]")
    assert ((), ("好",)) == (rule.match, rule.passes)
    assert ruleset("extends: base\n").rules[2].when == overridden("when: {kind: image}").when


def test_a_category_names_all_its_rules_and_the_nearer_file_wins() -> None:
    """Overrides of a class and of a group add up, from the farthest to the nearest."""
    rules = ruleset("extends: class\nrules:\n- { use: [ads, flood], mode: shadow }\n").rules
    assert [Mode.SHADOW, Mode.OFF, Mode.SHADOW] == [rule.mode for rule in rules]
    assert [("class.yaml:4", "own.yaml:4"), ("class.yaml:4",), ("own.yaml:4",)] == [
        rule.changed_at for rule in rules
    ]


def test_sections_are_changed_key_by_key() -> None:
    """Mode, language and the rest come from what is extended, unless the file says them itself."""
    rules = ruleset("extends: base\nlocale: zh-CN\ngreeting: { say: 你好 }\n")
    assert ("own", "", Mode.ASK, "zh-CN") == (rules.name, rules.title, rules.mode, rules.locale)
    assert rules.greeting is not None
    assert ("你好", 60) == (rules.greeting.say, rules.greeting.window.total_seconds())
    assert 2 == rules.roles.newcomer_for.days


def test_signs_and_lists_are_replaced_as_a_whole() -> None:
    """What has a name is one thing: a list or a sign of that name takes its place."""
    text = "extends: base\nlists: { ads: [网店], rules: [a] }\nsigns: { rules: { kind: image } }\n"
    assert (("网店",), ("特价",)) == ruleset(text).searched.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "extends: base\nrules:\n- { use: adds, mode: off }\n",
            'own.yaml:4:10: no extended rule has the id or the category "adds" (did you mean',
        ),
        (
            "extends: bare\nrules:\n- { use: adds, mode: off }\n",
            'own.yaml:4:10: no extended rule has the id or the category "adds" (name what has',
        ),
        (
            "extends: base\nrules:\n- { use: {}, mode: off }\n",
            "own.yaml:4:10: expected a list, found a mapping",
        ),
        (
            "extends: base\nrules:\n- { use: offers, then: { strike: 1 } }\n",
            'own.yaml:4:26: unknown key "strike" (did you mean "strikes"?)',
        ),
        (
            "extends: base\nrules:\n- { id: ads, title: A, when: {kind: image}, then: {} }\n",
            'own.yaml:4:9: the id "ads" is taken by a rule of base.yaml:8 (write use: ads to',
        ),
    ],
)
def test_an_override_that_goes_astray_is_a_fault(text: str, expected: str) -> None:
    """An unknown name, an unknown key and an id that is taken are told once, at their place."""
    assert [expected] == [fault[: len(expected)] for fault in faults(text)]


@pytest.mark.parametrize("text", ["rules: none", "rules: [none]", "lists: none", "signs: [a]"])
def test_sections_of_the_wrong_form_are_left_to_the_models(text: str) -> None:
    """What is no list, no mapping or no rule is refused like in any file, whatever is extended."""
    assert faults(f"extends: base\n{text}\n")[0].startswith("own.yaml:3:")
