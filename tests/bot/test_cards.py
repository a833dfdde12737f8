"""Answers of admins to cards, and protests of members: each case comes to one end."""

from __future__ import annotations

import pytest

from rules.decision import Decision, Mode
from rules.message import Kind, Role
from tests.bots import ruleset
from tests.builders import message
from tests.stories import Story, kinds, statuses

HALF_A_DAY = 12 * 3600


def asked() -> Story:
    """A file was sent: case 1 asks the admins."""
    story = Story()
    assert ["card"] == kinds(story.say(message("", Kind.FILE)))
    return story


def warned() -> Story:
    """Somebody swore and was warned: case 1 is done."""
    story = Story()
    assert ["Delete", "warn_deleted"] == kinds(story.say("笨蛋"))
    return story


def muted() -> Story:
    """Somebody swore twice and is muted for 20 minutes: case 2 is done."""
    story = warned()
    assert ["Delete", "Mute", "mute"] == kinds(story.say("笨蛋", 10))
    return story


def removing() -> Story:
    """Somebody reached the rung that an admin has to confirm: case 2 waits."""
    story = Story()
    story.say("赌场", 0)
    assert "card_remove" in kinds(story.say("赌场", 60))
    return story


@pytest.mark.parametrize(
    ("begin", "case", "choice", "status", "actions"),
    [
        (asked, 1, "act", "done", ["Delete", "warn_deleted"]),
        (asked, 1, "let_go", "let_go", []),
        (asked, 1, "confirm", "asked", []),
        (asked, 9, "act", "asked", []),
        (removing, 2, "confirm", "done", ["Remove"]),
        (removing, 2, "let_go", "let_go", []),
        (warned, 1, "mistake", "overturned", ["sorry"]),
        (warned, 1, "act", "done", []),
        (muted, 2, "mistake", "overturned", ["Unmute", "sorry"]),
    ],
)
def test_an_answer_is_carried_out(
    begin: object, case: int, choice: str, status: str, actions: list[str]
) -> None:
    """An admin's answer changes its case alone; one that does not fit changes nothing."""
    story = begin()  # type: ignore[operator]
    decision = story.press(case, choice, 100)
    assert status == statuses(story)[-1]
    assert actions == kinds(decision)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BOT])
def test_only_staff_answers(role: Role) -> None:
    """A member who presses a button has pressed nothing."""
    story = asked()
    assert Decision().actions == story.press(1, "act", 10, role).actions
    assert ["asked"] == statuses(story)


def test_a_second_answer_changes_nothing() -> None:
    """Two admins who answer at once get one consequence."""
    story = asked()
    story.press(1, "act", 10)
    assert [] == kinds(story.press(1, "act", 11))
    assert 1 == story.state.standing("g1", "m1").level


def test_an_overturned_case_takes_its_strike_back() -> None:
    """A mistake is off the record: the level is what it was, and the mute and its end are gone."""
    story = muted()
    story.press(2, "mistake", 20)
    assert 1 == story.state.standing("g1", "m1").level
    assert {} == story.state.group("g1").sanctions
    assert {} == story.state.deadlines


@pytest.mark.parametrize("choice", ["mistake", "stands"])
def test_what_fell_into_a_burst_is_not_counted_by_an_answer(choice: str) -> None:
    """A file sent in the same second as a counted breach costs nothing, and gives nothing back."""
    story = warned()
    story.say(message("", Kind.FILE), 1)
    assert ["Delete"] == kinds(story.press(2, "act", 20))
    assert ["done", "done"] == statuses(story)
    story.say("误会", 30)
    story.press(2, choice, 40)
    assert 1 == story.state.standing("g1", "m1").level


def test_a_protest_is_looked_at_and_stands_or_falls() -> None:
    """While nobody has looked it does not count; then it does again, or an apology is said."""
    for choice, line, status, level in (
        ("stands", "appeal_no", "upheld", 1),
        ("mistake", "appeal_yes", "overturned", 0),
    ):
        story = warned()
        assert ["appeal_got", "card_mistake"] == kinds(story.say("误会", 30))
        assert 0 == story.state.standing("g1", "m1").level
        assert [line] == kinds(story.press(1, choice, 60))
        assert ([status], level) == (statuses(story), story.state.standing("g1", "m1").level)


def test_a_protest_that_nobody_looks_at_is_right() -> None:
    """After half a day the case is cleared, with a word to the member."""
    story = warned()
    story.say("误会", 30)
    (decision,) = story.wait(31 + HALF_A_DAY)
    assert ["appeal_late"] == kinds(decision)
    assert ["overturned"] == statuses(story)


@pytest.mark.parametrize("begin", [asked, removing])
def test_a_question_that_nobody_answers_is_let_go(begin: object) -> None:
    """What waits for an admin waits half a day, and then nothing is done."""
    story = begin()  # type: ignore[operator]
    decisions = story.wait(61 + HALF_A_DAY)
    assert "let_go" == statuses(story)[-1]
    assert not any(kinds(one) for one in decisions)


def test_an_answer_in_time_leaves_nothing_to_expire() -> None:
    """The deadline of an answered card is gone."""
    story = asked()
    story.press(1, "let_go", 10)
    assert {} == story.state.deadlines


def test_a_group_that_is_only_watched_is_not_acted_in() -> None:
    """Cards from before a switch to trial do nothing any more, but may be let go."""
    story = asked()
    story.book = type(story.book)((ruleset(mode=Mode.SHADOW, topics=()),))
    assert [] == kinds(story.press(1, "act", 10))
    story.press(1, "let_go", 11)
    assert ["let_go"] == statuses(story)
