"""`qunguan judge`: messages one by one, without memory between them.

The formats are docs/replay.md; other programs read them, so they only grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec

from bot.decide import decide
from bot.history.fields import FieldError, message_of, moment, role_of, span
from bot.history.hits import BLOCK, PASS, REVIEW, acting_rule
from bot.history.lines import lines
from bot.history.records import Faults
from rules.actions import Delete
from rules.capability import Capability
from rules.conditions.score import score_of
from rules.decision import Decision, RuleMatch
from rules.events import MessagePosted
from rules.message import Author, Role
from rules.rulebook import Rulebook
from rules.ruleset import AppliesTo, Ruleset
from rules.state import CommunityState, GroupState, MemberState

GROUP, MEMBER = "judge", "member"
NOON = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai: a line without `ts` is said then
LONG_AGO = timedelta(days=400)
MESSAGES_OF_OLD = 100  # an old member has talked before
JUST_NOW = timedelta(minutes=1)

Line = dict[str, object]


class Judge:
    """Judges lines by a ruleset. `newcomer` takes every author for one who has just joined."""

    def __init__(self, ruleset: Ruleset, *, newcomer: bool = False) -> None:
        self._ruleset = replace(ruleset, applies_to=AppliesTo(), greeting=None, topics=())
        self._rulebook = Rulebook((self._ruleset,))
        self._newcomer = newcomer
        self._group = GroupState(id=GROUP, title=GROUP, capabilities=tuple(Capability))
        self._state = CommunityState(groups={GROUP: self._group})

    def judged(self, line: Line) -> Line:
        """The line with `outcome`, `rule`, `score` and `matches`. FieldError: no message."""
        event = self._event(line)
        self._group.members = {MEMBER: self._member(line, event)}
        decision = decide(self._rulebook, self._state, event).decision
        return line | verdict_of(decision)

    def _event(self, line: Line) -> MessagePosted:
        text, name, kind = (_text(line, field) for field in ("text", "name", "kind"))
        if line.get("text") is None and not kind:
            raise FieldError("`text` is missing")
        ts = line.get("ts")
        at = moment(ts) if isinstance(ts, str | int | float) else NOON
        return MessagePosted(
            key="judge",
            at=at,
            seen_at=at,
            group=GROUP,
            author=Author(
                id=MEMBER, name=name or MEMBER, role=role_of(_text(line, "role")) or Role.MEMBER
            ),
            message_id="1",
            message=message_of(text, kind, line.get("links"), _text(line, "quote")),
        )

    def _member(self, line: Line, event: MessagePosted) -> MemberState:
        ago = line.get("joined_ago")
        here_for = JUST_NOW if self._newcomer else None if ago is None else span(ago, "joined_ago")
        if here_for is None or here_for > LONG_AGO:
            here_for, joined_at = LONG_AGO, None
        else:
            joined_at = event.at - here_for
        is_new = joined_at is not None and here_for < self._ruleset.roles.newcomer_for
        return MemberState(
            name=event.author.name,
            role=event.author.role,
            first_seen_at=event.at - here_for,
            joined_at=joined_at,
            messages=0 if is_new else MESSAGES_OF_OLD,
        )


def verdict_of(decision: Decision) -> Line:
    """What a decision says of its message, as the fields of a line."""
    counting = [one for one in decision.verdict.matches if one.counts]
    if not counting:
        return {"outcome": PASS, "rule": None, "score": 0, "matches": []}
    rule = acting_rule(decision)
    return {
        "outcome": outcome_of(decision),
        "rule": rule,
        "score": _score(one for one in counting if one.rule == rule),
        "matches": [
            {
                "rule": one.rule,
                "condition": match.condition,
                "values": match.values,
                "spans": match.spans,
            }
            for one in counting
            for match in one.matches
        ],
    }


def outcome_of(decision: Decision) -> str:
    """BLOCK: something is done, counted, or still owed; REVIEW: the admins are asked."""
    owed = [one for one in decision.obligations if one.strikes or one.deletes]
    if decision.strikes or any(isinstance(one, Delete) for one in decision.actions):
        return BLOCK
    if any(not one.asks for one in owed):
        return BLOCK
    return REVIEW if decision.cases or decision.obligations else PASS


def judge_lines(chunks: Iterable[bytes], judge: Judge, faults: Faults) -> Iterator[bytes]:
    """The same lines, judged, in their order; a line that is no message is left out and counted."""
    encode = msgspec.json.Encoder().encode
    for number, raw in enumerate(lines(chunks), start=1):
        try:
            if raw is None:
                raise FieldError("longer than 1 MB")  # noqa: TRY301 - counted like other faults
            if raw.strip():
                yield encode(judge.judged(_decoded(raw))) + b"\n"
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            faults.add(f"line {number}", "no JSON object")
        except FieldError as error:
            faults.add(f"line {number}", str(error))


def _decoded(raw: bytes) -> Line:
    line = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(line, dict):
        raise FieldError("no JSON object")
    return line


def _text(line: Line, field: str) -> str:
    value = line.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FieldError(f"`{field}` must be a text")
    return value


def _score(matches: Iterable[RuleMatch]) -> int:
    """The score of the acting rule, else the likeness it measured; 0 to 100, 100 for neither."""
    evidence = [one for match in matches for one in match.matches]
    added = score_of(tuple(evidence))
    if added is not None:
        return int(added.values["score"])
    return max((int(one.values["score"]) for one in evidence if "score" in one.values), default=100)
