"""What members may type, and that ordinary talk is no command."""

from __future__ import annotations

import pytest

from bot import commands
from rules.conditions import AnyOf
from rules.decision import Mode
from rules.message import Kind, Role
from rules.ruleset import Rule
from tests.bots import ruleset
from tests.builders import message
from tests.stories import Story, kinds, statuses


@pytest.mark.parametrize(
    ("said", "is_answered"),
    [
        ("群规", True),
        ("群规！", True),
        (" /rules ", True),
        ("群规在哪", False),
        ("看一下群规", False),
        ("群规" + "。" * 30, False),
    ],
)
def test_the_rules_are_said_when_asked_for(said: str, is_answered: bool) -> None:
    """Whole lines only: a sentence that has the word in it is talk."""
    assert (["rules"] if is_answered else []) == kinds(Story().say(said))


def test_the_rules_are_numbered_and_not_repeated() -> None:
    """Eight at most, in the order of the file; asked again soon, nothing is said."""
    story = Story()
    (said,) = story.say("群规").actions
    assert said.line.values["lines"].startswith("1. 广告配红包\n2. 好好说话")
    assert [] == kinds(story.say("群规", 60, by="m2"))
    assert ["rules"] == kinds(story.say("群规", 601, by="m2"))


@pytest.mark.parametrize(
    ("mode", "role", "late", "is_answered"),
    [
        (Mode.ENFORCE, Role.MEMBER, 0, True),
        (Mode.ASK, Role.ADMIN, 0, True),
        (Mode.SHADOW, Role.MEMBER, 0, False),
        (Mode.ENFORCE, Role.BOT, 0, False),
        (Mode.ENFORCE, Role.MEMBER, 301, False),
    ],
)
def test_a_bot_that_watches_is_silent(
    mode: Mode, role: Role, late: float, is_answered: bool
) -> None:
    """In trial nothing is said; other bots and old messages are not answered."""
    story = Story(ruleset(mode=mode, topics=()))
    assert is_answered is bool(kinds(story.say("群规", role=role, late=late)))


@pytest.mark.parametrize("said", ["误会", "误会。", "/mistake", "Mistake"])
def test_a_protest_needs_a_fresh_case(said: str) -> None:
    """Only whom it concerns, within a week, and once: for all others the word is a word."""
    story = Story()
    assert [] == kinds(story.say(said, 0))
    story.say("笨蛋", 10)
    assert [] == kinds(story.say(said, 1000, by="m2"))
    assert ["appeal_got", "card_mistake"] == kinds(story.say(said, 2000))
    assert [] == kinds(story.say(said, 3000))
    late = Story()
    late.say("笨蛋", 0)
    assert [] == kinds(late.say(said, 8 * 86400))


def test_a_protest_against_a_reminder_opens_a_case() -> None:
    """Who is reminded of a red packet may say that it was no ad: it waits no longer."""
    story = Story()
    assert ["ad_packet"] == kinds(story.say("找我代购"))
    assert ["appeal_got", "card_mistake"] == kinds(story.say("误会", 10))
    assert ["contested"] == statuses(story)
    assert {} == story.state.group("g1").obligations


def test_a_picture_is_no_command() -> None:
    """A caption is looked at by rules, not obeyed."""
    assert [] == kinds(Story().say(message("群规", Kind.VIDEO)))


def test_the_rules_are_the_public_clauses_if_there_are_any() -> None:
    """By their numbers, each once, with the title where a clause has no sentence of its own."""
    articles = ruleset(
        rules=(
            plain("a", article=4, public="No ads"),
            plain("b", article=4, public="Never ads"),
            plain("c", article=2),
            plain("d"),
            plain("e", article=1, mode=Mode.OFF),
        )
    )
    assert [(2, "C"), (4, "No ads")] == commands.public_clauses(articles)


def test_without_clauses_the_rules_are_the_first_titles() -> None:
    """Eight at most, and none that is off."""
    many = ruleset(rules=tuple(plain(f"r{n}") for n in range(9)))
    assert [(n + 1, f"R{n}") for n in range(8)] == commands.public_clauses(many)
    assert [] == commands.public_clauses(ruleset(rules=(plain("r", mode=Mode.OFF),)))


def plain(rule: str, *, article: int = 0, public: str = "", mode: Mode = Mode.ENFORCE) -> Rule:
    """A rule that says who it is."""
    return Rule(
        id=rule,
        title=rule.upper(),
        when=AnyOf(conditions=()),
        article=article,
        public=public,
        mode=mode,
    )
