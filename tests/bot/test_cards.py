"""Commands and cards: 群规, 误会, and what the admins answer."""

from __future__ import annotations

import pytest

from rules.actions import Ask, Remove, Say
from rules.decision import Decision
from rules.events import Tick
from rules.message import Role
from tests.builders import at, edited
from tests.scenes import GROUP, Scene

RULES = """\
pack: p
mode: {mode}
greeting: {{ say: "hi {{names}}", about: flats }}
topics: [{{ id: t, at: "30 20 * * *", say: good evening }}]
ladder: {{ steps: [{{ do: warn }}, {{ do: mute, for: 1d }}, {{ do: remove }}] }}
rules:
  - {{ id: bad, title: Bad, when: {{ words: [bad] }}, then: {{ strikes: 1, delete: true }} }}
  - {{ id: off, title: Off, mode: off, when: {{ words: [x] }}, then: {{}} }}
"""


HOUR = 3600


def scene(mode: str = "enforce") -> Scene:
    """A group with a welcome, a topic half an hour after T0, and one rule."""
    return Scene(RULES.format(mode=mode))


def said(decisions: list[Decision]) -> list[str]:
    """The keys of what is said in the group."""
    return [one.line.key for each in decisions for one in each.actions if isinstance(one, Say)]


@pytest.mark.parametrize("text", ["群规", "群规。", " /rules ", "群规！"])
def test_the_rules_are_told_on_request(text: str) -> None:
    """One word, whole line; rules that are off are not told."""
    group = scene()
    group.say(text)
    (line,) = [one.line for one in group.decisions[-1].actions if isinstance(one, Say)]
    assert ("rules", "1", "1. Bad") == (line.key, line.values["n"], line.values["lines"])


@pytest.mark.parametrize("text", ["看一下群规", "群规是什么", "误会", "mistake", "收到"])
def test_ordinary_talk_is_no_command(text: str) -> None:
    """A word inside a sentence, or 误会 from somebody without a case, is talk."""
    group = scene()
    group.say(text)
    assert () == group.decisions[-1].actions


def test_commands_are_heard_only_where_the_bot_speaks() -> None:
    """Not on trial, not out of a backlog, not by an edit."""
    trial = scene("shadow")
    trial.say("群规")
    assert () == trial.decisions[-1].actions
    group = scene()
    group.say("群规", late=600)
    assert () == group.decisions[-1].actions
    first = group.say("hello", seconds=10)
    assert () == group.take(edited("群规", first, seconds=20)).actions


def contested() -> Scene:
    """Somebody was muted at once after a warning, and says it was a mistake."""
    group = scene()
    group.say("bad")
    group.say("bad", seconds=100)
    group.say("误会", seconds=200)
    return group


def test_a_contested_case_does_not_count_until_somebody_looked() -> None:
    """The mute ends, the strike is taken off, the admins get a card with two answers."""
    group = contested()
    assert {} == group.group.sanctions
    assert 1 == group.state.standing(GROUP, "m1").level
    assert "contested" == group.state.cases[2].status
    asks = [one for one in group.decisions[-1].actions if isinstance(one, Ask)]
    assert [("mistake", "stands")] == [one.choices for one in asks]
    assert "appeal_got" == said(group.decisions)[-1]
    assert not [one for one in group.state.deadlines if one.startswith("mute_ends")]


@pytest.mark.parametrize(
    ("choice", "status", "level", "key"),
    [("mistake", "overturned", 1, "appeal_yes"), ("stands", "upheld", 2, "appeal_no")],
)
def test_the_admins_answer_decides(choice: str, status: str, level: int, key: str) -> None:
    """Taken back for good with a sorry, or counted again; a second answer changes nothing."""
    group = contested()
    group.press(2, choice, seconds=300)
    assert (status, level) == (group.state.cases[2].status, group.state.standing(GROUP, "m1").level)
    assert key == said(group.decisions)[-1]
    other = "stands" if choice == "mistake" else "let_go"
    group.press(2, other, seconds=310)
    assert () == group.decisions[-1].actions


def test_nobody_looked_in_time() -> None:
    """After twelve hours a contested case is cleared, and the bot says sorry for the wait."""
    group = contested()
    group.wait(13 * HOUR)
    assert ("overturned", "appeal_late") == (group.state.cases[2].status, said(group.decisions)[-1])


def test_an_admin_may_say_that_it_was_a_mistake() -> None:
    """Without any protest: everything is taken back, and the sorry is said where the shame was."""
    group = scene()
    group.say("bad")
    group.press(1, "mistake", seconds=50)
    assert ("overturned", 0) == (
        group.state.cases[1].status, group.state.standing(GROUP, "m1").level
    )  # fmt: skip
    assert "sorry" == said(group.decisions)[-1]


