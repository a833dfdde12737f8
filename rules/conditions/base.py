"""What a condition is, and the View: all that a condition may look at."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from rules.decision import Match
from rules.events import Named, Spoken
from rules.footprint import Footprint
from rules.message import Message
from rules.state import GroupState, MemberState
from rules.text import Folded

if TYPE_CHECKING:
    from rules.conditions.matchers import Matchers, TemplateHit, WordHit

Evidence = tuple[Match, ...]
"""Why the answer is yes; it may be empty (a `not` has nothing to show). None means no."""


class Condition(Protocol):
    """One yes/no question about a View."""

    def ask(self, view: View) -> Evidence | None:
        """The evidence if it holds, else None."""


class View:
    """One message or name, the member and the group as they were before it.

    `member` is None for somebody never seen. `classes` names what the member is to the rules:
    "newcomer" or "known", "trusted". What costs something is found on first use and kept.
    """

    __slots__ = (
        "_likeness",
        "_local_at",
        "_patterns",
        "_words",
        "classes",
        "event",
        "folded",
        "footprint",
        "group",
        "matchers",
        "member",
        "timezone",
    )

    def __init__(  # noqa: PLR0913 - a record of everything a condition may see
        self,
        *,
        event: Spoken | Named,
        folded: Folded,
        footprint: Footprint,
        group: GroupState,
        member: MemberState | None,
        classes: frozenset[str],
        timezone: tzinfo,
        matchers: Matchers,
    ) -> None:
        self.event = event
        self.folded = folded
        self.footprint = footprint
        self.group = group
        self.member = member
        self.classes = classes
        self.timezone = timezone
        self.matchers = matchers
        self._local_at: datetime | None = None
        self._words: dict[int, list[WordHit]] | None = None
        self._patterns: frozenset[int] | None = None
        self._likeness: dict[int, TemplateHit] | None = None

    @property
    def message(self) -> Message:
        """The message, authored and quoted text apart."""
        return self.event.message

    @property
    def local_at(self) -> datetime:
        """The event's time on the group's clock."""
        if self._local_at is None:
            self._local_at = self.event.at.astimezone(self.timezone)
        return self._local_at

    @property
    def words(self) -> dict[int, list[WordHit]]:
        """Hits of all word lists in the authored text, by list number."""
        if self._words is None:
            self._words = self.matchers.words.find(self.folded)
        return self._words

    @property
    def triggers(self) -> frozenset[int]:
        """Numbers of the word lists that were hit, and ~number of each pattern that may match."""
        found = frozenset(self.words)
        return found.union([~number for number in self.patterns]) if self.patterns else found

    @property
    def patterns(self) -> frozenset[int]:
        """Numbers of all regexes that may match the authored text."""
        if self._patterns is None:
            self._patterns = self.matchers.patterns.find(self.folded)
        return self._patterns

    @property
    def likeness(self) -> dict[int, TemplateHit]:
        """The best hits of all lists of known texts in the authored text, by list number."""
        if self._likeness is None:
            self._likeness = self.matchers.likeness.find(self.folded)
        return self._likeness
