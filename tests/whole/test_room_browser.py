"""The room in a real browser, served by the real process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.whole.browser import ROOT, Bot, bot_at, browser, chromium

AXE = ROOT / "tests" / "whole" / "vendor" / "axe.min.js"
WIDE, NARROW = (1280, 800), (390, 844)
PATH = chromium()
READ = "[...document.querySelectorAll('#stream li')].map((one) => one.innerText)"
SETTLED = f"""() => {{
    const before = window.readBefore;
    window.readBefore = JSON.stringify({READ});
    return before === window.readBefore;
}}"""
"""True when the conversation reads as it did when this was last asked."""

pytestmark = pytest.mark.skipif(PATH is None, reason="needs chromium: install it, or name its path")


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot with the demo's rules for all tests here."""
    with bot_at(tmp_path_factory.mktemp("room") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser(PATH or "") as running:
        yield running


@dataclass
class Visit:
    """An open page, and everything that went wrong in it."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def play(self) -> None:
        """Play the scene of the room at once, to its end."""
        last = self.page.locator("#stream").get_by_text(
            "好，晚上见" if self.is_zh else "See you there"
        )
        count = last.count()
        self.page.evaluate(
            "fetch(`/room/${document.body.dataset.room}/play`, {method: 'POST', body: 'pace=0'})"
        )
        expect(last).to_have_count(count + 1)
        self.page.wait_for_function(SETTLED, polling=400)

    @property
    def is_zh(self) -> bool:
        """Whether it is the Chinese room."""
        return self.page.evaluate("document.body.dataset.room") == "zh"

    def newcomer(self) -> str:
        """Let somebody join and be who speaks; gives the name."""
        options = self.page.locator("#speakers option")
        count = options.count()
        self.page.get_by_role("button", name="新人进群").click()
        expect(options).to_have_count(count + 1)
        self.page.locator("#speakers").select_option(options.last.get_attribute("value"))
        return options.last.inner_text().split(" ·")[0]

    def say(self, text: str) -> None:
        """Type something into the composer, press Enter, and wait until it is there."""
        said = self.page.locator("#stream li.posted")
        count = said.count()
        self.page.locator("#composer textarea").fill(text)
        self.page.keyboard.press("Enter")
        expect(said).to_have_count(count + 1)
        expect(said.last.locator(".text")).to_have_text(text)


Open = Callable[..., Visit]


@pytest.fixture
def visit(bot: Bot, chrome: Browser) -> Iterator[Open]:
    """Open a room in a window of its own; in the end nothing may have gone wrong there."""
    visits: list[Visit] = []

    def open_room(
        group: str, size: tuple[int, int] = WIDE, *, scheme: str = "light", language: str = ""
    ) -> Visit:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language or group]
        context = chrome.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=locale
        )
        made = Visit(context.new_page())
        visits.append(made)
        watch(made, bot.address)
        made.page.goto(f"{bot.address}/room/{group}")
        return made

    yield open_room
    for one in visits:
        one.page.context.close()
    assert [] == [fault for one in visits for fault in one.faults]


def watch(visit: Visit, address: str) -> None:
    """Note errors of scripts, messages in the console, and requests to anybody else."""
    faults = visit.faults
    visit.page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    visit.page.on("console", lambda told: faults.append(f"{told.type}: {told.text}"))
    visit.page.on(
        "request",
        lambda sent: faults.append(sent.url) if not sent.url.startswith(address) else None,
    )


SCENES = [
    ("zh", ("欢迎小", "✓ 是误会", "■ 歇一歇", "抱歉", "想禁言，这里做不到")),
    ("en", ("Hi Nina, welcome", "✓ A mistake", "■ Muted", "✕ deleted", "I got that wrong")),
]


@pytest.mark.parametrize(("group", "parts"), SCENES)
def test_the_scene_plays_to_its_end(visit: Open, group: str, parts: tuple[str, ...]) -> None:
    """The scene shows a welcome, a mistake that is cleared, and an evasive ad that is caught."""
    room = visit(group)
    room.play()
    for part in parts:
        expect(room.page.locator("#stream")).to_contain_text(part)
    expect(room.page.locator("#play button")).to_contain_text("▶")


def test_an_ad_draws_the_explanation(visit: Open) -> None:
    """One press pastes an ad; its words are marked in the text, and the reasons stand beside it."""
    visited = visit("zh")
    visited.newcomer()
    room = visited.page
    room.get_by_role("button", name="广告", exact=True).click()
    room.keyboard.press("Enter")
    why = room.locator("#why")
    expect(why.locator("mark").first).to_have_text("加微信")
    expect(why).to_contain_text("ad-needs-red-packet")
    expect(why).to_contain_text("chuangfu.rules.yaml:")
    expect(why).to_contain_text("换成 Telegram 群")
    expect(room.locator("#stream li.posted").last.locator("mark")).to_have_text("加微信")
    expect(room.locator("#stream .chip-waits time").last).to_contain_text(":")
    expect(room.locator("#composer textarea")).to_have_value("")


def test_the_language_switches(visit: Open) -> None:
    """One click changes the page's language, and it stays so in the other room."""
    room = visit("zh").page
    room.get_by_role("link", name="EN").click()
    expect(room.locator("html")).to_have_attribute("lang", "en")
    expect(room.get_by_role("button", name="Play the scene")).to_be_visible()
    room.get_by_role("link", name="Berlin Flea Market").click()
    expect(room.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("group", ["zh", "en"])
def test_a_phone_shows_one_column(visit: Open, group: str) -> None:
    """At 390 pixels nothing scrolls sideways, and "why" opens under its message."""
    room = visit(group, NARROW)
    room.play()
    page = room.page
    page.locator("#stream .chip-link").last.click()
    expect(page.locator("#why-row .rule")).to_be_visible()
    before = (
        "document.getElementById('why-row').previousElementSibling.classList.contains('chosen')"
    )
    assert page.evaluate(before)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    page.locator("#why-row [data-close]").click()
    expect(page.locator("#why-row")).to_have_count(0)


def test_what_people_write_stays_text(visit: Open) -> None:
    """HTML in a message is shown as it was typed, and does nothing."""
    room = visit("zh")
    text = "<img src=x onerror=\"window.hacked=1\"><a href='http://evil.example'>百家乐</a>"
    room.say(text)
    expect(room.page.locator("#stream li.posted").last.locator(".text")).to_have_text(text)
    expect(room.page.locator("#why .evidence")).to_contain_text("<img src=x")
    assert 0 == room.page.locator("#stream img, #why img, #stream a[href^=http]").count()
    assert room.page.evaluate("window.hacked === undefined")


LOOKS = [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_serious_fault_of_access(visit: Open, size: tuple[int, int], scheme: str) -> None:
    """axe-core finds nothing serious or critical, in either width and either scheme."""
    room = visit("zh", size, scheme=scheme)
    room.say("百 家 乐 首存送彩金")
    expect(room.page.locator("#stream mark").last).to_be_visible()
    room.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = room.page.evaluate("axe.run().then((all) => [all.passes.length, all.violations])")
    assert found[0] > 20
    assert [] == [one["id"] for one in found[1] if one["impact"] in ("serious", "critical")]


def test_the_keyboard_reaches_everything(visit: Open) -> None:
    """Enter on a message's time opens its explanation, Escape closes it, focus comes back."""
    room = visit("zh", NARROW)
    room.say("百家姓第一个是赵")
    link = room.page.locator("#stream li.posted").last.locator("a.time")
    link.focus()
    room.page.keyboard.press("Enter")
    expect(room.page.locator("#why-row blockquote")).to_contain_text("百家姓第一个是赵")
    room.page.keyboard.press("Escape")
    expect(room.page.locator("#why-row")).to_have_count(0)
    expect(link).to_be_focused()


def test_time_is_moved_forward(visit: Open) -> None:
    """The wait for a red packet ends when time is moved on, and the bot says so."""
    visited = visit("zh")
    room = visited.page
    name = visited.newcomer()
    visited.say("想了解的加微信 abc123")
    expect(room.locator("#stream .chip-waits").last).to_be_visible()
    for _ in range(4):
        room.get_by_role("button", name="+1分钟").click()
    expect(room.locator("#stream li.said", has_text=f"@{name}").first).to_be_visible()
    expect(room.locator("#stream .chip-waits")).to_have_count(0)


def test_a_kill_is_not_noticed(bot: Bot, visit: Open, tmp_path: Path) -> None:
    """After kill -9 and a restart the same page goes on by itself, with the same conversation."""
    room = visit("en")
    room.play()
    page = room.page
    before = page.evaluate(READ)
    assert len(before) > 20
    bot.kill()
    expect(page.locator("#lost")).to_be_visible()
    room.faults.clear()
    bot.start()
    expect(page.locator("#lost")).to_be_hidden(timeout=20_000)
    after = page.evaluate(READ)
    room.faults.clear()  # the browser tells of the requests that were refused meanwhile
    assert before == after
    page.reload()
    assert before == page.evaluate(READ)
    room.say("still here")
    expect(page.locator("#stream")).to_contain_text("still here")
