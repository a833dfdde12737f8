"""What is known of the community so far: the fold of the journal, and nothing else.

`rules.fold` is the only writer; decisions only read. Nothing here holds message text. Every class
is
a plain record, so that a snapshot is its encoding.
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct, field

from rules.capability import Capability
from rules.decision import Case, Counted, Deadline, Step
from rules.events import Saved
from rules.message import Kind, Media, Role
from rules.obligations import Obligation
from rules.recent import Recent, RecentMessages

FOLD_VERSION = 3
"""Part of a snapshot's key: raise it when the fold changes, and old snapshots are folded again."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class MemberState(Struct, omit_defaults=True):
    """One member of one group. `joined_at` is None for whoever was there before the bot."""

    name: str
    role: Role = Role.MEMBER
    first_seen_at: datetime = NEVER
    joined_at: datetime | None = None
    messages: int = 0
    last_kind: Kind = Kind.TEXT
    last_at: datetime = NEVER
    recent_at: list[datetime] = field(default_factory=list)
    present: bool = True
    inviter: str = ""


class Standing(Struct, omit_defaults=True):
    """Where somebody stands on one group's ladder. The level falls one per clean period after
    `since`. `strikes` are those that the level is made of, in the order of their counting.
    """

    level: int = 0
    since: datetime = NEVER
    burst_at: datetime = NEVER
    strikes: list[Counted] = field(default_factory=list)


class Person(Struct, omit_defaults=True):
    """Somebody across groups: a standing per group, by group id."""

    standings: dict[str, Standing] = field(default_factory=dict)


class Sanction(Struct, frozen=True, omit_defaults=True):
    """A consequence in force. `until` is None where it has no term."""

    kind: Step
    until: datetime | None
    case: int


class Packet(Struct, frozen=True, omit_defaults=True):
    """A red packet or a transfer seen lately: it may come before the ad that it pays for."""

    at: datetime
    member: str
    media: Media


class RuleHistory(Struct, omit_defaults=True):
    """What one rule did in a group. Each list is oldest first.

    `hits`, `said_at` and `noticed` serve brakes and `at_most`. `shadow` and `acted` count matches
    in trial and at work. `notices` are what it did without a case: when, to whom, and the key of
    the message that it deleted, "" for none.
    """

    hits: list[tuple[datetime, str]] = field(default_factory=list)
    said_at: list[datetime] = field(default_factory=list)
    noticed: dict[str, datetime] = field(default_factory=dict)
    is_braked: bool = False
    shadow: int = 0
    acted: int = 0
    notices: list[tuple[datetime, str, str]] = field(default_factory=list)


class GroupState(Struct, omit_defaults=True, dict=True):
    """One group. `recent` is the last hour of footprints; `minutes` counts messages per minute.

    `greeting` is the key of the open welcome, which `joiners` wait for. `judged` names the rules
    that have had their consequence for a message, by message id. `clauses` are the public ones that
    the group was last told of, None if it never was. `refused`: what its admins were told of a rule
    file with mistakes, by the file's name.
    """

    id: str
    title: str = ""
    platform: str = ""
    capabilities: tuple[Capability, ...] = ()
    members: dict[str, MemberState] = field(default_factory=dict)
    recent: list[Recent] = field(default_factory=list)
    minutes: dict[int, int] = field(default_factory=dict)
    obligations: dict[str, Obligation] = field(default_factory=dict)
    sanctions: dict[str, Sanction] = field(default_factory=dict)
    history: dict[str, RuleHistory] = field(default_factory=dict)
    joiners: list[tuple[str, str]] = field(default_factory=list)
    greeting: str = ""
    packets: list[Packet] = field(default_factory=list)
    judged: dict[str, list[str]] = field(default_factory=dict)
    welcomed_at: list[datetime] = field(default_factory=list)
    clauses: tuple[str, ...] | None = None
    refused: dict[str, Saved] = field(default_factory=dict)

    @property
    def came_at(self) -> datetime:
        """When the bot first saw one of the members; NEVER if it has seen none."""
        return min((one.first_seen_at for one in self.members.values()), default=NEVER)

    def __post_init__(self) -> None:
        self.lately = RecentMessages(self.recent)  # rebuilt on decoding, never encoded


class CommunityState(Struct, omit_defaults=True, dict=True):
    """All groups that one operator governs together."""

    groups: dict[str, GroupState] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    rules: str = ""
    seen_at: datetime = NEVER
    entries: int = 0

    def __post_init__(self) -> None:
        self.due_at = self._earliest()  # of `deadlines`; kept beside them, never encoded

    def group(self, group: str) -> GroupState:
        """The group's state; an empty one, not kept, if nothing was seen of it yet."""
        return self.groups.get(group) or GroupState(id=group)

    def standing(self, group: str, member: str) -> Standing:
        """Where a member stands in a group; an empty one, not kept, if never struck."""
        person = self.persons.get(member)
        return (person.standings.get(group) if person else None) or Standing()

    def standing_of(self, group: str, member: str) -> Standing:
        """The member's standing in a group, kept from here on: only the fold may ask for it."""
        person = self.persons.setdefault(member, Person())
        return person.standings.setdefault(group, Standing())

    def next_case(self) -> int:
        """The number that the next case gets, from 1."""
        return len(self.cases) + 1

    def open(self, deadline: Deadline) -> None:
        """Add a deadline, or move it."""
        self.deadlines[deadline.key] = deadline
        self.due_at = self._earliest()

    def close(self, key: str) -> None:
        """Take a deadline away; one that is not open is no fault."""
        if self.deadlines.pop(key, None) is not None:
            self.due_at = self._earliest()

    def next_deadline(self, until: datetime) -> Deadline | None:
        """The earliest deadline that is due at `until`, ties by key; None if there is none."""
        if self.due_at is None or self.due_at > until:
            return None
        due = [one for one in self.deadlines.values() if one.due_at <= until]
        return min(due, key=lambda one: (one.due_at, one.key))

    def compact(self) -> None:
        """Drop what is remembered only by accident of timing, so that equal states encode
        equally.
        """
        for group in self.groups.values():
            group.lately.compact()

    def _earliest(self) -> datetime | None:
        return min((one.due_at for one in self.deadlines.values()), default=None)
