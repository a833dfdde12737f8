"""A running bot with the two simulated rooms, and its pages as a browser would ask for them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.app import App, running
from bot.clock import FrozenClock
from bot.settings import Settings, load_settings
from bot.web.cast import rooms
from bot.web.context import Context
from bot.web.server import Web

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday; in Shanghai it is noon
BASE = "http://127.0.0.1:8470"
OURS = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}

RULES_ZH = """
pack: test.zh
title: 测试群规
owner: 小李
locale: zh-CN
mode: enforce
applies_to: { groups: ["创富孵化群*"] }
lists:
  ads: ["加微信"]
  gambling: ["百家乐"]
greeting: { say: "欢迎{新人}" }
rules:
  - id: ad-packet
    title: 广告配红包
    when: { words: { list: ads } }
    unless: { followed_by: { kind: red_packet, within: 3m } }
    then: { strikes: 1, delete: true }
  - id: gambling
    title: 不许赌博
    when: { words: { list: gambling } }
    then: { strikes: 3, delete: true }
  - id: flood
    title: 不刷屏
    when: { rate: { messages: 6, within: 10s, per: member } }
    then: { strikes: 1 }
"""
RULES_EN = """
pack: test.en
title: Market rules
owner: Alice
locale: en
timezone: Europe/Berlin
mode: enforce
applies_to: { groups: ["Berlin Flea Market*"] }
lists:
  ads: ["whatsapp", "pay first"]
greeting: { say: "Hi {newcomer}!" }
rules:
  - id: ads
    title: no ads
    when: { words: { list: ads } }
    then: { strikes: 1, delete: true }
"""


@dataclass
class Stage:
    """A bot at work, its pages, and somebody who looks at them."""

    app: App
    web: Web
    client: httpx.AsyncClient

    async def page(self, path: str, **headers: str) -> str:
        """A page, which must be there, as text."""
        answer = await self.client.get(path, headers=headers)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    async def post(self, group: str, act: str, **form: str) -> str:
        """Send a form as the page does; gives the problem beside the composer, or ""."""
        answer = await self.client.post(f"/room/{group}/{act}", data=form, headers=OURS)
        assert answer.status_code == 200, (act, answer.status_code, answer.text)
        await self.app.dispatcher.idle.wait()
        return words(answer.text)

    async def play(self, group: str) -> None:
        """Play the scene to its end."""
        await self.post(group, "play", pace="0")
        task = self.web.player._tasks.get(group)
        if task is not None:
            await task
        await self.app.dispatcher.idle.wait()

    async def talk(self, group: str, **headers: str) -> list[str]:
        """The conversation of a page, one line each; marked words in brackets."""
        return lines(await self.page(f"/room/{group}", **headers))


def lines(page: str) -> list[str]:
    """The items of the conversation, without times."""
    found = re.search(r'<ol id="stream".*?</ol>', page, re.DOTALL)
    assert found is not None
    return [words(one.split(">", 1)[1]) for one in found[0].split("<li ")[1:]]


def words(html: str) -> str:
    """What a person reads of some HTML, in one line."""
    shown = re.sub(r"<time.*?</time>", "", html, flags=re.DOTALL)
    shown = shown.replace("<mark>", "[").replace("</mark>", "]")
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).split())


def make_home(home: Path) -> Settings:
    """A home folder with a small rule file for each room."""
    home.mkdir(exist_ok=True)
    (home / "zh.yaml").write_text(RULES_ZH, encoding="utf-8")
    (home / "en.yaml").write_text(RULES_EN, encoding="utf-8")
    return load_settings({"QUNGUAN_HOME": str(home), "QUNGUAN_WEB_PORT": "0"})


def context_of(app: App) -> Context:
    """What the room is given of a bot."""
    return Context(
        loop=app.loop,
        simulator=app.simulator,
        clock=app.clock,
        timers=app.timers,
        files=app.files,
        spawn=app.spawn,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a home with rules for both rooms."""
    return make_home(tmp_path / "home")


@pytest.fixture
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    """A bot whose clock stands still until the room moves it; the scene is played at once."""
    async with running(settings, rooms(), FrozenClock(NOON)) as app:
        web = Web(context_of(app), settings)
        transport = httpx.ASGITransport(app=web.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            await app.simulator._connected.wait()
            yield Stage(app, web, client)
