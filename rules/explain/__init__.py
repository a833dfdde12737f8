"""Why something was decided, as data: keys of sentences and their values.

Putting them into words is `bot.texts`; no decision depends on anything here.
"""

from __future__ import annotations

from rules.explain.elsewhere import action_word, elsewhere
from rules.explain.entry import Explained, explain
from rules.explain.outcome import main_match, marks_of, outcome_of
from rules.explain.reason import Reason

__all__ = [
    "Explained",
    "Reason",
    "action_word",
    "elsewhere",
    "explain",
    "main_match",
    "marks_of",
    "outcome_of",
]
