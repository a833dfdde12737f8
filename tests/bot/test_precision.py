"""How often a rule was right: people's last word on each case counts, and nothing else."""

from __future__ import annotations

import pytest

from bot.precision import Record, record
from rules.decision import Mode
from rules.events import OperatorCommanded, Undo
from rules.message import Kind
from tests.bots import ruleset
from tests.builders import at, message
from tests.stories import Story

HALF_A_DAY = 12 * 3600


def of(story: Story, rule: str) -> Record:
    """What the rule did in the group."""
    return record(story.state, [rule], ["g1"])


@pytest.mark.parametrize(
    ("answers", "asked", "confirmed", "overturned", "percent"),
    [
        ((), 1, 0, 0, None),
        (("act",), 1, 1, 0, 100),
        (("let_go",), 1, 0, 1, 0),
        (("act", "mistake"), 1, 0, 1, 0),
        (("late",), 0, 0, 0, None),
    ],
)
def test_the_last_word_on_a_question_counts(
    answers: tuple[str, ...], asked: int, confirmed: int, overturned: int, percent: int | None
) -> None:
    """Asked, then right or wrong; a question that nobody answered says nothing."""
    story = Story()
    story.say(message("", Kind.FILE))
    for n, answer in enumerate(answers):
        if answer == "late":
            story.wait(HALF_A_DAY + 1)
        else:
            story.press(1, answer, 10 + n)
    found = of(story, "files")
    assert (asked, confirmed, overturned) == (found.asked, found.confirmed, found.overturned)
    assert percent == found.precision_percent


@pytest.mark.parametrize(
    ("answer", "confirmed", "overturned"), [("stands", 1, 0), ("mistake", 0, 1), ("", 0, 1)]
)
def test_a_protest_is_an_answer(answer: str, confirmed: int, overturned: int) -> None:
    """Upheld is right; granted is wrong, also when nobody looked in time."""
    story = Story()
    story.say("笨蛋")
    assert (0, 1) == (of(story, "swears").asked, of(story, "swears").acted)
    story.say("误会", 10)
    if answer:
        story.press(1, answer, 20)
    else:
        story.wait(HALF_A_DAY + 20)
    found = of(story, "swears")
    assert (confirmed, overturned) == (found.confirmed, found.overturned)


def test_an_undo_is_a_mistake_of_every_case() -> None:
    """What was taken back at once counts against the rule; other groups and rules do not."""
    story = Story(ruleset(topics=()))
    for n in range(3):
        story.say("笨蛋", 100 * n, by=f"m{n}")
    story.say("赌场", 400, by="m9")
    command = Undo(rule="swears", since=at(50))
    story.tell(OperatorCommanded(command=command, **story.common(500)))
    assert (2, 0) == (of(story, "swears").overturned, of(story, "casino").overturned)
    assert Record() == record(story.state, ["swears"], ["g2"])


def test_what_a_rule_in_trial_meets_is_counted() -> None:
    """Shadow matches of members are counted apart from those at work."""
    story = Story(ruleset(topics=(), mode=Mode.SHADOW))
    for n in range(3):
        story.say("笨蛋", n)
    found = of(story, "swears")
    assert (3, 0, 0) == (found.shadow, found.acted, found.asked)
