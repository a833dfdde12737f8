"""`qunguan try`: the last month of a chat under the starter packs, as one page.

Reading and deciding are `bot.history` and `bot.replay`; opening the page is the command's.
"""

from __future__ import annotations

from bot.trial.month import Month, Typed, month
from bot.trial.page import page_of

__all__ = ["Month", "Typed", "month", "page_of"]
