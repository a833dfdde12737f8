"""Data of "this is allowed if that follows in time": an ad with a red packet within 3 minutes.

An obligation freezes the rule it was made by: later rule files change nothing about it, except that
a rule switched off cancels it. Deciding about it is `rules.engine`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from rules.message import Kind, Media

GRACE = timedelta(seconds=15)  # design.md 1.6: a packet sent in the last second wins over the timer


class FollowUp(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What has to follow. `amount_cents` and `parts` are at-least limits, None: not asked for."""

    kind: Kind
    within: timedelta
    same_member: bool = True
    amount_cents: int | None = None
    parts: int | None = None


class Obligation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An open breach that is forgiven if `follow_up` happens until `until`.

    `also` are ids of further messages of the member under the same rule while it waits, `further`
    the keys of their events. `reminded`: whether the member was told of it.
    """

    key: str
    rule: str
    title: str
    group: str
    member: str
    name: str
    message_id: str
    evidence: str
    breach_at: datetime
    until: datetime
    follow_up: FollowUp
    if_unverifiable: str
    strikes: int
    deletes: bool = False
    asks: bool = False
    reminded: bool = False
    say: str = ""
    also: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    start_level: int = 0
    aggravated: dict[str, int] = {}


def answer(follow_up: FollowUp, media: Media) -> str:
    """How a part of a message answers: `met`, `short` (too little), `unverifiable`, or "" (not
    it).
    """
    if media.kind is not follow_up.kind:
        return ""
    asked = ((follow_up.amount_cents, media.amount_cents), (follow_up.parts, media.parts))
    limits = [(wanted, seen) for wanted, seen in asked if wanted is not None]
    if any(seen is not None and seen < wanted for wanted, seen in limits):
        return "short"
    if any(seen is None for _, seen in limits):
        return "unverifiable"
    return "met"
