"""What comes of a replay, counted: per rule, and where the history has labels, right and wrong."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from bot.history.doubt import Doubtful, doubt
from bot.history.hits import BLOCK, PASS, REVIEW, Hit
from bot.history.records import Record, What
from bot.history.run import STOPPED

BAD = ("spam", "abuse")
GOOD = "ham"
LABELS = (*BAD, GOOD)
CANDIDATES = 10

Fate = str | Hit | None
"""What became of a message: STOPPED, a Hit, or None for nothing."""


class RuleTally(Struct):
    """One rule. `labels` counts hits by the label of their message."""

    messages: int = 0
    members: set[tuple[str, str]] = field(default_factory=set)
    actions: Counter[str] = field(default_factory=Counter)
    known: int = 0
    trusted: int = 0
    labels: Counter[str] = field(default_factory=Counter)


class LabelTally(Struct):
    """All messages of one label. `standing`: not deleted, and their author not stopped."""

    total: int = 0
    acted: int = 0
    asked: int = 0
    stopped: int = 0
    standing: int = 0

    @property
    def missed(self) -> int:
        """Messages about which nothing would have been done."""
        return self.total - self.acted - self.asked - self.stopped


class Tally:
    """Counts as a replay goes on; memory grows with members and rules, not with messages."""

    def __init__(self) -> None:
        self.messages = 0
        self.stopped = 0
        self.hits = 0
        self.braked: Counter[str] = Counter()
        self.groups: set[str] = set()
        self.members: set[tuple[str, str]] = set()
        self.hit_members: set[tuple[str, str]] = set()
        self.rules: dict[str, RuleTally] = {}
        self.labels: dict[str, LabelTally] = {}
        self._doubtful: Doubtful[Hit] = Doubtful(CANDIDATES)

    def add(self, record: Record, fate: Fate) -> None:
        """Count one record and what became of it."""
        if record.what is not What.MESSAGE:
            return
        self.messages += 1
        self.groups.add(record.group)
        self.members.add((record.group, record.user))
        self.stopped += fate == STOPPED
        if isinstance(fate, Hit):
            self._hit(fate)
        if record.label in LABELS:
            self._label(self.labels.setdefault(record.label, LabelTally()), fate)

    def candidates(self) -> list[Hit]:
        """The hits that look most like mistakes, the worst first: by labels, else by doubt."""
        return self._doubtful.highest()

    def _hit(self, hit: Hit) -> None:
        who = (hit.record.group, hit.record.user)
        self.hits += 1
        self.hit_members.add(who)
        if hit.is_braked:
            self.braked[hit.rule] += 1
        for rule in dict.fromkeys(match.rule for match in hit.matches):
            row = self.rules.setdefault(rule, RuleTally())
            row.messages += 1
            row.members.add(who)
            row.known += hit.whom.is_known
            row.trusted += hit.whom.is_trusted
            row.labels[hit.record.label] += 1
            if rule == hit.rule:
                row.actions.update(hit.actions)
        label = hit.record.label
        if label not in BAD and hit.outcome != PASS:
            self._doubtful.add((label == GOOD, doubt(hit), -hit.record.number), hit)

    def _label(self, row: LabelTally, fate: Fate) -> None:
        row.total += 1
        row.stopped += fate == STOPPED
        outcome = fate.outcome if isinstance(fate, Hit) else ""
        row.acted += outcome == BLOCK
        row.asked += outcome == REVIEW
        is_gone = isinstance(fate, Hit) and ("delete" in fate.actions or fate.stops)
        row.standing += fate != STOPPED and not is_gone
