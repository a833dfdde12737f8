"""A history happens again under rules: what each message would have drawn, and who is stopped.

The same functions decide as in a live group. A removal waits for an admin's tap in the rules; here
the tap is assumed. What is made of the hits is up to `bot.replay` and `bot.trial`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.decide import advance, decide
from bot.greetings import GREETING
from bot.history.hits import Hit, hit_of, record_consequences, record_deletions
from bot.history.records import Record, What
from rules import duties
from rules.actions import Ban, Remove
from rules.asking import CONFIRM
from rules.capability import Capability
from rules.entries import Decided
from rules.events import (
    AdminsSeen,
    AnyEvent,
    ButtonPressed,
    GroupChanged,
    MemberJoined,
    MemberLeft,
    MessagePosted,
    Tick,
)
from rules.fold import apply
from rules.message import Author, Role
from rules.rulebook import Rulebook
from rules.ruleset import AppliesTo, Ruleset
from rules.state import NEVER, CommunityState

ADMIN = Author(id="(replay)", name="", role=Role.ADMIN)
THE_END = datetime.max.replace(tzinfo=UTC)
STOPPED = "stopped"


class Run:
    """One pass over a history. `remember` what came before it, `take` the rest, then `finish`."""

    def __init__(self, ruleset: Ruleset) -> None:
        silent = replace(ruleset, applies_to=AppliesTo(), greeting=None, topics=())
        self._rulebook = Rulebook((silent,))
        self.ruleset = silent
        self.state = CommunityState()
        self._roles: dict[str, dict[str, Role]] = {}
        self._stopped: dict[tuple[str, str], datetime | None] = {}
        self._waiting: dict[str, list[Hit]] = {}  # by the key of the obligation that they share
        self._hits: deque[Hit] = deque()

    def remember(self, record: Record) -> None:
        """Fold a record without judging it: who was there, since when, and how much they wrote."""
        for event in self._events(record):
            apply(self.state, Decided(event=event))
        self._no_welcome(record)

    def take(self, record: Record) -> str | Hit | None:
        """Decide about a record. A Hit (still open perhaps), STOPPED, or None: it drew nothing."""
        at = max(record.at, self.state.seen_at)
        self._advance(at)
        if self.is_stopped(record.group, record.user):
            return STOPPED
        hit = None
        for event in self._events(record):
            decided = self._decide(event)
            hit = hit_of(record, decided, self.ruleset, self.state)
            apply(self.state, decided)
            if hit is not None:
                self._hits.append(hit)
            self._follow(decided, hit)
        self._no_welcome(record)
        return hit

    def settled(self) -> Iterator[Hit]:
        """Hits about which nothing is open any more, in the order of their messages."""
        while self._hits and not self._hits[0].waits:
            yield self._hits.popleft()

    def finish(self) -> Iterator[Hit]:
        """Let every deadline pass, and give the hits that were still open."""
        self._advance(THE_END)
        yield from self.settled()

    def is_stopped(self, group: str, member: str) -> bool:
        """Whether somebody is muted or removed."""
        return (group, member) in self._stopped

    def _advance(self, until: datetime) -> None:
        for decided in advance(self._rulebook, self.state, until):
            hit = None
            if isinstance(decided.event, Tick) and decided.event.deadline == duties.OBLIGATION:
                hit = next(iter(self._waiting.get(decided.event.ref, ())), None)
            apply(self.state, decided)
            self._follow(decided, hit)

    def _no_welcome(self, record: Record) -> None:
        """Nobody is greeted in a replay: who joined does not wait for it."""
        if record.what is What.JOIN:
            key = f"{record.group}:{record.number}w"
            at = self.state.seen_at
            group = record.group
            tick = Tick(key=key, at=at, seen_at=at, group=group, deadline=GREETING, ref=group)
            apply(self.state, Decided(event=tick))

    def _decide(self, event: AnyEvent) -> Decided:
        return decide(self._rulebook, self.state, event)

    def _follow(self, decided: Decided, hit: Hit | None) -> None:
        """What a decision brings with it: open obligations, stopped members, an admin's tap."""
        decision = decided.decision
        met = [one for key in decision.settled for one in self._waiting.pop(key, ())]
        for one in met:
            one.waits -= 1
        if hit is not None:
            hit.waits += len(decision.obligations)
            for obligation in decision.obligations:
                self._waiting.setdefault(obligation.key, []).append(hit)
        concerned = hit or (met[0] if met else None)
        if concerned is not None:
            record_consequences(concerned, decision)
            record_deletions(met, decision)
        self._stop(decided)
        for case in decision.cases:
            if case.status == "confirm":
                tap = ButtonPressed(
                    key=f"tap:{case.number}",
                    at=decided.event.at,
                    seen_at=self.state.seen_at,
                    group=case.group,
                    presser=ADMIN,
                    case=case.number,
                    choice=CONFIRM,
                )
                tapped = self._decide(tap)
                apply(self.state, tapped)
                self._follow(tapped, concerned)

    def _stop(self, decided: Decided) -> None:
        group = decided.event.group
        for one in decided.decision.sanctions:
            if not one.ended:
                self._stopped.setdefault((group, one.member), one.until)
            elif self._stopped.get((group, one.member), NEVER) is not None:
                self._stopped.pop((group, one.member), None)
        for action in decided.decision.actions:
            if isinstance(action, Remove | Ban):
                self._stopped[group, action.member] = None

    def _events(self, record: Record) -> Iterator[AnyEvent]:
        """The events of a record, and before them what the group has to be told."""
        seen_at = max(record.at, self.state.seen_at)
        base = {"at": min(record.at, seen_at), "seen_at": seen_at, "group": record.group}
        if record.what is What.MESSAGE:
            base["at"] = seen_at  # judged where it stands: a late line is no backlog
        key = f"{record.group}:{record.number}"
        yield from self._news(record, key, seen_at)
        match record.what:
            case What.JOIN:
                name = record.name
                yield MemberJoined(key=f"{key}+", member=record.user, name=name, **base)  # type: ignore[arg-type]
            case What.LEAVE:
                yield MemberLeft(key=f"{key}-", member=record.user, **base)  # type: ignore[arg-type]
            case What.MESSAGE:
                role = self._roles[record.group].get(record.user, Role.MEMBER)
                yield MessagePosted(
                    key=key,
                    author=Author(id=record.user, name=record.name, role=role),
                    message_id=record.message_id,
                    message=record.message,
                    **base,  # type: ignore[arg-type]
                )

    def _news(self, record: Record, key: str, seen_at: datetime) -> Iterator[AnyEvent]:
        """The group on first sight, able to do everything; and its roles when one shows."""
        group = record.group
        if group not in self._roles:
            self._roles[group] = {}
            yield GroupChanged(
                key=f"{key}g",
                at=seen_at,
                seen_at=seen_at,
                group=group,
                title=record.title or group,
                platform="",
                capabilities=tuple(Capability),
            )
        roles = self._roles[group]
        if record.role is not None and roles.get(record.user, Role.MEMBER) is not record.role:
            roles[record.user] = record.role
            known = dict(roles)
            yield AdminsSeen(key=f"{key}r", at=seen_at, seen_at=seen_at, group=group, roles=known)
