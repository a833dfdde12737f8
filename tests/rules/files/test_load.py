"""Loading a rule file: all faults at once, each at its place, and packs that are extended."""

from __future__ import annotations

import pytest

from rules.files import Library, Loaded, load
from tests.library import EMPTY

HEAD = "schema: 1\npack: test\n"


def loaded(text: str | bytes, library: Library = EMPTY) -> Loaded:
    """The file as it is loaded."""
    return load(text, file="test.yaml", library=library)


def faults(text: str | bytes, library: Library = EMPTY) -> list[str]:
    """The faults as people see them."""
    return [fault.render("f") for fault in loaded(text, library).faults]


TEN = """\
schema: 1
pack: bad
timezone: Asia/Shangai
mode: enfroce
lists:
  ads: ["加微信"]
  texts: ["好"]
roles: { newcommer: { member_for_less_than: 24h } }
ladder: { steps: [], burst: -5m, when_not_possible: { mute: [rest, strike_if_speaks] } }
limits: { share_of_messages: 500% }
rules:
  - id: one
    title: One
    for: newcommer
    when: { words: { list: adds } }
    then: { strikes: 1, say: "{membr}, no" }
  - id: one
    title: Two
    when: { regex: "a(?=b)" }
    then: { strikes: -1, at_most: 1-30m }
  - id: three
    title: Three
    when:
      all: [{ time: { between: ["25:00", "07:00"] } }, { rate: { messages: 9, within: 2h } }]
    except: { like: { list: texts } }
    then: { strikes: 1 }
topics:
  - { id: morning, at: "61 8 * * *", say: 早安 }
"""

TEN_FAULTS = [
    'f:3:11: there is no time zone "Asia/Shangai" (did you mean "Asia/Shanghai"?)',
    (
        'f:4:7: expected "off", "shadow", "ask" or "enforce", found "enfroce"'
        ' (did you mean "enforce"?)'
    ),
    'f:7:11: a text to compare with needs at least 3 letters, found "好"',
    'f:8:10: unknown key "newcommer" (did you mean "newcomer"?)',
    "f:9:18: expected at least one, found an empty list",
    (
        'f:9:29: expected a length of time like 10s, 5m, 2h or 7d, found "-5m"'
        " (a length of time is never negative)"
    ),
    (
        'f:9:68: expected "rest", found "strike_if_speaks" (talking during a rest is no breach:'
        " the member is told once until when, and only a new breach counts)"
    ),
    'f:10:30: expected a share from 1% to 100%, found "500%"',
    (
        'f:14:10: expected "everyone", "newcomer", "known" or "trusted", found "newcommer"'
        ' (did you mean "newcomer"?)'
    ),
    'f:15:28: there is no list "adds" (did you mean "ads"?)',
    "f:16:30: there is no placeholder {membr} here (did you mean {member}?)",
    'f:17:9: the id "one" is taken by another rule above (give one of them another id)',
    ("f:19:20: this pattern cannot be used: lookahead is not possible: use `all` with two parts"),
    'f:20:22: expected a whole number from 0 to 100, found "-1"',
    'f:20:35: expected how often in how long, like 1/30m, found "1-30m"',
    'f:24:33: there is no time "25:00": the last of a day is 23:59',
    "f:24:87: expected at most 1h, found 2h (a group is remembered for one hour)",
    'f:28:24: this is no cron text: bad minute (every day at 8:30 is "30 8 * * *")',
]


def test_all_mistakes_are_reported_at_once() -> None:
    """A file with many mistakes names every one of them, with line, column and what was meant."""
    assert TEN_FAULTS == faults(TEN)
    assert loaded(TEN).ruleset is None


def test_a_mistake_in_the_yaml_is_reported_alone() -> None:
    """Where the text is no YAML, what stands behind the mistake is not guessed at."""
    found = faults(HEAD + "mode: nonsense\nrules: [\n")
    assert 1 == len(found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*a, *a]\n" for c in "bcdef"), id="alias bomb"
        ),
        pytest.param(b"\x00\x01\x02\xff" * 100, id="binary"),
        pytest.param("rules:\n\t- id: x\n", id="tab"),
        pytest.param("pack: a\npack: b\n", id="a key twice"),
        pytest.param("x" * 6_000_000, id="too large"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param("", id="empty"),
        pytest.param("- a list\n", id="not a mapping"),
        pytest.param("just a text\n", id="a text"),
    ],
)
def test_what_is_no_rule_file_is_a_fault(text: str | bytes) -> None:
    """Whatever stands in a file, loading it gives faults and never an exception."""
    found = loaded(text)
    assert found.ruleset is None
    assert found.faults


def test_an_empty_list_is_a_warning_and_matches_nothing() -> None:
    """A file with an empty list is used, and its writer is told."""
    text = HEAD + (
        "lists: { x: [] }\nrules:\n- {id: a, title: A, when: {words: {list: x}}, then: {}}\n"
    )
    found = loaded(text)
    assert ['f:3:10: warning: the list "x" is empty: it matches nothing'] == faults(text)
    assert found.ruleset is not None


