"""`qunguan replay --against`: what would change in a history if other rules were in force.

Both replays are `bot.replay`; files and the terminal are the command's.
"""

from __future__ import annotations

from bot.impact.comparison import Comparison, Side, compare
from bot.impact.page import page_of
from bot.impact.report import show

__all__ = ["Comparison", "Side", "compare", "page_of", "show"]
