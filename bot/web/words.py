"""The words of the pages, and which language a visitor reads them in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib import resources

from starlette.requests import Request

from bot.texts import LANGUAGES, fill, language_of, moment, span
from bot.texts.why import because, words_of
from rules.explain import Reason

COOKIE = "lang"


@cache
def page_words(language: str) -> Mapping[str, str]:
    """All words that pages need in a language: their own, explanations, the bot's."""
    file = resources.files("bot.web").joinpath("texts", f"{language}.toml")
    return {**words_of(language), **tomllib.loads(file.read_text(encoding="utf-8"))}


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a page, and where and when it is read."""

    language: str
    locale: str
    zone: tzinfo
    now: datetime

    @property
    def words(self) -> Mapping[str, str]:
        """All words by key."""
        return page_words(self.language)

    def __call__(self, key: str, **values: str) -> str:
        """The words of a key, with their placeholders filled."""
        return fill(self.words[key], values)

    def moment(self, at: datetime) -> str:
        """A time as people say it."""
        return moment(at, self.words, self.zone, self.now)

    def span(self, length: timedelta) -> str:
        """A length of time in words."""
        return span(length, self.words)

    def because(self, reason: Reason) -> str:
        """A reason as a sentence. Keys of the pages' own notes are known here too."""
        if reason.key not in words_of(self.language) and reason.key in self.words:
            terms = {
                key: self.words["list_separator"].join(self.words[one] for one in names)
                for key, names in reason.terms.items()
            }
            return fill(self.words[reason.key], {**reason.values, **terms})
        return because(
            reason, language=self.language, locale=self.locale, zone=self.zone, at=self.now
        )


def wanted_language(request: Request, configured: str, fallback: str) -> str:
    """`?lang=`, else the cookie, else what is configured, else the browser's, else `fallback`."""
    asked = (request.query_params.get("lang"), request.cookies.get(COOKIE), configured)
    chosen = next((one for one in asked if one in LANGUAGES), None)
    return chosen or _accepted(request.headers.get("accept-language", "")) or fallback


def _accepted(header: str) -> str:
    """The first language of the header that is ours, else ""; browsers list the preferred first."""
    for one in header.split(","):
        tag = one.split(";")[0].strip().lower()
        if tag[:2] in LANGUAGES:
            return language_of(tag)
    return ""
