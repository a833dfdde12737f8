"""A wronged message of a history becomes an example in the rule file, and the month is judged anew.

The page is `bot.trial`'s, the server `bot.web.desk`.
"""

from __future__ import annotations

from bot.retrial.retrial import Retrial

__all__ = ["Retrial"]
