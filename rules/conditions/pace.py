"""How fast somebody, or the group, speaks, and how often the same thing is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import Literal

from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.conditions.values import as_written
from rules.decision import Match
from rules.events import MessagePosted
from rules.fold import RUN_OF_PICTURES
from rules.message import Kind
from rules.recent import Recent

Per = Literal["member", "group"]

_PICTURES = (Kind.IMAGE.value, Kind.VIDEO.value)


class Rate(Struct, frozen=True, kw_only=True):
    """At least `messages` within `within`, this one and both ends included.

    A run of pictures by one member counts once. An edit is not a message more. With `kinds` only
    messages of these kinds count, and only such a one is judged.
    """

    messages: int
    within: timedelta
    per: Per = "member"
    kinds: tuple[Kind, ...] = ()

    def ask(self, view: View) -> Evidence | None:
        """The limits."""
        if not isinstance(view.event, MessagePosted):
            return None
        if self.kinds and view.message.kind not in self.kinds:
            return None
        earlier = self._earlier(view, view.event.at - self.within)
        if earlier + (not _continues_run(view)) < self.messages:
            return None
        values = {"messages": str(self.messages), "within": as_written(self.within)}
        kinds = {"kinds": "、".join(self.kinds)} if self.kinds else {}
        return (Match(condition="rate", values={**values, "per": self.per, **kinds}),)

    def _earlier(self, view: View, since: datetime) -> int:
        if self.per == "member" and not self.kinds:
            return _of_member(view, since)
        of = view.event.author.id if self.per == "member" else None
        return _of_group(view, since, of, self.kinds)


class Repeat(Struct, frozen=True, kw_only=True):
    """This message and at least `times - 1` earlier ones within `within` are alike.

    `similar`: percent, 100 for the same letters. `min_length`: letters that this message must have.
    A message without letters is no repetition of anything, an edit none of the message it changes.
    """

    times: int
    within: timedelta
    similar: int = 100
    per: Per = "group"
    min_length: int = 0

    def ask(self, view: View) -> Evidence | None:
        """The limits, and the whole text."""
        event = view.event
        if not view.footprint.digest or len(view.folded.letters) < self.min_length:
            return None
        alike = view.group.lately.alike(
            view.footprint,
            since=event.at - self.within,
            at_least=self.similar,
            member=event.author.id if self.per == "member" else None,
        )
        others = (one for one in alike if one.at <= event.at and one.message_id != event.message_id)
        if sum(1 for _ in islice(others, self.times - 1)) < self.times - 1:
            return None
        values = {"times": str(self.times), "within": as_written(self.within), "per": self.per}
        spans = ((0, len(event.message.text)),)
        return (Match(condition="repeat", values=values, spans=spans),)


def _of_member(view: View, since: datetime) -> int:
    now = view.event.at
    times = view.member.recent_at if view.member else ()
    return len([at for at in times if since <= at <= now])  # unsorted: some arrive late


def _of_group(view: View, since: datetime, member: str | None, kinds: tuple[Kind, ...]) -> int:
    """Messages of the group, of one member or of some kinds if asked; a run of pictures is one."""
    pictures: dict[str, Recent] = {}
    count = 0
    for one in reversed(list(view.group.lately.since(since))):
        before = pictures.get(one.member)
        pictures[one.member] = one
        is_run = before is not None and _follows(one.footprint.kind, one.at, before)
        is_meant = member in {None, one.member} and (not kinds or one.footprint.kind in kinds)
        count += is_meant and not is_run and one.at <= view.event.at
    return count


def _follows(kind: str, at: datetime, before: Recent) -> bool:
    is_same = kind in _PICTURES and kind == before.footprint.kind
    return is_same and at - before.at <= RUN_OF_PICTURES


def _continues_run(view: View) -> bool:
    """Whether the fold takes this message as one with the member's last."""
    kind, member = view.message.kind, view.member
    if member is None or kind not in _PICTURES or kind is not member.last_kind:
        return False
    return view.event.at - member.last_at <= RUN_OF_PICTURES
