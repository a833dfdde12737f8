"""What every platform gives: events in, actions out, a receipt for each, and what it is able to
do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from rules.actions import AnyAction
from rules.capability import Capability
from rules.events import AnyEvent

Receive = Callable[[AnyEvent], Awaitable[None]]
"""Where a platform hands its events. It returns when the event is safe: only then acknowledge it.
"""


class Answer(StrEnum):
    """How a platform answered. `refused`: surely not done. `unsure`: done or not, nobody knows."""

    DONE = "done"
    REFUSED = "refused"
    UNSURE = "unsure"


class Receipt(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A platform's answer. `message_id` of what was said; `retry_after` if it asks to wait."""

    answer: Answer
    message_id: str = ""
    reason: str = ""
    retry_after: timedelta | None = None


class Platform(Protocol):
    """One account on one platform. `stable_ids`: ids stay the same over logins."""

    name: str
    stable_ids: bool

    def capabilities(self, group: str) -> frozenset[Capability]:
        """What the bot is able to do and see in a group now."""

    def owns(self, group: str) -> bool:
        """Whether the group is one of this account's."""

    async def run(self, receive: Receive) -> None:
        """Connect, hand over events as they come, and end only when cancelled."""

    async def perform(self, action: AnyAction, sentence: str) -> Receipt:
        """Do one action; `sentence` is its line in the group's language ("" if it says nothing).

        Never raises for what the platform may answer; a bug may raise, and counts as unsure.
        """
