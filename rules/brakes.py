"""Limits on what the bot itself may do: a rule that hits too many regulars stops by itself.

Only established members count, so that a raid of newcomers never trips a brake (first-hour.md 1.9).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from rules.fold import REGULAR_AFTER
from rules.ruleset import Limits, Roles
from rules.state import GroupState, MemberState

WINDOW = timedelta(hours=1)
FEWEST_ACTS = 5  # first-hour.md 1.9: a brake never trips before so many
FEWEST_MESSAGES = 100  # rule-files.md: a share is meaningless below


def is_established(member: MemberState | None, roles: Roles, at: datetime) -> bool:
    """Whether somebody is known to the group: has talked before, and is no newcomer."""
    if member is None or member.messages < REGULAR_AFTER:
        return False
    if at - member.first_seen_at < WINDOW:
        return False
    return member.joined_at is None or at - member.joined_at >= roles.newcomer_for


def tripped(limits: Limits, roles: Roles, group: GroupState, rule: str, at: datetime) -> str:
    """Which limit the rule would break by one more act: its name in rule files, or ""."""
    history = group.history.get(rule)
    if history is None:
        return ""
    hits = [member for hit_at, member in history.hits if hit_at > at - WINDOW]
    known = [one for one in hits if is_established(group.members.get(one), roles, at)]
    acts = len(known) + 1
    if acts <= FEWEST_ACTS:
        return ""
    if limits.per_hour is not None and acts > limits.per_hour:
        return "enforcements_per_hour"
    if limits.established_members is not None and len(set(known)) >= limits.established_members:
        return "established_members"
    messages = sum(count for minute, count in group.minutes.items() if minute > _minute(at) - 60)
    if limits.share_percent is not None and messages >= FEWEST_MESSAGES:
        return "share_of_messages" if acts * 100 > limits.share_percent * messages else ""
    return ""


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
