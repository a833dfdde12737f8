"""Clocks and calendars in rule files: time zones, and times that come again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from rules.files.faults import did_you_mean, quoted
from rules.files.refusals import ValueRefused, unlike
from rules.phrases import phrase

_ZONES: Final = (  # those that are worth a guess
    "America/Los_Angeles",
    "America/New_York",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Taipei",
    "Asia/Tokyo",
    "Europe/Berlin",
    "Europe/London",
    "UTC",
)

_CRON: Final = {
    "Bad minute": phrase("bad minute"),
    "Bad hour": phrase("bad hour"),
    "Bad day-of-month": phrase("bad day-of-month"),
    "Bad month": phrase("bad month"),
    "Bad day-of-week": phrase("bad day-of-week"),
}

# Any day will do to ask whether a cron text is one.
_ONE_DAY: Final = datetime(2024, 1, 1, tzinfo=UTC)


def zone(text: str) -> ZoneInfo:
    """The name of a time zone, like Asia/Shanghai."""
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, LookupError):  # bad characters, a folder, not there
        named = phrase("names are like Asia/Shanghai or Europe/Berlin")
        message = phrase("there is no time zone {text}", text=quoted(text))
        raise ValueRefused(message, did_you_mean(text, _ZONES) or named) from None


def cron(text: str) -> str:
    """Five fields of cron; CronSim refuses days that never come, like 31 February."""
    hint = phrase('every day at 8:30 is "30 8 * * *"')
    if len(text.split()) != 5:
        raise unlike(phrase("five fields of cron"), text, hint)
    try:
        CronSim(text, _ONE_DAY)
    except CronSimError as error:
        why = _CRON[str(error)]
        raise ValueRefused(phrase("this is no cron text: {why}", why=why), hint) from None
    return text
