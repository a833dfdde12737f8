"""What the page shows beside the month where it is served: buttons, and what the last one did."""

from __future__ import annotations

from msgspec import Struct


class Changed(Struct, frozen=True, kw_only=True):
    """A message of which the outcome changes, in words."""

    name: str
    text: str
    word: str


class Notice(Struct, frozen=True, kw_only=True):
    """What came of a tap. `looks`: done or refused; `added`: the new lines of the rule file."""

    looks: str
    title: str
    text: str = ""
    added: str = ""
    where: str = ""
    changes: tuple[Changed, ...] = ()
    can_undo: bool = False


class Desk(Struct, frozen=True, kw_only=True):
    """A page that is served: the name of the rule file that taps write to, and the last notice."""

    rules: str
    notice: Notice | None = None
