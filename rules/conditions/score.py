"""Signals that each say little and together much: their weights are added up, in whole numbers."""

from __future__ import annotations

from msgspec import Struct

from rules.conditions.base import Condition, Evidence, View
from rules.decision import Match

MOST = 100
"""The highest score there is; what is above counts as this."""


class Signal(Struct, frozen=True, kw_only=True):
    """One signal: its weight counts once for each place found, or once, and at most `cap`."""

    name: str
    when: Condition
    weight: int
    cap: int

    def points(self, evidence: Evidence) -> int:
        """What its evidence is worth."""
        places = sum(len(match.spans) for match in evidence)
        return min(self.cap, self.weight * max(1, places))


class Score(Struct, frozen=True, kw_only=True):
    """The points of `signals` together reach `review`, or `block` where there is no review."""

    signals: tuple[Signal, ...]
    block: int
    review: int | None = None

    @property
    def least(self) -> int:
        """The score from which it holds."""
        return self.block if self.review is None else self.review

    def ask(self, view: View) -> Evidence | None:
        """The score with its outcome, block or review, and the signals that counted."""
        answers = [
            (signal, evidence)
            for signal in self.signals
            if (evidence := signal.when.ask(view)) is not None
        ]
        points = {signal.name: signal.points(evidence) for signal, evidence in answers}
        score = min(MOST, sum(points.values()))
        if score < self.least:
            return None
        values = {
            "score": str(score),
            "outcome": "block" if score >= self.block else "review",
            "at_least": str(self.block if score >= self.block else self.least),
            "signals": "、".join(f"{name} +{count}" for name, count in points.items()),
        }
        evidence = tuple(match for _, one in answers for match in one)
        return (Match(condition="score", values=values), *evidence)


def score_of(evidence: Evidence) -> Match | None:
    """The score within an evidence, if there is one."""
    return next((match for match in evidence if match.condition == "score"), None)


def asks_for_review(evidence: Evidence) -> bool:
    """Whether a score is high enough to ask an admin, and too low to act."""
    found = score_of(evidence)
    return found is not None and found.values["outcome"] == "review"
