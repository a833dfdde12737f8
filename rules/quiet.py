"""Quiet hours: when the bot starts nothing itself, what that is, and what may not wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from rules.ruleset import Ruleset

STARTED = frozenset(
    {"notice", "welcome_one", "welcome_many", "topic", "nickname", "announce", "announce_gone"}
)
"""Sentences that nobody waits for. A step of the ladder and an answer are said at any hour."""

URGENT = frozenset({"fraud", "porn", "threats", "minors"})
"""Categories of which the admins hear at once (first-hour.md 6.4)."""


def is_quiet(ruleset: Ruleset, at: datetime) -> bool:
    """Whether a time lies in the quiet hours."""
    return ruleset.quiet is not None and ruleset.quiet.holds(at.astimezone(ruleset.timezone))


def quiet_until(ruleset: Ruleset, at: datetime) -> datetime:
    """When the quiet hours end in which a time lies, UTC as given; the time itself outside them."""
    if ruleset.quiet is None or not is_quiet(ruleset, at):
        return at
    local = at.astimezone(ruleset.timezone)
    ends = ruleset.quiet.between[1]
    end = datetime.combine(local.date(), ends, ruleset.timezone)
    if end <= local:
        end += timedelta(days=1)
    return end.astimezone(at.tzinfo)
