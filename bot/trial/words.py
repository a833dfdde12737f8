"""The page's own words in both languages, and how it says times and lengths of time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources

from bot.texts import catalogue

_AGO = (
    (timedelta(days=730), timedelta(days=365), "year_ago"),
    (timedelta(days=60), timedelta(days=30), "month_ago"),
    (timedelta(days=2), timedelta(days=1), "day_ago"),
    (timedelta(hours=2), timedelta(hours=1), "hour_ago"),
    (timedelta(minutes=2), timedelta(minutes=1), "minute_ago"),
)
"""From how long on a unit is used: two of it, so that none needs a singular."""


@cache
def words_of(language: str) -> Mapping[str, str]:
    """All words of the page, by key."""
    file = resources.files("bot.trial").joinpath(f"{language}.toml")
    return {key: str(value) for key, value in tomllib.loads(file.read_text("utf-8")).items()}


def ago(length: timedelta, words: Mapping[str, str]) -> str:
    """A length of time as people say it, rounded down."""
    for least, unit, key in _AGO:
        if length >= least:
            return words[key].format(n=length // unit)
    return words["moment_ago"]


def day(at: date, language: str, key: str = "day") -> str:
    """A day with its weekday, or (`day_short`) without it."""
    words = words_of(language)
    return words[key].format(
        month=at.month,
        month_name=catalogue(language)["months"].split()[at.month - 1],
        day=at.day,
        weekday=words["weekdays"].split()[at.weekday()],
    )
