"""The sections beside the rules: what they refuse, what they become, and what is kept for later."""

from __future__ import annotations

from datetime import time

import pytest

from rules.conditions.clock import TimeOfDay
from rules.files import Loaded, load
from rules.files.later import KEPT, KEPT_OF_TOPICS
from rules.files.schema import RuleFile
from rules.files.schema_sections import Topic
from rules.ruleset import Nickname, Rule, Ruleset

HEAD = "pack: p\n"
RULE = """rules:
- id: r
  title: R
  when: {words: [spam]}
"""


def loaded(text: str) -> Loaded:
    """A file of these lines."""
    return load(HEAD + text, file="f.yaml")


def ruleset(text: str) -> Ruleset:
    """The ruleset of a file that has no errors."""
    made = loaded(text).ruleset
    assert made is not None, loaded(text).faults
    return made


def rule(lines: str, head: str = "") -> Rule:
    """The one rule of a file."""
    return ruleset(head + RULE + lines).rules[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("quiet: {between: ['7:00', '07:00']}", "these quiet hours begin when they end"),
        ("nickname: {format: 名称}", "expected a name of at least two parts"),
        ("nickname: {format: 名称-地区, say: '{name}'}", "there is no placeholder {name} here"),
        ("questions: {ask: []}", "expected at least one"),
        (
            "questions: {ask: [{id: q, ask: Why?, choices: a, code: b}]}",
            "a question has either choices or a code",
        ),
        ("texts: {rest: '{left}'}", "there is no placeholder {left} here"),
        ("texts: {wellcome_one: hi}", 'unknown key "wellcome_one"'),
        (RULE + "  then: {strikes: 1, severity: low}", "either strikes or a severity"),
        (RULE + "  then: {aggravate: minors}", "so aggravate has no effect"),
        (RULE + "  then: {start_at: 2}", "so start_at has no effect"),
        (RULE + "  then: {strikes: 1}\n  public: Be kind", "a public clause needs its number"),
        (RULE + "  then: {delete: yes}\n  on: name", "delete has no sense for it"),
        (RULE + "  then: {}\n  on: []", "expected at least one"),
        (
            RULE + "  then: {}\n  on: name\n"
            "  unless: {followed_by: {kind: red_packet, within: 3m}}",
            "unless has no sense for it",
        ),
    ],
)
def test_what_does_not_fit_is_refused(text: str, message: str) -> None:
    """Each mistake within a section or a rule is one fault, in words."""
    errors = [fault.message for fault in loaded(text).faults if fault.level == "error"]
    assert 1 == len(errors)
    assert message in errors[0]


def test_sections_reach_the_ruleset() -> None:
    """Quiet hours, the format of names, and own sentences are there to be asked."""
    made = ruleset(
        "quiet: {between: ['23:00', '07:00']}\n"
        "nickname: {format: 名称-地区, say: '{format}'}\n"
        "texts: {sorry: Oh}"
    )
    assert TimeOfDay(between=(time(23), time(7))) == made.quiet
    assert Nickname(format="名称-地区", say="{format}") == made.nickname
    assert {"sorry": "Oh"} == made.texts
    bare = ruleset("")
    assert (None, None, {}) == (bare.quiet, bare.nickname, bare.texts)


def test_a_rule_keeps_what_its_file_says_of_it() -> None:
    """Category, article and public clause, and what it judges."""
    made = rule(
        "  then: {}\n  category: ads\n  article: 4\n  public: No ads\n  on: [message, name]\n"
    )
    assert ("ads", 4, "No ads", ("message", "name")) == (
        made.category,
        made.article,
        made.public,
        made.on,
    )
    plain = rule("  then: {}\n")
    assert ("", 0, "", ("message",)) == (plain.category, plain.article, plain.public, plain.on)


@pytest.mark.parametrize(
    ("severity", "strikes"), [("low", 1), ("mid", 2), ("high", 4), ("critical", 5)]
)
def test_severities_are_strikes(severity: str, strikes: int) -> None:
    """1, 2 and 4; critical is as many as the ladder has steps."""
    assert strikes == rule(f"  then: {{severity: {severity}}}\n").then.strikes
    short = "ladder: {steps: [{do: warn}, {do: remove}]}\n"
    critical = rule("  then: {severity: critical}\n", short)
    assert 2 == critical.then.strikes


@pytest.mark.parametrize(
    ("start", "level"),
    [("1", 1), ("3", 3), ("9", 5), ("warn", 1), ("mute 7d", 3), ("remove", 5), ("mute 2d", 5)],
)
def test_a_rule_may_start_at_a_step(start: str, level: int) -> None:
    """By its number, or by what the step does."""
    assert level == rule(f"  then: {{strikes: 1, start_at: {start}}}\n").then.start_level


def test_aggravations_and_limits_are_declared_once() -> None:
    """Those of the file, else the shipped ones."""
    made = ruleset("ladder: {aggravations: {minors: 3}}\nlimits: {same_member: 8}")
    assert {"minors": 3, "multi_account": 1, "evasion": 1} == made.ladder.aggravations
    assert 8 == made.limits.same_member
    assert ("evasion",) == rule("  then: {strikes: 1, aggravate: evasion}\n").then.aggravate


LATER = """admin_chat: Mods
roles: {admins: Ann, helpers: [Bob]}
questions: {ask: [{id: q, ask: Why?}]}
probation: {for: 2d, kinds: voice}
topics:
- {id: t, at: "0 8 * * *", say: Hi, or_say: [Ho], follow_up: {after: 2h, say: So}, skip: never}
"""


def test_what_has_no_effect_yet_is_said_in_a_note() -> None:
    """A note each, at its key; the file is used all the same."""
    text = LATER + RULE + "  then: {strikes: 1, aggravate: [minors, multi_account]}\n"
    found = loaded(text)
    assert found.ruleset is not None
    assert {"note"} == {fault.level for fault in found.faults}
    assert len(KEPT) + len(KEPT_OF_TOPICS) + 1 == len(found.faults)
    first = found.faults[0].render("f.yaml")
    assert (
        "f.yaml:2:1: note: admin_chat is read and kept; it works from a later version on" == first
    )


def test_what_is_kept_for_later_can_be_written() -> None:
    """Every place that a note may name is a key of the format."""
    fields = {loc[0] for loc in KEPT}
    assert fields <= set(RuleFile.model_fields)
    assert set(KEPT_OF_TOPICS) <= set(Topic.model_fields)
