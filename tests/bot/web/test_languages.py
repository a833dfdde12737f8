"""Which language a visitor reads, and that both languages say everything."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from bot.texts import catalogue
from bot.texts.why import words_of
from bot.web.words import page_words
from tests.bot.web.conftest import Stage

ROOT = Path(__file__).parents[3]


def table(package: str, name: str) -> dict[str, str]:
    """One file of words."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


PAIRS = [
    ("bot.web", "texts/zh.toml", "texts/en.toml"),
    ("bot.texts", "why.zh.toml", "why.en.toml"),
]


@pytest.mark.parametrize(("package", "one", "other"), PAIRS)
def test_same_words_in_both_languages(package: str, one: str, other: str) -> None:
    """Both languages have the same keys, with the same placeholders, and none is empty."""
    zh, en = table(package, one), table(package, other)
    assert len(zh) > 50
    assert list(zh) == list(en)
    for key in zh:
        places = [sorted(set(re.findall(r"\{\w+\}", text))) for text in (zh[key], en[key])]
        assert places[0] == places[1], key
        assert zh[key].strip(), key
        assert en[key].strip(), key


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_do_not_hide_one_another(language: str) -> None:
    """No key stands in two files: one would be shown in place of the other."""
    own = table("bot.web", f"texts/{language}.toml")
    whys = table("bot.texts", f"why.{language}.toml")
    bot = catalogue(language)
    assert set() == set(own) & set(words_of(language))
    assert set() == set(whys) & set(bot)
    assert len(page_words(language)) == len(own) + len(whys) + len(bot)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_templates_use_known_words(language: str) -> None:
    """Every word that a template names is in both languages."""
    used = set()
    for path in (ROOT / "bot" / "web" / "templates").glob("*.html"):
        used |= set(re.findall(r"t\('(\w+)'[),]", path.read_text(encoding="utf-8")))
    assert len(used) > 30
    assert set() == used - set(page_words(language))


CHOICES = [
    ({}, {}, "zh-CN"),
    ({"Accept-Language": "en-GB,en;q=0.9"}, {}, "en"),
    ({"Accept-Language": "fr,zh-TW;q=0.8"}, {}, "zh-CN"),
    ({"Accept-Language": "fr"}, {}, "zh-CN"),
    ({"Accept-Language": "zh"}, {"lang": "en"}, "en"),
    ({}, {"lang": "xx"}, "zh-CN"),
]


@pytest.mark.parametrize(("headers", "cookies", "shown"), CHOICES)
async def test_language_of_a_visitor(
    stage: Stage, headers: dict[str, str], cookies: dict[str, str], shown: str
) -> None:
    """The cookie decides, then the browser, then the group's rules."""
    stage.client.cookies.update(cookies)
    assert f'<html lang="{shown}">' in await stage.page("/room/zh", **headers)


async def test_language_is_switched_and_kept(stage: Stage) -> None:
    """`?lang=` sets a cookie, leads back to the same place, and other values do nothing."""
    answer = await stage.client.get("/room/zh?why=x&lang=en")
    assert (303, "/room/zh?why=x") == (answer.status_code, answer.headers["location"])
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert '<html lang="en">' in await stage.page("/room/zh")
    answer = await stage.client.get("/room/zh?lang=fr")
    assert (200, None) == (answer.status_code, answer.headers.get("set-cookie"))


async def test_first_room_speaks_the_visitors_language(stage: Stage) -> None:
    """The first page is a room in the visitor's language, else the first room."""
    english = await stage.page("/", **{"Accept-Language": "en"})
    assert "<title>Berlin Flea Market · Qunguan</title>" in english
    assert "<title>创富孵化群 · 群管</title>" in await stage.page("/")
