"""Topics on schedule: on the group's clock, once per slot, and never late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.topics import deadlines, next_at
from rules.decision import Mode
from rules.events import GroupChanged, TopicDue
from rules.ruleset import Topic
from tests.bots import ruleset
from tests.builders import T0
from tests.stories import Story, kinds

NINE = Topic(id="nine", cron="0 9 * * *", say="Good morning")


@pytest.mark.parametrize(
    ("zone", "after", "expected"),
    [
        ("Asia/Shanghai", "2026-03-02T00:59:59", "2026-03-02T01:00:00"),
        ("Asia/Shanghai", "2026-03-02T01:00:00", "2026-03-03T01:00:00"),
        ("Europe/Berlin", "2026-03-28T12:00:00", "2026-03-29T07:00:00"),
        ("Europe/Berlin", "2026-10-24T12:00:00", "2026-10-25T08:00:00"),
    ],
)
def test_a_slot_is_on_the_groups_clock(zone: str, after: str, expected: str) -> None:
    """Nine o'clock is nine o'clock, also where the clocks change; a slot is never its own next."""
    rules = ruleset(timezone=ZoneInfo(zone), topics=(NINE,))
    found = next_at(NINE, rules, datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert datetime.fromisoformat(expected).replace(tzinfo=UTC) == found


def told(**more: object) -> Story:
    """A group with one topic, every 20 minutes."""
    story = Story(ruleset(**more))
    story.tell(GroupChanged(title="G", platform="telegram", **story.common(0)))
    return story


def test_each_slot_is_posted_once() -> None:
    """A topic is said at its time, and waits for the next."""
    story = told()
    posts = [key for step in range(1, 7) for one in story.wait(step * 600) for key in kinds(one)]
    assert ["topic"] * 3 == posts
    assert 1 == len(story.state.deadlines)


def test_a_missed_slot_is_skipped() -> None:
    """After a downtime nobody reads the posts of the night at breakfast: one deadline remains."""
    story = told()
    decisions = story.wait(1200 + 16 * 60)
    assert [[]] == [kinds(one) for one in decisions]
    assert 1 == len(story.state.deadlines)


@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.OFF])
def test_a_bot_that_watches_posts_nothing(mode: Mode) -> None:
    """In trial a slot passes in silence, and the next one is waited for."""
    story = told(mode=mode)
    assert [[]] == [kinds(one) for one in story.wait(1200)]
    assert 1 == len(story.state.deadlines)


def test_a_topic_that_is_gone_is_not_posted() -> None:
    """A slot of a topic that the file no longer has ends there."""
    story = Story(ruleset(topics=()))
    decision = story.tell(TopicDue(topic="gone", **story.common(0)))
    assert ([], ()) == (kinds(decision), decision.opened)


def test_every_topic_has_a_deadline_with_its_slot_in_the_key() -> None:
    """Two slots are two keys, so that each is decided once for ever."""
    rules = ruleset(topics=(NINE, Topic(id="noon", cron="0 12 * * *", say="Lunch")))
    first, second = deadlines(rules, "g1", T0), deadlines(rules, "g1", T0 + timedelta(days=1))
    assert ["nine", "noon"] == [one.ref for one in first]
    assert 4 == len({one.key for one in (*first, *second)})