RULE = "rules:\n- id: a\n  title: A\n  then: {{strikes: 1}}\n  when: {when}\n"


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        (
            "{words: [a], kind: image}",
            (
                "f:8:22: expected one condition, found 2: words, kind"
                " (put them under all: or under any:)"
            ),
        ),
        (
            "{}",
            (
                'f:8:9: expected a condition: "any", "all", "not", "words", "regex", "like",'
                ' "link", "kind", "rate", "repeat", "who", "time", "length", "nickname",'
                ' "score" or "sign"'
            ),
        ),
        ("{any: []}", "f:8:10: any needs at least one condition"),
        ("{not: {all: []}}", "f:8:16: all needs at least one condition"),
        ("{wrods: [a]}", 'f:8:10: unknown key "wrods" (did you mean "words"?)'),
        (
            "{words: }",
            "f:8:17: nothing is written behind words: (write a value, or leave the key out)",
        ),
        ('{words: ["\u200b"]}', None),
        (
            "{words: {at_least: 2}}",
            'f:8:17: expected either "list" or "words"',
        ),
        ("{words: {list: x, words: [a]}}", 'f:8:17: expected either "list" or "words"'),
        ("{like: {list: none}}", 'f:8:23: there is no list "none" (there are x, sites)'),
        ("{link: {not_in: sits}}", 'f:8:25: there is no list "sits" (did you mean "sites"?)'),
        ("{link: some}", 'f:8:16: expected "any", "in: a list" or "not_in: a list"'),
        ("{link: {}}", 'f:8:16: expected "any", "in: a list" or "not_in: a list"'),
        ("{link: {on: sites}}", 'f:8:17: unknown key "on" (did you mean "in"?)'),
        (
            "{link: {in: x}}",
            'f:3:13: expected a site like docs.qq.com, found "加微信"',
        ),
        ("{kind: imag}", None),
        (
            "{rate: {messages: 65, within: 1m}}",
            "f:8:16: of one member at most 64 messages are remembered (write fewer, or per: group)",
        ),
        ("{repeat: {times: 1, within: 1m}}", None),
        ("{who: {}}", "f:8:15: expected is, joined_less_than or messages_fewer_than"),
        ("{who: newcommer}", None),
        ("{length: {}}", "f:8:18: expected at_least or at_most"),
        ('{time: {between: ["23:00"]}}', "f:8:26: missing item 2 of the list"),
        ("[]", 'f:8:9: expected a mapping ("key: value"), found a list'),
    ],
)
def test_conditions_that_say_nothing_are_faults(when: str, fault: str | None) -> None:
    """A condition that is none, or is two, or names what is not there, has its fault."""
    lists = 'lists: {x: ["加微信"], sites: [docs.qq.com]}\n'
    found = faults(HEAD + lists + RULE.format(when=when))
    assert 1 == len(found), found
    if fault is not None:
        assert [fault] == found


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            "pack: a b",
            (
                'f:2:7: expected an id like ad-needs-red-packet, found "a b"'
                " (an id is made of a-z, 0-9, - and _; the title is free)"
            ),
        ),
        (
            "pack: a\nladder: {steps: [{do: mute}]}",
            "f:3:18: a mute needs a length (write for: 1d beside do: mute)",
        ),
        (
            "pack: a\nladder: {steps: [{do: warn, for: 1d}]}",
            "f:3:18: warn has no length (only a mute has one)",
        ),
        (
            "pack: a\nladder: {steps: [{do: warn, confirm: admin}]}",
            "f:3:18: warn is never confirmed (only a removal is)",
        ),
        (
            "pack: a\nroles: {exempt: [member]}",
            'f:3:18: expected "helper", "admin", "owner" or "bot", found "member"',
        ),
        (
            "pack: a\nrules:\n- {id: [x], title: A, when: {kind: image}, then: {}}",
            "f:4:8: expected a text, found a list",
        ),
        (
            "pack: a\ngreeting: ",
            "f:3:10: nothing is written behind greeting: (write a value, or leave the key out)",
        ),
        (
            (
                "pack: a\ntests:\n- {name: t, steps: [{at: '9:00', from: a, text: x},"
                " {at: '8:00', from: a, text: x}], expect: []}"
            ),
            (
                "f:4:3: the steps are not in order of time"
                " (put them in order; a time of the next day begins with d2)"
            ),
        ),
        (
            "pack: a\ntests:\n- {name: t, steps: [{at: '9:00', from: a}], expect: []}",
            "f:4:21: a step needs a text, or a kind other than text",
        ),
        (
            (
                "pack: a\ntests:\n- {name: t, steps: [{at: '9:00', from: a, text: x}],"
                " expect: [{rule: r}]}"
            ),
            'f:4:70: there is no rule "r"',
        ),
        (
            "pack: a\ntopics:\n- {id: a, at: 0 8 * * *, say: x}\n- {id: a, at: 0 9 * * *, say: y}",
            'f:5:8: the id "a" is taken by another topic above (give one of them another id)',
        ),
    ],
)
def test_other_parts_have_their_faults(line: str, fault: str) -> None:
    """What does not fit together inside a part is named at that part."""
    assert [fault] == faults(f"schema: 1\n{line}\n")


@pytest.mark.parametrize(
    ("followed_by", "fault"),
    [
        (
            "{kind: image, within: 3m, amount: '>=50'}",
            "f:7:25: there is no amount in a message of the kind image (leave amount out)",
        ),
        (
            "{kind: transfer, within: 3m, parts: '>=5'}",
            "f:7:25: there are no parts in a message of the kind transfer (leave parts out)",
        ),
        (
            "{kind: red_packet, within: 3m, amount: '50'}",
            'f:7:64: expected a lower limit like ">=50", found "50" (did you mean ">=50"?)',
        ),
        ("{kind: red_packet}", 'f:7:25: missing key "within"'),
    ],
)
def test_what_has_to_follow_is_checked(followed_by: str, fault: str) -> None:
    """An amount is asked only of what has one."""
    text = HEAD + (
        "rules:\n- id: a\n  title: A\n  when: {kind: image}\n"
        f"  unless: {{followed_by: {followed_by}}}\n  then: {{strikes: 1}}\n"
    )
    assert [fault] == faults(text)
