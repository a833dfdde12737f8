"""Scores and rules on names in rule files: what they become, and where they have no sense."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.conditions import Nickname, Not, Rate, Score, Words
from rules.files import load, merge
from rules.message import Kind
from rules.ruleset import Rule, Ruleset

JOB = "{name: job, when: {words: [job]}, weight: 2, cap: 4}"
CALL = "{name: call, when: {words: {list: calls}}, weight: 3}"
SCORE = f"score: {{signals: [{JOB}, {CALL}], review: 4, block: 7}}"


def text(when: str, more: str = "", *, rule: str = "r") -> str:
    """A file with one rule."""
    head = f"pack: p\nlists: {{calls: [call]}}\n{more}"
    return f"{head}rules:\n- {{id: {rule}, title: R, when: {when}, then: {{strikes: 1}}}}\n"


def errors(source: str) -> list[str]:
    """The errors of a file, in words."""
    return [one.message for one in load(source, file="f").faults if one.level == "error"]


def ruleset(source: str) -> Ruleset:
    """The ruleset of a file without errors."""
    made = load(source, file="f").ruleset
    assert made is not None, errors(source)
    return made


def rule(when: str) -> Rule:
    """The rule of a file with that condition."""
    return ruleset(text(when)).rules[0]


def test_conditions_are_what_they_say() -> None:
    """A score with its caps, a limit by kind, and a format of names."""
    score = rule(f"{{{SCORE}}}").when
    assert isinstance(score, Score)
    assert [("job", 2, 4), ("call", 3, 3)] == [
        (one.name, one.weight, one.cap) for one in score.signals
    ]
    assert (4, 7) == (score.review, score.block)
    hour = timedelta(hours=1)
    assert (
        Rate(messages=4, within=hour, kinds=(Kind.VOICE,))
        == rule("{rate: {messages: 4, within: 1h, kind: voice}}").when
    )
    name = Nickname(format="名称-地区")
    assert Not(condition=name) == rule("{not: {nickname: 名称-地区}}").when
    assert name == rule("{nickname: {format: 名称-地区}}").when


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (text(f"{{any: [{{words: [a]}}, {{{SCORE}}}]}}"), "a score cannot be a part of something"),
        (text(f"{{not: {{{SCORE}}}}}"), "a score cannot be a part of something"),
        (text("{words: [a]}", f"signs: {{s: {{{SCORE}}}}}\n"), "a score cannot be a part of"),
        (
            text(f"{{score: {{signals: [{{name: n, when: {{{SCORE}}}, weight: 9}}], block: 9}}}}"),
            "a score cannot be a part of something",
        ),
        (text(f"{{words: [a]}}, except: {{{SCORE}}}"), "a score cannot be a part of something"),
        (text(f"{{score: {{signals: [{JOB}], block: 5}}}}"), "all signals together reach 4"),
        (
            text(f"{{score: {{signals: [{JOB}], review: 4, block: 4}}}}"),
            "review at 4 is not below block at 4",
        ),
        (
            text(
                "{score: {signals: [{name: n, when: {words: [a]}, weight: 3, cap: 2}], block: 2}}"
            ),
            "a cap of 2 is less than the weight of 3",
        ),
        (text("{score: {signals: [], block: 2}}"), "expected at least one, found an empty list"),
        (
            text("{score: {signals: [{name: n, when: {words: {list: no}}, weight: 3}], block: 2}}"),
            'there is no list "no"',
        ),
        (text("{kind: voice}, on: name"), "a name has no kind"),
        (text("{all: [{rate: {messages: 2, within: 1h}}]}, on: [name]"), "a name has no rate"),
        (
            text("{words: [a]}, except: {repeat: {times: 2, within: 1h}}, on: [message, name]"),
            "a name has no repeat",
        ),
        (text("{score: {signals: [{name: n, weight: 3}], block: 2}}"), 'missing key "when"'),
    ],
)
def test_what_has_no_sense_there_is_refused(source: str, message: str) -> None:
    """Each with its place; what is fine is not named along."""
    assert 1 == len(errors(source))
    assert message in errors(source)[0]


def test_a_score_may_be_a_part_of_all() -> None:
    """What else must hold beside it."""
    assert [] == errors(text(f"{{all: [{{who: newcomer}}, {{{SCORE}}}]}}"))


def test_a_score_of_a_second_file_asks_for_its_own_words() -> None:
    """Merged behind another file, its signals are numbered behind that file's words."""
    first = ruleset(text("{words: [other]}", rule="first"))
    both = merge([first, ruleset(text(f"{{{SCORE}}}"))])
    score = both.rules[1].when
    assert isinstance(score, Score)
    numbers = [one.when.number for one in score.signals if isinstance(one.when, Words)]
    assert [1, 2] == numbers
