"""Topics on schedule: when the next one is due, and what is said then. One post per slot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cronsim import CronSim

from rules.actions import Line
from rules.decision import Deadline, Mode
from rules.draft import Draft
from rules.events import TopicDue
from rules.ruleset import Ruleset, Topic

TOPIC = "topic"
TOO_LATE = timedelta(minutes=15)  # a slot missed by more (a downtime) is skipped


def next_at(topic: Topic, ruleset: Ruleset, after: datetime) -> datetime:
    """The next time a topic is due after `after`, UTC; the cron text is on the ruleset's clock."""
    local = after.astimezone(ruleset.timezone)
    return next(CronSim(topic.cron, local)).astimezone(UTC)


def deadlines(ruleset: Ruleset, group: str, after: datetime) -> list[Deadline]:
    """The next slot of every topic in a group."""
    return [_deadline(topic, ruleset, group, after) for topic in ruleset.topics]


def due(draft: Draft, event: TopicDue) -> None:
    """Post the topic, if it is not too late, and wait for its next slot."""
    topic = next((one for one in draft.ruleset.topics if one.id == event.topic), None)
    if topic is None:
        return
    draft.opened.append(_deadline(topic, draft.ruleset, event.group, event.seen_at))
    if event.seen_at - event.at > TOO_LATE or draft.ruleset.mode.hardness < Mode.ASK.hardness:
        return
    line = Line(key="topic", own=topic.say)
    draft.say(line, expires_at=event.at + TOO_LATE)


def _deadline(topic: Topic, ruleset: Ruleset, group: str, after: datetime) -> Deadline:
    at = next_at(topic, ruleset, after)
    key = f"{TOPIC}:{group}:{topic.id}:{at.isoformat()}"
    return Deadline(key=key, kind=TOPIC, group=group, ref=topic.id, at=at, due_at=at)
