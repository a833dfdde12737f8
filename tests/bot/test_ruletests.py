"""Tests inside rule files: what counts as a consequence, and how a mismatch is said."""

from __future__ import annotations

import pytest

from bot.ruletests import TestResult as Outcome
from bot.ruletests import run, untested
from rules.files import Loaded, load

FILE = """\
pack: p
mode: {mode}
timezone: Europe/Berlin
applies_to: {{ groups: [only this one] }}
ladder: {{ steps: [{{ do: warn }}, {{ do: mute, for: 1d }}, {{ do: remove }}] }}
greeting: {{}}
rules:
  - id: bad
    title: Bad
    when: {{ words: [bad] }}
    then: {{ strikes: 1 }}
    match: [a bad word]
    pass: [a good word]
  - id: new
    title: New
    for: newcomer
    when: {{ words: [link] }}
    then: {{ strikes: 0, say: hello }}
    match: [a link]
  - id: sell
    title: Sell
    when: {{ words: [sell] }}
    unless: {{ followed_by: {{ kind: red_packet, within: 3m }}, say: soon }}
    then: {{ strikes: 1 }}
  - id: far
    title: Far
    mode: off
    when: {{ words: [far] }}
    then: {{ strikes: 1 }}
tests:
{tests}
"""


def file(*tests: str, mode: str = "enforce") -> Loaded:
    """A file with these timelines, loaded."""
    text = FILE.format(tests="\n".join(tests) or "  []", mode=mode)
    loaded = load(text, file="p.yaml")
    assert loaded.ruleset is not None, loaded.faults
    return loaded


def timeline(steps: str, expect: str, mode: str = "enforce") -> Outcome:
    """What comes of one timeline."""
    return run(file(f"  - {{name: t, steps: [{steps}], expect: [{expect}]}}", mode=mode))[-1]


BAD = "{at: '10:00', from: ann, text: bad}"


@pytest.mark.parametrize(
    ("steps", "expect"),
    [
        pytest.param(BAD, "{at: '10:00', rule: bad, do: warn, to: ann}", id="everything said"),
        pytest.param(BAD, "{}", id="nothing said"),
        pytest.param("{at: '10:00', from: ann, text: fine}", "", id="nothing happens"),
        pytest.param(f"{BAD}, {{at: '10:00:30', from: ann, text: bad}}", "{do: warn}", id="burst"),
        pytest.param(
            "{at: '10:00', from: ann, text: bad, repeat: 3, every: 5m}",
            "{do: warn}, {do: mute, for: 1d, at: '10:05'}, {do: remove, confirm: admin}",
            id="the ladder",
        ),
        pytest.param(
            "{at: '10:00', from: [ann, bob], text: bad, repeat: 4, every: 5m}",
            "{to: ann}, {to: bob}, {to: ann, do: mute}, {to: bob, do: mute}",
            id="in turn",
        ),
        pytest.param(
            "{at: '10:00', from: ann, newcomer: true, text: a link}",
            "{rule: new, do: notice}",
            id="a newcomer",
        ),
        pytest.param("{at: '10:00', from: ann, text: a link}", "", id="an old member"),
        pytest.param("{at: '10:00', from: ann, role: admin, text: bad}", "", id="staff"),
        pytest.param(
            "{at: '10:00', from: ann, text: sell}",
            "{at: '10:03', rule: sell, do: warn}",
            id="after the last step",
        ),
        pytest.param(
            "{at: '10:00', from: ann, text: sell},"
            " {at: '10:02', from: ann, kind: red_packet, amount: 50, parts: 20}",
            "",
            id="forgiven",
        ),
        pytest.param(
            "{at: 'd1 10:00', from: ann, text: bad}, {at: 'd3 10:00:07', from: ann, text: bad}",
            "{at: 'd1 10:00:00'}, {at: 'd3 10:00'}",
            id="days and seconds",
        ),
        pytest.param("{at: '10:00', from: ann, text: far}", "", id="a rule that is off"),
        pytest.param(
            "{at: '10:00', from: ann, newcomer: true, text: hi},"
            " {at: '10:05', from: ann, newcomer: true, text: a link}",
            "{do: notice}",
            id="joins once",
        ),
    ],
)
@pytest.mark.parametrize("mode", ["enforce", "shadow"])
def test_timelines_pass(steps: str, expect: str, mode: str) -> None:
    """What is expected is found, in a file on trial too, whatever groups the file is for."""
    assert Outcome("t", passed=True) == timeline(steps, expect, mode)


@pytest.mark.parametrize(
    ("steps", "expect", "message"),
    [
        (BAD, "", "expected:\n  nothing\ngot:\n  d1 10:00:00 by bad: warn to ann"),
        (BAD, "{do: mute}", "expected:\n  mute\ngot:\n  d1 10:00:00 by bad: warn to ann"),
        (
            "{at: 'd2 10:00', from: ann, text: fine}",
            "{at: 'd2 10:00', rule: bad, to: ann, do: mute, for: 1d}",
            "expected:\n  d2 10:00:00 by bad: mute to ann for 1d\ngot:\n  nothing",
        ),
        (
            BAD,
            "{at: '10:00:01'}",
            "expected:\n  d1 10:00:01 anything\ngot:\n  d1 10:00:00 by bad: warn to ann",
        ),
        (
            "{at: '10:00', from: ann, text: bad, repeat: 3, every: 5m}",
            "{}, {for: 2d}, {confirm: never}",
            (
                "expected:\n  anything\n  anything for 2d\n  anything\n"
                "got:\n  d1 10:00:00 by bad: warn to ann\n"
                "  d1 10:05:00 by bad: mute to ann for 1d\n"
                "  d1 10:10:00 by bad: remove to ann confirmed by admin"
            ),
        ),
    ],
)
def test_a_mismatch_says_expected_against_got(steps: str, expect: str, message: str) -> None:
    """Somebody who reads a failed test sees what came instead."""
    result = timeline(steps, expect)
    assert (False, message) == (result.passed, result.message)