def test_an_old_case_is_not_contested() -> None:
    """A week later 误会 is ordinary talk again; the newest case within is meant."""
    group = scene()
    group.say("bad")
    group.say("误会", seconds=7 * 24 * HOUR + 1)
    assert () == group.decisions[-1].actions


def test_a_question_is_carried_out_or_let_go() -> None:
    """`act` does what the breach costs, `let_go` nothing, silence nothing either."""
    group = scene("ask")
    for n in range(3):
        group.say("bad", seconds=n, by=f"m{n}")
    group.rules(scene().ruleset)
    group.press(1, "act", seconds=60)
    group.press(2, "let_go", seconds=61)
    group.wait(13 * HOUR)
    assert ["done", "let_go", "let_go"] == [one.status for one in group.state.cases.values()]
    assert [1, 0, 0] == [group.state.standing(GROUP, f"m{n}").level for n in range(3)]


def test_an_answer_within_a_burst_closes_its_question() -> None:
    """Two rules asked about one burst: the second answer counts nothing more, and is done."""
    group = Scene(
        "pack: p\nmode: ask\nrules:\n"
        "- {id: a, title: A, when: {words: [one]}, then: {strikes: 1}}\n"
        "- {id: b, title: B, when: {words: [two]}, then: {strikes: 1}}\n"
    )
    group.say("one")
    group.say("two", seconds=5)
    group.press(1, "act", seconds=60)
    group.press(2, "act", seconds=61)
    assert ["done", "done"] == [one.status for one in group.state.cases.values()]
    assert 1 == group.state.standing(GROUP, "m1").level


def test_a_removal_waits_for_a_tap() -> None:
    """The third breach asks; one tap removes, and nobody but staff can give it."""
    group = scene()
    for n in range(3):
        group.say("bad", seconds=100 * n)
    assert "confirm" == group.state.cases[3].status
    group.press(3, "confirm", seconds=300, role=Role.MEMBER)
    group.press(9, "confirm", seconds=301)
    assert "confirm" == group.state.cases[3].status
    group.press(3, "confirm", seconds=302)
    assert "done" == group.state.cases[3].status
    assert [Remove] == [type(one) for one in group.decisions[-1].actions]


def test_a_notice_leaves_nothing_to_undo() -> None:
    """A case without strikes or sanction is overturned by words alone."""
    group = Scene(
        "pack: p\nmode: ask\nrules:\n"
        "- {id: a, title: A, when: {words: [one]}, then: {delete: true}}\n"
    )
    group.say("one")
    group.press(1, "act", seconds=10)
    group.say("误会", seconds=20)
    group.press(1, "stands", seconds=30)
    assert ["upheld", 0] == [
        group.state.cases[1].status,
        group.state.standing(GROUP, "m1").level,
    ]


def test_a_question_that_was_answered_does_not_expire() -> None:
    """A card's deadline that comes after its answer changes nothing."""
    group = contested()
    group.press(2, "stands", seconds=300)
    tick = Tick(key="k", at=at(400), seen_at=at(400), group=GROUP, deadline="case", ref="2")
    assert () == group.take(tick).actions
    gone = Tick(key="k2", at=at(400), seen_at=at(400), group=GROUP, deadline="case", ref="99")
    assert () == group.take(gone).actions


def test_a_removal_that_is_let_go_was_never_counted() -> None:
    """Not removed is not struck: the level is what it was before."""
    group = scene()
    for n in range(3):
        group.say("bad", seconds=100 * n)
    assert 3 == group.state.standing(GROUP, "m1").level
    group.press(3, "let_go", seconds=300)
    assert "let_go" == group.state.cases[3].status
    assert 2 == group.state.standing(GROUP, "m1").level


def test_one_card_about_a_removal_is_enough() -> None:
    """While the admins have it before them there is no second card, and no level above the last."""
    group = scene()
    for n in range(6):
        group.say("bad", seconds=100 * n)
    assert [3] == [one.number for one in group.state.cases.values() if one.status == "confirm"]
    assert 3 == group.state.standing(GROUP, "m1").level


def test_an_upheld_case_is_not_contested_again() -> None:
    """An admin has looked; only an admin may still take it back."""
    group = contested()
    group.press(2, "stands", seconds=300)
    group.say("误会", seconds=310)
    assert "upheld" == group.state.cases[2].status
    group.press(2, "mistake", seconds=320)
    assert "overturned" == group.state.cases[2].status
