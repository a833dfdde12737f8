"""Which small changes of rules the tests of a file notice, and what they reach."""

from __future__ import annotations

from bot.mutation import Score, judged, mutants
from bot.ruletests import results, suite_of, watched
from rules.files import Loaded, load
from tests.library import Shelf

FILE = """\
pack: p
timezone: UTC
rules:
  - id: ad
    title: No ads
    when: { all: [{ words: [cheap] }, { any: [{ words: [call] }, { link: any }] }] }
    except: { words: [wanted] }
    then: { strikes: 1 }
    match: ["cheap, call me"]
    pass: ["call me"]
  - id: fast
    title: Not so fast
    when: { rate: { messages: 4, within: 10s } }
    then: { strikes: 1 }
tests:
  - name: four are too fast
    steps: [{ at: "10:00", from: ann, text: "{n}", repeat: 4, every: 3s }]
    expect: [{ rule: fast, do: warn }]
"""
OVER = """\
pack: p.test
extends: [p]
timezone: UTC
tests:
  - name: wanted is no ad
    steps: [{ at: "10:00", from: ann, text: "wanted cheap, call me" }]
    expect: []
"""


def file(text: str = FILE) -> Loaded:
    """A file, loaded."""
    loaded = load(text, file="p.yaml")
    assert loaded.ruleset is not None, loaded.faults
    return loaded


def score(own: Loaded, *others: Loaded) -> Score:
    """What the tests of a file, and of others that extend it, notice."""
    beside = [suite_of(one, only_own=True) for one in others]
    return judged(own, [suite_of(own), *beside])


def test_what_examples_spare_does_not_hide_a_change() -> None:
    """An example that a rule leaves alone by itself tests the rule; one that is spared does not."""
    spared = FILE.replace('pass: ["call me"]', 'pass: ["call me", "cheap, call the town hall"]')
    pinned = "steps: [{ at: '10:00', from: ann, text: 'cheap, call the town hall' }], expect: []"
    assert score(file()) == score(file(spared))
    assert score(file()) == score(file(f"{spared}  - {{ name: spared, {pinned} }}\n"))


def test_changes_that_no_test_notices_are_named_with_their_place() -> None:
    """A dropped exception, a dropped link, and numbers that no timeline comes near."""
    found = score(file())
    assert [
        (6, "ad: drop when.all[1]"),
        (6, "ad: drop when.all[1].any[1]"),
        (7, "ad: drop except"),
        (13, "fast: lower when.rate.messages"),
        (13, "fast: raise when.rate.within"),
    ] == [(one.place.line, one.name) for one in found.missed]
    assert 11 == len(found.judged)
    assert 54 == found.percent


def test_tests_beside_a_file_notice_as_well() -> None:
    """What a file of tests shows of the rules that it extends counts for their file."""
    beside = load(OVER, file="p.test.yaml", library=Shelf({"p": FILE}))
    found = [one.name for one in score(file(), beside).missed]
    assert "ad: drop except" not in found
    assert 4 == len(found)
    assert [] == mutants(beside)


def test_an_equivalent_change_is_excused() -> None:
    """It does not count; one that is marked, and noticed all the same, is told."""
    excuses = """equivalent:
  - { mutant: "ad: drop except", reason: nobody says wanted }
  - { mutant: "ad: drop", reason: it is noticed }
  - { mutant: "none: drop", reason: there is no such rule }
"""
    found = score(file(FILE + excuses))
    assert "ad: drop except" not in [one.name for one in found.missed]
    assert ("ad: drop", "none: drop") == found.stale
    assert (10, 4, 60) == (len(found.counted), len(found.missed), found.percent)


def test_a_file_without_rules_of_its_own_misses_nothing() -> None:
    """There is nothing to change in it, nor in one that has errors."""
    over = load("pack: q\nextends: [p]\n", file="q.yaml", library=Shelf({"p": FILE}))
    assert 100 == score(over).percent
    assert [] == mutants(load("pack: [", file="broken.yaml"))


def test_signs_are_changed_where_they_stand() -> None:
    """A part of a sign that two rules share is dropped once, and either may notice."""
    text = """\
pack: p
signs: { contact: { any: [{ words: [call] }, { words: [mail] }] } }
rules:
  - { id: a, title: A, when: { all: [{ sign: contact }, { words: [buy] }] }, then: { strikes: 1 },
      match: [buy and call], pass: [call, buy] }
  - { id: b, title: B, when: { sign: contact }, then: { strikes: 1 }, match: [mail] }
"""
    found = {one.name: one.is_noticed for one in score(file(text)).judged}
    assert {"sign contact: drop any[0]", "sign contact: drop any[1]"} < set(found)
    assert all(found.values())


def test_what_the_tests_reach_is_counted() -> None:
    """A condition counts when it held in some test, once for all rules that have it."""
    own = file()
    suite = suite_of(own)
    ruleset, reached = watched(suite.ruleset, {"ad", "fast"})
    assert all(one.passed for one in results(suite, ruleset))
    assert "rules 2/2, conditions 3/5" == reached.said()


def test_what_several_files_of_tests_reach_is_joined() -> None:
    """The second file of tests reaches the exception too."""
    own = file()
    beside = load(OVER, file="p.test.yaml", library=Shelf({"p": FILE}))
    seen = []
    for one in (own, beside):
        suite = suite_of(one, only_own=True)
        ruleset, reached = watched(suite.ruleset, {"ad", "fast"})
        assert [] == [r for r in results(suite, ruleset) if not r.passed]
        seen.append(reached)
    assert "rules 2/2, conditions 4/5" == seen[0].joined(seen[1]).said()


def test_parts_of_not_are_watched() -> None:
    """A condition that must not hold was reached when it did."""
    text = """\
pack: p
rules:
  - { id: a, title: A, when: { all: [{ words: [buy] }, { not: { words: [wanted] } }] },
      then: { strikes: 1 }, match: [buy], pass: [buy wanted] }
"""
    suite = suite_of(file(text))
    ruleset, reached = watched(suite.ruleset, {"a"})
    assert all(one.passed for one in results(suite, ruleset))
    assert "rules 1/1, conditions 2/2" == reached.said()
