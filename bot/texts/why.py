"""Explanations in words: each Reason of `rules.explain` as one sentence, for pages and commands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import cache
from importlib import resources

from bot.texts import catalogue, fill, moment, sentence, span
from rules.explain import Reason


@cache
def words_of(language: str) -> Mapping[str, str]:
    """All words of a language that explanations need, by key."""
    file = resources.files("bot.texts").joinpath(f"why.{language}.toml")
    own = tomllib.loads(file.read_text(encoding="utf-8"))
    return {**catalogue(language), **own}


def because(reason: Reason, *, language: str, locale: str, zone: tzinfo, at: datetime) -> str:
    """The reason in words of `language`; what the bot says is quoted in the group's `locale`.

    `at` is the time from which the others are seen: on the same day they need no date.
    """
    words = words_of(language)
    values = dict(reason.values)
    values |= {key: moment(time, words, zone, at) for key, time in reason.times.items()}
    values |= {key: span(length, words) for key, length in reason.spans.items()}
    values |= {key: words["list_separator"].join(one) for key, one in reason.lists.items()}
    values |= {
        key: words["list_separator"].join(words.get(one, one) for one in names)
        for key, names in reason.terms.items()
    }
    template = words.get(reason.key) or words["why_other"]
    told = fill(template, {"condition": reason.key.removeprefix("why_"), **values})
    if reason.says is None:
        return told
    quote = sentence(reason.says, locale=locale, zone=zone, at=at)
    return words["why_quote"].replace("{told}", told).replace("{quote}", quote)