def test_examples_of_single_messages() -> None:
    """`match` must be hit, `pass` must not; a rule for newcomers is asked about one."""
    passed = run(file())
    assert ["bad: match “a bad word”", "bad: pass “a good word”", "new: match “a link”"] == [
        result.name for result in passed
    ]
    assert all(result.passed for result in passed)


def test_failed_examples_say_so() -> None:
    """An example that is wrong names its rule, and what was expected of it: of a grave rule also
    what it would have to leave alone.
    """
    text = FILE.format(tests="  []", mode="enforce").replace(
        "id: bad", "id: bad\n    category: porn"
    )
    swapped = text.replace("match: [a bad word]", "match: [fine]").replace("[a good", "[a bad")
    found = run(load(swapped, file="p"))
    assert [
        "expected: hit by Bad (bad)\ngot: it was left alone",
        "expected: left alone by Bad (bad)\ngot: it was hit",
        "",
    ] == [result.message for result in found]


def test_what_every_rule_must_leave_alone() -> None:
    """A message that the whole file leaves alone names the grave rules that hit it."""
    text = f"{FILE.format(tests='  []', mode='enforce')}pass: [a bad sell]\n"
    assert ["", "", "", ""] == [one.message for one in run(load(text, file="p"))]
    grave = text.replace("id: sell", "id: fraud")
    found = run(load(grave, file="p"))[-1]
    expected = "expected: left alone by every rule\ngot: it was hit by fraud"
    assert ("pass “a bad sell”", expected) == (found.name, found.message)


def test_examples_of_a_rule_that_is_off_hold_all_the_same() -> None:
    """A pack's rule that somebody switches off does not fail by the examples it brings along, and
    a rule that waits to be switched on is tested before.
    """
    text = FILE.format(tests="  []", mode="enforce").replace(
        "id: bad\n", "id: bad\n    mode: off\n"
    )
    found = run(load(text, file="p"))
    assert 3 == len(found)
    assert all(result.passed for result in found)


def test_rules_without_a_test_are_named() -> None:
    """A rule whose loss no test notices is reported; one that is held is not."""
    held = f"  - {{name: t, steps: [{BAD}], expect: [{{do: warn}}]}}"
    assert ["sell", "far"] == untested(file(held))


def test_a_broken_file_has_no_tests() -> None:
    """Tests of a file with errors are not run: it says nothing yet."""
    broken = load("pack: [", file="broken.yaml")
    assert [] == untested(broken)
    with pytest.raises(ValueError, match=r"broken\.yaml"):
        run(broken)


ON_PLATFORMS = """\
pack: p
rules:
  - id: gift
    title: Gift
    when: { words: [sell] }
    unless: { followed_by: { kind: red_packet, within: 3m } }
    then: { strikes: 1 }
  - id: name
    title: Name
    on: name
    when: { words: [vip] }
    then: { strikes: 1 }
    match: [Ann VIP]
    pass: [Ann]
tests:
  - name: where packets are seen it waits, elsewhere an admin is asked
    platforms: PLATFORMS
    steps: [{ at: "10:00", from: ann, text: sell }]
    expect: [{ do: EXPECTED }]
  - name: a name is judged when it is taken
    steps: [{ at: "10:00", from: ann, name: vip ann }, { at: "10:05", from: ann, text: vip }]
    expect: [{ at: "10:00", rule: name, do: warn, to: ann }]
"""


def on(platforms: str, expected: str, asked_for: str = "") -> list[tuple[str, bool]]:
    """What comes of the timelines on these platforms."""
    text = ON_PLATFORMS.replace("PLATFORMS", platforms).replace("EXPECTED", expected)
    results = run(load(text, file="p.yaml"), platform=asked_for)
    return [(one.name.partition("(")[2], one.passed) for one in results[2:]]


def test_a_timeline_is_played_on_the_platforms_it_names() -> None:
    """Once on each, by its name; those that name none are played where everything can be done."""
    assert [("wechat)", True), ("", True)] == on("[wechat]", "warn")
    assert [("telegram)", True), ("", True)] == on("[telegram]", "ask")
    both = on("[telegram, wechat]", "ask")
    assert [("telegram)", True), ("wechat)", False), ("", True)] == both
    assert [("wechat)", False), ("", True)] == on("[telegram, wechat]", "ask", "wechat")


def test_examples_of_a_rule_on_names_are_names() -> None:
    """They are taken by a member, not said."""
    text = ON_PLATFORMS.replace("PLATFORMS", "[]").replace("EXPECTED", "warn")
    assert [True, True] == [one.passed for one in run(load(text, file="p.yaml"))[:2]]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("name: a, text: b", "a step is either a message or a name"),
        ("name: a, kind: voice", "a step is either a message or a name"),
        ("role: admin", "a step needs a text, or a kind other than text"),
    ],
)
def test_a_step_is_one_thing(step: str, message: str) -> None:
    """A message or a name, and not neither."""
    steps = f"[{{at: '10:00', from: ann, {step}}}]"
    text = f"pack: p\ntests: [{{name: t, steps: {steps}, expect: []}}]\n"
    assert [message] == [fault.message for fault in load(text, file="p").faults]
