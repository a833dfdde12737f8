"""What the bot asks a platform for, in no platform's words; what each needs, and what to try
instead.

Whether and how it is done is `bot.dispatch` and the adapters.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct

from rules.capability import Capability


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to say: the key of a shipped sentence and its values, or an operator's `own` words.

    `own` is a template in the operator's language with the same placeholders. `times` and `spans`
    and `lists` are values that only the language can put into words: absolute UTC times, lengths of
    time, names in a row. `quotes` are keys of events whose messages are shown, to admins only.
    """

    key: str
    values: dict[str, str] = {}
    times: dict[str, datetime] = {}
    spans: dict[str, timedelta] = {}
    lists: dict[str, tuple[str, ...]] = {}
    quotes: tuple[str, ...] = ()
    own: str = ""


class Action(Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A wish. `key` is unique and names the event that caused it; `expires_at`: too late to do."""

    key: str
    group: str
    expires_at: datetime | None = None


class Say(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Say `line` in the group, to `to` if given. `otherwise` is said where `needs` is missing."""

    line: Line
    to: str | None = None
    reply_to: str | None = None
    needs: Capability | None = None
    otherwise: Line | None = None


class Delete(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Take a member's message out of the group."""

    message_id: str
    member: str


class Mute(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Let a member not speak until an absolute time."""

    member: str
    until: datetime


class Unmute(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Let a member speak again."""

    member: str


class Remove(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Take a member out of the group, who may come back."""

    member: str
    name: str = ""


class Ban(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Take a member out of the group, who may not come back."""

    member: str
    name: str = ""


class Ask(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Show the admins the card of a case and the choices they have."""

    case: int
    line: Line
    choices: tuple[str, ...]


class Tell(Action, frozen=True, kw_only=True, omit_defaults=True):
    """Tell the admins something that asks for no answer."""

    line: Line


AnyAction = Say | Delete | Mute | Unmute | Remove | Ban | Ask | Tell

NEEDS: dict[type[Action], Capability] = {
    Say: Capability.SAY,
    Delete: Capability.DELETE,
    Mute: Capability.MUTE,
    Unmute: Capability.MUTE,
    Remove: Capability.REMOVE,
    Ban: Capability.BAN,
    Ask: Capability.ASK,
    Tell: Capability.ASK,
}

REPEATABLE: frozenset[type[Action]] = frozenset({Delete, Mute, Unmute, Remove, Ban})
"""Actions whose effect is the same however often they are called; all others may happen twice."""


def fallback(action: AnyAction) -> AnyAction | None:
    """What to try where `action` is not possible; None: nothing, the bot keeps the term itself.

    A ban becomes a removal, a removal a request to the admins that names whom it concerns.
    """
    match action:
        case Ban():
            return Remove(
                key=action.key,
                group=action.group,
                expires_at=action.expires_at,
                member=action.member,
                name=action.name,
            )
        case Remove():
            line = Line(key="ask_owner_to_remove", values={"name": action.name})
            return Tell(key=action.key, group=action.group, expires_at=action.expires_at, line=line)
        case Say() | Delete() | Mute() | Unmute() | Ask() | Tell():
            return None
        case _:
            assert_never(action)
