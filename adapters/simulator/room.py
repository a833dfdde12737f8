"""A group in memory: who is there, what was said, who may not speak. Our one fake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rules.actions import AnyAction, Ask, Ban, Delete, Mute, Remove, Say, Tell, Unmute
from rules.capability import Capability
from rules.message import Author, Role

TELEGRAM_LIKE = frozenset(
    {
        Capability.SAY,
        Capability.DELETE,
        Capability.MUTE,
        Capability.REMOVE,
        Capability.BAN,
        Capability.ASK,
    }
)
WECHAT_LIKE = frozenset({Capability.SAY, Capability.ASK, Capability.SEE_RED_PACKETS})
"""What a plain member can do on WeChat: docs of the gateway; a red packet is seen, its amount
never.
"""

ALIKE = {"telegram": TELEGRAM_LIKE, "wechat": WECHAT_LIKE}


class NotPossibleError(Exception):
    """Somebody tried what the group does not let them do; the message says why."""


@dataclass(slots=True)
class Room:
    """One simulated group. `likeness` is "telegram" or "wechat": what the bot may do here."""

    id: str
    title: str
    likeness: str = "wechat"
    people: dict[str, Author] = field(default_factory=dict)
    muted: dict[str, datetime] = field(default_factory=dict)
    banned: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    count: int = 0

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the bot is able to do here."""
        return ALIKE[self.likeness]

    def person(self, member: str) -> Author:
        """Somebody who is in the group; NotPossibleError if they are not."""
        if member not in self.people:
            raise NotPossibleError(f"{member} is not in {self.title}")
        return self.people[member]

    def may_speak(self, member: str, at: datetime) -> bool:
        """Whether the platform lets a member speak now."""
        until = self.muted.get(member)
        return until is None or until <= at

    def next_id(self) -> str:
        """The id of the next thing that happens here: unique within the room, rising."""
        self.count += 1
        return f"{self.id}-{self.count}"

    def carry_out(self, action: AnyAction) -> str:  # noqa: C901 - one case per action
        """Do what the bot asks; gives why it is refused, or ""."""
        match action:
            case Delete():
                if all(action.message_id not in some for some in (self.messages, self.deleted)):
                    return "there is no such message"
                self.messages.discard(action.message_id)
                self.deleted.add(action.message_id)  # a second call finds it done
            case Mute():
                self.muted[action.member] = action.until
            case Unmute():
                self.muted.pop(action.member, None)
            case Remove() | Ban():
                if self.people.get(action.member, _NOBODY).role is Role.OWNER:
                    return "the owner cannot be removed"
                self.people.pop(action.member, None)
                if isinstance(action, Ban):
                    self.banned.add(action.member)
            case Say() | Ask() | Tell():
                pass
        return ""


_NOBODY = Author(id="", name="")
