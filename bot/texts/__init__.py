"""Sentences by key, in the language of the group: the only place where a Line becomes words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib import resources

from rules.actions import Line

LANGUAGES = ("zh", "en")
_PLACE = re.compile(r"\{([^{}\s]+)\}")
_ALIASES = {"member": "name", "newcomer": "names", "新人": "names", "成员": "name"}
Said = tuple[str, str]
"""Who wrote something, and what."""

_NOTHING: Mapping[str, Said] = {}
_UNITS = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of a language, by key."""
    text = resources.files("bot.texts").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def language_of(locale: str) -> str:
    """The language that serves a locale: zh for any Chinese one, else en."""
    return "zh" if locale.lower().startswith("zh") else "en"


def sentence(
    line: Line, *, locale: str, zone: tzinfo, at: datetime, quoted: Mapping[str, Said] = _NOTHING
) -> str:
    """The line in words. `at` is when it is said: a time on the same day needs no date.

    `quoted` are the messages that the line quotes, by the keys of their events, as far as they are
    still known.
    """
    language = language_of(locale)
    words = catalogue(language)
    values = dict(line.values)
    values |= {key: moment(time, words, zone, at) for key, time in line.times.items()}
    values |= {key: span(length, words) for key, length in line.spans.items()}
    values |= {key: words["list_separator"].join(names) for key, names in line.lists.items()}
    values["quotes"] = "\n".join(_quoted(quoted.get(key), words) for key in line.quotes)
    values.setdefault("names", values.get("name", ""))
    if values.get("words"):
        values["words"] = words["card_words"].format(words=values["words"])
    return fill(line.own or words[line.key], values)


def _quoted(said: Said | None, words: Mapping[str, str]) -> str:
    """What somebody wrote, or that it is no longer kept."""
    name, text = said or ("", "")
    return (
        words["quote"].replace("{name}", name).replace("{text}", text)
        if text
        else words["quote_gone"]
    )


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template with its placeholders filled; a placeholder that is not known stays as it is."""
    return _PLACE.sub(
        lambda hit: values.get(_ALIASES.get(hit[1], hit[1]), hit[0]), template
    ).replace("  ", " ")


def placeholders(template: str) -> list[str]:
    """The names of a template's placeholders, in order."""
    return _PLACE.findall(template)


def span(length: timedelta, words: Mapping[str, str]) -> str:
    """A length of time in its largest whole unit: 3分钟, 1 day."""
    for unit, name in _UNITS:
        if length >= unit and length % unit == timedelta(0):
            count = length // unit
            return words[f"{name}_one" if count == 1 else f"{name}_many"].format(n=count)
    seconds = int(length.total_seconds())
    return words["second_one" if seconds == 1 else "second_many"].format(n=seconds)


def moment(time: datetime, words: Mapping[str, str], zone: tzinfo, at: datetime) -> str:
    """A time as people say it: with the date unless it is the same day."""
    local, today = time.astimezone(zone), at.astimezone(zone)
    clock = f"{local.hour}:{local.minute:02}"
    if local.date() == today.date():
        return clock
    months = words["months"].split()
    return words["date_time"].format(
        month=local.month, month_name=months[local.month - 1], day=local.day, clock=clock
    )
