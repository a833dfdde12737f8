"""What kind of message it is, and how long its text is."""

from __future__ import annotations

from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.message import Kind


class KindIs(Struct, frozen=True, kw_only=True):
    """Some part of the message is of one of `kinds`; without parts that are not text it is TEXT."""

    kinds: tuple[Kind, ...]

    def ask(self, view: View) -> Evidence | None:
        """The kinds that were found."""
        parts = [part.kind for part in view.message.media] or [Kind.TEXT]
        found = dict.fromkeys(kind.value for kind in parts if kind in self.kinds)
        if not found:
            return None
        return (Match(condition="kind", values={"kinds": "、".join(found)}),)


class Length(Struct, frozen=True, kw_only=True):
    """The authored text has at least, or at most, so many characters. No text has no length."""

    at_least: int | None = None
    at_most: int | None = None

    def ask(self, view: View) -> Evidence | None:
        """The limits, and the whole text."""
        length = len(view.message.text)
        is_short = self.at_least is not None and length < self.at_least
        is_long = self.at_most is not None and length > self.at_most
        if not length or is_short or is_long:
            return None
        limits = {"at_least": self.at_least, "at_most": self.at_most}
        values = {name: str(limit) for name, limit in limits.items() if limit is not None}
        return (Match(condition="length", values=values, spans=((0, length),)),)
