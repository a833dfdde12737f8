"""All changes between two rulesets, counted per rule, member and day; the doubtful ones kept."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from datetime import date
from typing import IO

import msgspec
from msgspec import Struct, field

from bot.history.doubt import Doubtful, doubt
from bot.history.hits import Hit, Whom
from bot.history.records import What
from bot.history.tally import BAD, GOOD, Tally
from bot.impact.change import Change, Kind, change_of, line_of, weight
from bot.replay import SHOWN_EVERY, Pair
from rules.ruleset import Ruleset

NEWEST = 300  # changes that are kept whole: what somebody may look through
WRONGED = 5
_LOOKED_AT = 20  # most doubtful changes, of which those of different people are chosen
_WORSE = (Kind.NEWLY_HIT, Kind.HARDER)


class Side(Struct):
    """One ruleset, the name of its files, its counts, and its hits by day of the rules' clock."""

    ruleset: Ruleset
    name: str = ""
    tally: Tally = field(default_factory=Tally)
    days: Counter[date] = field(default_factory=Counter)


class RuleRow(Struct, frozen=True, kw_only=True):
    """One rule: how many messages it hits on both sides, and which change for it."""

    rule: str
    before: int
    after: int
    changes: Counter[Kind]


class MemberRow(Struct):
    """One member of one group: the changes of their messages, and the hardest on both sides."""

    name: str
    group: str
    whom: Whom | None = None
    changes: Counter[Kind] = field(default_factory=Counter)
    before: Hit | None = None
    after: Hit | None = None

    @property
    def standing(self) -> int:
        """0 for trusted members, 1 for regulars, 2 for others, 3 for newcomers and unknown ones."""
        if self.whom is None or self.whom.is_newcomer:
            return 3
        return 0 if self.whom.is_trusted else 1 if self.whom.is_known else 2


class Comparison:
    """Counts as both replays go on; memory grows with members and rules, not with messages."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before = before
        self.after = after
        self.kinds: Counter[Kind] = Counter()
        self.rules: dict[str, Counter[Kind]] = {}
        self.members: dict[tuple[str, str], MemberRow] = {}
        self.titles: dict[str, str] = {}
        self.days: Counter[date] = Counter()
        self.newest: deque[Change] = deque(maxlen=NEWEST)
        self._doubtful: Doubtful[Change] = Doubtful(_LOOKED_AT)

    @property
    def language(self) -> str:
        """The language of the proposed rules: zh or en."""
        return "zh" if self.after.ruleset.locale.lower().startswith("zh") else "en"

    @property
    def changed(self) -> int:
        """How many messages get another verdict."""
        return self.kinds.total()

    def add(self, pair: Pair) -> Change | None:
        """Count one record under both; gives the change if there is one."""
        record = pair.record
        if record.what is not What.MESSAGE:
            return None
        self.titles.setdefault(record.group, record.title or record.group)
        day = record.at.astimezone(self.after.ruleset.timezone).date()
        self.days[day] += 1
        for side, fate in ((self.before, pair.before), (self.after, pair.after)):
            side.tally.add(record, fate)
            side.days[day] += isinstance(fate, Hit)
        change = change_of(pair)
        if change is not None:
            self._count(change)
        return change

    def wronged(self) -> list[Change]:
        """The changes for the worse that most look like mistakes, the most doubtful first."""
        return self._doubtful.of_different_people(WRONGED)

    def by_standing(self) -> list[MemberRow]:
        """Members with changes: trusted ones first, then by how many of their messages change."""
        rows = self.members.values()
        return sorted(rows, key=lambda one: (one.standing, -one.changes.total(), one.name))

    def rule_rows(self) -> list[RuleRow]:
        """All rules that hit on either side: those with most changes first, then most hits."""
        before, after = self.before.tally.rules, self.after.tally.rules
        rows = [
            RuleRow(
                rule=rule,
                before=before[rule].messages if rule in before else 0,
                after=after[rule].messages if rule in after else 0,
                changes=self.rules.get(rule, Counter()),
            )
            for rule in dict.fromkeys((*before, *after))
        ]
        return sorted(rows, key=lambda one: (-one.changes.total(), -one.after, one.rule))

    def _count(self, change: Change) -> None:
        self.kinds[change.kind] += 1
        self.newest.append(change)
        for rule in _rules_of(change):
            self.rules.setdefault(rule, Counter())[_for_rule(change, rule)] += 1
        self._member(change)
        hit, label = change.after, change.record.label
        if change.kind in _WORSE and isinstance(hit, Hit) and label not in BAD:
            self._doubtful.add((label == GOOD, doubt(hit), -change.record.number), change)

    def _member(self, change: Change) -> None:
        record = change.record
        who = (record.group, record.user)
        row = self.members.get(who)
        if row is None:
            row = self.members[who] = MemberRow(name=record.name, group=record.group)
        row.changes[change.kind] += 1
        if change.hit is not None:
            row.whom = change.hit.whom
        row.before = _harder(row.before, change.before)
        row.after = _harder(row.after, change.after)


def compare(
    pairs: Iterable[Pair],
    found: Comparison,
    *,
    out: IO[bytes] | None,
    progress: Callable[[int], None],
) -> None:
    """Count what `bot.replay.pairs` tells, and write a line of JSON for each change."""
    encode = msgspec.json.Encoder().encode
    for count, pair in enumerate(pairs):
        change = found.add(pair)
        if out is not None and change is not None:
            out.write(encode(line_of(change)) + b"\n")
        if count % SHOWN_EVERY == 0:
            progress(count)


def _rules_of(change: Change) -> dict[str, None]:
    """Every rule that matched on either side."""
    hits = [one for one in (change.before, change.after) if isinstance(one, Hit)]
    return dict.fromkeys(match.rule for hit in hits for match in hit.matches)


def _for_rule(change: Change, rule: str) -> Kind:
    """What a change is to one rule: it may hit anew where another rule hit before."""
    was, now = (
        isinstance(fate, Hit) and any(match.rule == rule for match in fate.matches)
        for fate in (change.before, change.after)
    )
    if was and now:
        return change.kind
    return Kind.NEWLY_HIT if now else Kind.NO_LONGER_HIT


def _harder(known: Hit | None, fate: object) -> Hit | None:
    if not isinstance(fate, Hit):
        return known
    return fate if known is None or weight(fate) > weight(known) else known
