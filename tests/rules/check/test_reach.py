"""Rules that can never hold or win are named at their place, and no others."""

from __future__ import annotations

import pytest

from rules.check.implies import covers
from rules.conditions.logic import AllOf, AnyOf
from rules.conditions.media import KindIs
from rules.message import Kind
from tests.rules.check.checking import messages, rule

NEVER = "warning rules[0].when: this can never hold: "


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("{ all: [{ kind: text }, { kind: voice }] }", "a message of the kind text is never voice"),
        (
            "{ all: [{ who: newcomer }, { who: trusted }] }",
            "nobody is both newcomer and trusted",
        ),
        ("{ who: admin }", "admin is never judged unless applies_to_staff is written"),
        (
            "{ length: { at_least: 9, at_most: 5 } }",
            "no text has at least 9 and at most 5 characters",
        ),
        (
            "{ all: [{ length: { at_least: 9 } }, { all: [{ length: { at_most: 5 } }] }] }",
            "no text has at least 9 and at most 5 characters",
        ),
        (
            "{ words: { list: two, at_least: 3 } }",
            'it asks for 3 different words, and the list "two" has 2',
        ),
        (
            "{ words: { words: [qqzx], at_least: 2 } }",
            "it asks for 2 different words, and the list has 1",
        ),
        (
            """{ all: [{ time: { between: ['23:00', '07:00'] } },
                       { time: { between: ['08:00', '22:00'] } }] }""",
            "the two times of day have no minute in common",
        ),
        (
            "{ all: [{ words: [qqzx] }, { link: any }, { not: { words: [qqzx] } }] }",
            "what one part asks for, another excludes",
        ),
        (
            "{ any: [{ link: any }, { all: [{ kind: text }, { kind: poll }] }] }",
            "a message of the kind text is never poll",
        ),
    ],
)
def test_a_condition_that_can_never_hold_is_named(when: str, reason: str) -> None:
    """With the reason, at the condition."""
    assert NEVER + reason in messages(rule(when))


@pytest.mark.parametrize(
    "when",
    [
        "{ all: [{ kind: [text, voice] }, { kind: voice }] }",
        "{ all: [{ who: newcomer }, { who: [newcomer, trusted] }] }",
        "{ all: [{ who: { messages_fewer_than: 3 } }, { who: newcomer }] }",
        "{ who: [admin, newcomer] }",
        "{ length: { at_least: 5, at_most: 5 } }",
        "{ length: { at_most: 5 } }",
        "{ words: { list: two, at_least: 2 } }",
        """{ all: [{ time: { between: ['23:00', '07:00'] } },
                   { time: { between: ['06:00', '22:00'] } },
                   { time: { between: ['05:00', '05:00'] } }] }""",
        "{ all: [{ words: [qqzx] }, { not: { words: [qqzy] } }] }",
    ],
)
def test_a_condition_that_can_hold_is_not_named(when: str) -> None:
    """What is only narrow is fine."""
    assert [] == [one for one in messages(rule(when)) if "never" in one]


def test_the_audience_of_a_rule_counts_as_a_part() -> None:
    """A rule for newcomers that asks for trusted members hits nobody."""
    assert [f"{NEVER}nobody is both newcomer and trusted"] == messages(
        rule("{ who: trusted }", "for: newcomer")
    )
    assert [] == messages(rule("{ who: admin }", "applies_to_staff: true"))


def test_an_exception_that_takes_everything_is_named() -> None:
    """What the rule hits is let pass each time."""
    assert [
        "warning rules[0].except: this can never hold: whatever it hits, its exception lets pass"
    ] == messages(
        rule(
            "{ all: [{ words: [qqzx] }, { link: any }] }",
            "except: { any: [{ words: [qqzy] }, { words: [qqzx] }] }",
        )
    )


LOST = 'this rule never decides: "{}" hits all that it hits and weighs as much'


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            rule("{ words: [qqzx] }"),
            rule("{ words: [qqzx] }", id_="b"),
            [f"warning rules[1]: {LOST.format('a')}"],
        ),
        (
            rule("{ all: [{ words: [qqzx] }, { link: any }] }"),
            rule("{ words: [qqzx] }", id_="b", then="{ strikes: 2 }"),
            [f"warning rules[0]: {LOST.format('b')}"],
        ),
        (
            rule("{ words: [qqzx] }"),
            rule(
                "{ any: [{ all: [{ words: [qqzx] }, { link: any }] }, { words: [qqzx] }] }", id_="b"
            ),
            [f"warning rules[1]: {LOST.format('a')}"],
        ),
        (rule("{ words: [qqzx] }", "for: newcomer"), rule("{ words: [qqzx] }", id_="b"), []),
        (
            rule("{ words: [qqzx] }", "except: { link: any }"),
            rule("{ words: [qqzx] }", id_="b"),
            [],
        ),
        (
            rule("{ words: [qqzx] }", then="{ ask: true }"),
            rule("{ words: [qqzx] }", id_="b", then="{ delete: true, say: no }"),
            [f"warning rules[0]: {LOST.format('b')}"],
        ),
        (
            rule("{ words: [qqzx] }", "mode: shadow"),
            rule("{ words: [qqzx] }", id_="b"),
            [],
        ),
        (rule("{ words: [qqzx] }", "mode: off"), rule("{ words: [qqzx] }", id_="b"), []),
        (rule("{ words: [qqzx] }"), rule("{ words: [qqzy] }", id_="b"), []),
    ],
)
def test_a_rule_that_never_wins_is_named(first: str, second: str, expected: list[str]) -> None:
    """Another hits whatever it hits, and weighs at least as much."""
    single = "a single word is enough"
    assert expected == [one for one in messages(first, second) if single not in one]


def test_what_covers_what() -> None:
    """All of some cover what each covers; nothing covers by having no parts."""
    text, voice = KindIs(kinds=(Kind.TEXT,)), KindIs(kinds=(Kind.VOICE,))
    both, either = AllOf(conditions=(text, voice)), AnyOf(conditions=(text, voice))
    assert covers(either, both)
    assert covers(text, both)
    assert covers(both, AllOf(conditions=(voice, text)))
    assert not covers(both, text)
    assert not covers(AllOf(conditions=()), text)
    assert not covers(text, AnyOf(conditions=()))
