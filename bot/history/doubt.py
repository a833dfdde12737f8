"""How likely a hit wronged somebody, from 0 up: for showing the most doubtful ones first."""

from __future__ import annotations

from bot.history.hits import PASS, Hit

_KNOWN, _TRUSTED, _OLD = 40, 20, 10  # whom it met weighs most: regulars are wronged, not caught
_BY_MESSAGES = 20  # at most, one for every ten messages
_THIN, _SHORT, _ALONE = 15, 10, 5
_LIGHT = 30  # taken off where nothing would have been done


def doubt(hit: Hit) -> int:
    """The doubt about a hit: a regular's message and little evidence make it high."""
    whom = hit.whom
    points = _KNOWN * whom.is_known + _TRUSTED * whom.is_trusted + _OLD * (not whom.is_newcomer)
    points += min(whom.messages // 10, _BY_MESSAGES)
    marked = sum(end - start for start, end in hit.spans)
    points += _THIN * (len(hit.spans) <= 1) + _SHORT * (marked < 4)
    points += _ALONE * (len({match.rule for match in hit.matches}) == 1)
    return max(0, points - _LIGHT * (hit.outcome == PASS))
