"""Limits on what the bot itself may do: a rule that hits too many regulars stops by itself.

Only established members count, so that a raid of newcomers never trips a brake (first-hour.md 1.9),
and whoever was there when the bot came (first-hour.md 4): of whom it saw no join, but something in
its first hour in the group.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from rules.fold import REGULAR_AFTER
from rules.ruleset import Limits, Roles
from rules.state import GroupState, MemberState

WINDOW = timedelta(hours=1)
FEWEST_ACTS = 5  # first-hour.md 1.9: a brake never trips before so many
FEWEST_MESSAGES = 100  # rule-files.md: a share is meaningless below


class Over(NamedTuple):
    """A limit that is reached: its name and value, this hour's acts, and how many they met."""

    limit: str
    acts: int
    members: int
    most: str


def is_established(member: MemberState | None, roles: Roles, at: datetime) -> bool:
    """Whether somebody is known to the group: has talked before, and is no newcomer."""
    if member is None or member.messages < REGULAR_AFTER:
        return False
    if at - member.first_seen_at < WINDOW:
        return False
    return member.joined_at is None or at - member.joined_at >= roles.newcomer_for


def was_there(member: MemberState | None, came_at: datetime) -> bool:
    """Whether somebody was in the group before the bot, which came at `came_at`."""
    if member is None or member.joined_at is not None:
        return False
    return member.first_seen_at - came_at < WINDOW


def tripped(  # noqa: PLR0913, PLR0917 - the limits, and the act that they meet
    limits: Limits, roles: Roles, group: GroupState, rule: str, member: str, at: datetime
) -> Over | None:
    """Which limit one more act of the rule, against `member`, would break; None for none."""
    history = group.history.get(rule)
    if history is None:
        return None
    hits = [one for hit_at, one in history.hits if hit_at > at - WINDOW]
    if len(hits) < FEWEST_ACTS:
        return None
    came_at = group.came_at
    known = [one for one in hits if _counts(group.members.get(one), roles, at, came_at)]
    acts, members = len(known) + 1, len(set(known))
    if acts <= FEWEST_ACTS:
        return None
    messages = sum(count for minute, count in group.minutes.items() if minute > _minute(at) - 60)
    share = acts * 100 if messages >= FEWEST_MESSAGES else 0
    checks = (
        ("enforcements_per_hour", limits.per_hour, acts - 1),
        ("established_members", limits.established_members, members),
        ("same_member", limits.same_member, known.count(member)),
    )
    for limit, most, count in checks:
        if most is not None and count >= most:
            return Over(limit=limit, acts=acts, members=members, most=str(most))
    percent = limits.share_percent
    if percent is not None and share > percent * messages:
        return Over(limit="share_of_messages", acts=acts, members=members, most=f"{percent}%")
    return None


def _counts(member: MemberState | None, roles: Roles, at: datetime, came_at: datetime) -> bool:
    return is_established(member, roles, at) or was_there(member, came_at)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
