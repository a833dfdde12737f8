"""What is in force for whom, until when: how a step of the ladder begins and how it ends."""

from __future__ import annotations

from datetime import datetime

from rules.decision import Deadline, Sanctioned, Step

MUTE_ENDS = "mute_ends"


def mute_key(group: str, case: int) -> str:
    """The key of the deadline at which the mute of a case ends: the journal takes a key once."""
    return f"{MUTE_ENDS}:{group}:{case}"


def muted(group: str, member: str, until: datetime, case: int) -> tuple[Sanctioned, Deadline]:
    """A mute that begins, and the deadline that ends it."""
    key = mute_key(group, case)
    return (
        Sanctioned(member=member, kind=Step.MUTE, until=until, case=case),
        Deadline(key=key, kind=MUTE_ENDS, group=group, ref=member, at=until, due_at=until),
    )


def unmuted(member: str) -> Sanctioned:
    """A mute that is over."""
    return Sanctioned(member=member, kind=Step.MUTE, ended=True)
