"""A hit: a message that drew a verdict, what would have been done about it, and whom it met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct, field

from bot.history.records import Record
from rules import brakes, engine
from rules.actions import Action, Ask, Ban, Delete, Mute, Remove, Say, Tell
from rules.decision import Decision, RuleMatch, Step
from rules.entries import Decided
from rules.events import MessagePosted
from rules.ruleset import Ruleset
from rules.state import CommunityState

PASS, REVIEW, BLOCK = "pass", "review", "block"
ACTIONS = ("delete", "notice", "warn", "mute", "ask", "remove", "ban", "tell")
"""What may be done about a message, in the order of reports and lines."""

_WORDS: dict[type[Action], str] = {
    Delete: "delete",
    Mute: "mute",
    Remove: "remove",
    Ban: "ban",
    Ask: "ask",
    Tell: "tell",
}
_SPOKEN = {
    Step.WARN: "warn",
    Step.MUTE: "",
}  # the sentence that goes with a mute is no act of its own


class Whom(Struct, frozen=True, kw_only=True):
    """What the author was then. `is_known`: has talked before, and is no newcomer.

    `came_back`: was seen before the last join. `here_for`: since that join, or first sight.
    """

    is_newcomer: bool
    is_trusted: bool
    is_known: bool
    messages: int
    came_back: bool = False
    here_for: timedelta | None = None


class Hit(Struct, kw_only=True):
    """One message. `rule` is the one that acts; `waits` counts what is still open about it."""

    record: Record
    rule: str
    matches: tuple[RuleMatch, ...]
    whom: Whom
    actions: set[str] = field(default_factory=set)
    is_struck: bool = False
    is_braked: bool = False
    until: datetime | None = None
    waits: int = 0

    @property
    def outcome(self) -> str:
        """BLOCK: something is done or counted; REVIEW: the admins are asked; PASS: neither."""
        if self.is_struck or self.actions & {"delete", "mute", "remove", "ban"}:
            return BLOCK
        return REVIEW if "ask" in self.actions else PASS

    @property
    def stops(self) -> bool:
        """Whether its author can write no more after it."""
        return bool(self.actions & {"mute", "remove", "ban"})

    @property
    def done(self) -> list[str]:
        """What would have been done, in the order of ACTIONS."""
        return [one for one in ACTIONS if one in self.actions]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the acting rule's evidence stands in the text, in order."""
        mine = [match for match in self.matches if match.rule == self.rule]
        return sorted({span for match in mine for one in match.matches for span in one.spans})


def hit_of(record: Record, decided: Decided, ruleset: Ruleset, state: CommunityState) -> Hit | None:
    """The hit, if a rule counts or a brake held it back; `state` is that before the message."""
    decision, event = decided.decision, decided.event
    counting = tuple(one for one in decision.verdict.matches if one.counts)
    if not counting or not isinstance(event, MessagePosted):
        return None
    return Hit(
        record=record,
        rule=acting_rule(decision),
        matches=counting,
        whom=_whom(event, ruleset, state),
        is_braked=bool(decision.braked),
    )


def acting_rule(decision: Decision) -> str:
    """The rule on which the consequences rest; the gravest if there are none."""
    for found in (decision.strikes, decision.cases, decision.obligations):
        for one in found:
            return one.rule
    return decision.said[0] if decision.said else decision.verdict.rule


def record_consequences(hit: Hit, decision: Decision) -> None:
    """Add to a hit what a decision does: at once, at a deadline, or after an admin's tap."""
    assumed = {case.number for case in decision.cases if case.status == "confirm"}
    for action in decision.actions:
        if isinstance(action, Ask) and action.case in assumed:
            continue
        if (
            word := _SPOKEN.get(decision.step, "notice")
            if isinstance(action, Say)
            else _WORDS.get(type(action))
        ):
            hit.actions.add(word)
        if isinstance(action, Mute):
            hit.until = action.until
    hit.is_struck |= any(one.burst or one.count > 0 for one in decision.strikes)


def record_deletions(hits: Iterable[Hit], decision: Decision) -> None:
    """Add to hits what a decision about another of the same obligation does to their messages."""
    deleted = {one.message_id for one in decision.actions if isinstance(one, Delete)}
    for hit in hits:
        if hit.record.message_id in deleted:
            hit.actions.add("delete")


def _whom(event: MessagePosted, ruleset: Ruleset, state: CommunityState) -> Whom:
    group = state.group(event.group)
    member = group.members.get(event.author.id)
    standing = state.standing(event.group, event.author.id)
    classes = engine.classes(ruleset.roles, member, standing, event)
    return Whom(
        is_newcomer="newcomer" in classes,
        is_trusted="trusted" in classes,
        is_known=brakes.is_established(member, ruleset.roles, event.at),
        messages=member.messages if member else 0,
        came_back=bool(member and member.joined_at and member.first_seen_at < member.joined_at),
        here_for=event.at - (member.joined_at or member.first_seen_at) if member else None,
    )
