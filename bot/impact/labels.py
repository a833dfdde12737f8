"""What the labels of a history say of both sides: what stays, and who is wronged."""

from __future__ import annotations

from collections.abc import Iterator

from bot.history.report import share
from bot.history.tally import BAD, GOOD, LabelTally
from bot.impact.comparison import Comparison


def labels_of(found: Comparison) -> Iterator[tuple[str, str, str]]:
    """The key of each sentence, its present number and the one under the proposed rules."""
    sides = (found.before.tally.labels, found.after.tally.labels)
    for key, names in (("label_standing", BAD), ("label_wrong", (GOOD,))):
        rows = [[side[name] for name in names if name in side] for side in sides]
        if total := sum(row.total for row in rows[0]):
            before, after = (sum(_wrong(row, key) for row in side) for side in rows)
            yield key, f"{before:,} ({share(before, total)})", f"{after:,} ({share(after, total)})"


def _wrong(row: LabelTally, key: str) -> int:
    return row.standing if key == "label_standing" else row.acted
