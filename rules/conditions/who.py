"""Who speaks: newcomers, trusted members, roles, tenure."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.conditions.values import as_written
from rules.decision import Match


class Who(Struct, frozen=True, kw_only=True):
    """All that is given holds of the author.

    `is_a`: one of these classes (newcomer, trusted) or roles (member, helper, admin, owner).
    `joined_less_than`: the join was seen, and is less than so long ago; whoever was there before
    the bot did not join. `messages_fewer_than`: before this one.
    """

    is_a: tuple[str, ...] = ()
    joined_less_than: timedelta | None = None
    messages_fewer_than: int | None = None

    def ask(self, view: View) -> Evidence | None:
        """What the rule asked for, and which class or role it was."""
        found = [one for one in self.is_a if one in view.classes or one == view.event.author.role]
        if (self.is_a and not found) or not self._is_new(view) or not self._is_quiet(view):
            return None
        values = {"is_a": "、".join(found)} if found else {}
        if self.joined_less_than is not None:
            values["joined_less_than"] = as_written(self.joined_less_than)
        if self.messages_fewer_than is not None:
            values["messages_fewer_than"] = str(self.messages_fewer_than)
        return (Match(condition="who", values=values),)

    def _is_new(self, view: View) -> bool:
        if self.joined_less_than is None:
            return True
        joined_at = view.member.joined_at if view.member else None
        return joined_at is not None and view.event.at - joined_at < self.joined_less_than

    def _is_quiet(self, view: View) -> bool:
        spoken = view.member.messages if view.member else 0
        return self.messages_fewer_than is None or spoken < self.messages_fewer_than
