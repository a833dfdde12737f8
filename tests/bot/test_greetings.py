"""Welcomes: merged, in time, and only for whom they are meant."""

from __future__ import annotations

import pytest

from rules.decision import Mode
from rules.events import MemberLeft
from rules.ruleset import Greeting
from tests.bots import ruleset
from tests.stories import Story, kinds


def test_joins_of_half_a_minute_are_one_welcome() -> None:
    """One sentence names all who came within the window, one alone has a sentence of its own."""
    story = Story()
    for n in range(7):
        story.join(f"New{n}", n)
    (decision,) = story.wait(31)
    (said,) = decision.actions
    assert ("welcome_many", "7") == (said.line.key, said.line.values["n"])
    assert 5 == len(said.line.lists["names"])
    story.join("Last", 100)
    assert ["welcome_one"] == [key for one in story.wait(140) for key in kinds(one)]


def test_after_three_welcomes_in_an_hour_they_are_collected_longer() -> None:
    """A group into which many come is not filled with welcomes: one in ten minutes then."""
    story = Story()
    for n in range(3):
        story.join(f"New{n}", n * 100)
    story.join("Fourth", 400)
    assert [] == [key for one in story.wait(440)[1:] for key in kinds(one)]
    assert ["welcome_one"] == [key for one in story.wait(1001) for key in kinds(one)]


def test_who_left_again_is_not_welcomed() -> None:
    """Nobody is greeted who has gone."""
    story = Story()
    story.join("Gone")
    story.tell(MemberLeft(member="Gone", **story.common(5)))
    assert [[]] == [kinds(one) for one in story.wait(40)]


@pytest.mark.parametrize("name", ["加微信 12345678", "x" * 33, "see example.com"])
def test_a_name_that_is_an_ad_is_not_said_aloud(name: str) -> None:
    """The welcome carries no address, number or notice into the group."""
    story = Story()
    story.join(name)
    assert [[]] == [kinds(one) for one in story.wait(40)]
    story.join(name, 100)
    story.join("Ann", 101)
    (said,) = story.wait(140)[0].actions
    assert ("Ann",) == said.line.lists.get("names", ("Ann",))
    assert "Ann" == said.line.values["name"]


@pytest.mark.parametrize(
    ("greeting", "mode"), [(None, Mode.ENFORCE), (Greeting(), Mode.SHADOW), (Greeting(), Mode.OFF)]
)
def test_where_nobody_is_to_be_greeted_nothing_is_opened(
    greeting: Greeting | None, mode: Mode
) -> None:
    """Without a greeting, or in trial, a join draws nothing."""
    story = Story(ruleset(greeting=greeting, mode=mode, topics=()))
    story.join("New")
    assert {} == story.state.deadlines


def test_whoever_came_while_the_bot_only_watched_is_not_welcomed_later() -> None:
    """The first welcome after the trial names who came then, not everybody since the start."""
    story = Story(ruleset(mode=Mode.SHADOW, topics=()))
    for n in range(4):
        story.join(f"Old{n}", n)
    story.book = type(story.book)((ruleset(topics=()),))
    story.join("New", 1000)
    (decision,) = story.wait(1040)
    assert ["welcome_one"] == kinds(decision)
    assert "New" == decision.actions[0].line.values["name"]


def test_no_welcome_after_a_switch_to_trial() -> None:
    """A window that was open when the bot was told to watch ends in silence."""
    story = Story()
    story.join("New")
    story.book = type(story.book)((ruleset(mode=Mode.SHADOW, topics=()),))
    assert [[]] == [kinds(one) for one in story.wait(40)]


def test_what_is_seen_too_late_is_not_welcomed() -> None:
    """After a downtime neither an old join nor an old window draws a welcome."""
    story = Story()
    story.join("Old", 0, late=301)
    assert {} == story.state.deadlines
    story.join("New", 400)
    assert [[]] == [kinds(one) for one in story.wait(400 + 1000)]
