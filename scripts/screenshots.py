"""Take the pictures of README and docs: the room in both languages, and on a phone.

Needs Chromium and fonts with CJK and emoji. `make screenshots` runs it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page  # noqa: E402

from tests.whole.browser import bot_at, browser, chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"
WIDE, PHONE = (1280, 800), (390, 844)
SHOTS = (
    ("room.png", "en", WIDE, "light", "DM me on Telegram"),
    ("room.zh.png", "zh", WIDE, "light", "稳赚不赔"),
    ("room-phone.png", "zh", PHONE, "light", "稳赚不赔"),
)
"""File, room, size, scheme, and a part of the message whose explanation is shown."""


def main() -> int:
    """Play both scenes at a quick pace, and take the pictures."""
    path = chromium()
    if path is None:
        print("needs chromium: install it, or name its path in QUNGUAN_CHROMIUM")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        bot_at(Path(folder) / "home") as bot,
        browser(path) as running,
    ):
        for group in ("zh", "en"):
            _play(running, f"{bot.address}/room/{group}")
        for name, group, size, scheme, text in SHOTS:
            page = _open(running, f"{bot.address}/room/{group}", group, size, scheme)
            _explain(page, text)
            page.screenshot(path=IMAGES / name)
            print(IMAGES / name)
    return 0


def _open(running: Browser, url: str, group: str, size: tuple[int, int], scheme: str) -> Page:
    locale = {"zh": "zh-CN", "en": "en-GB"}[group]
    width, height = size
    context = running.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        device_scale_factor=1.5,
    )
    page = context.new_page()
    page.goto(url)
    return page


def _play(running: Browser, url: str) -> None:
    """Play the scene at a tenth of its time, so that the bot answers in between."""
    page = _open(running, url, url[-2:], WIDE, "light")
    page.evaluate("fetch(`${location.pathname}/play`, {method: 'POST', body: 'pace=0.1'})")
    page.wait_for_selector('#play[action$="stop"]')
    page.wait_for_selector('#play[action$="play"]')
    page.wait_for_timeout(1000)
    page.context.close()


def _explain(page: Page, text: str) -> None:
    """Choose the message with this text, and bring it into view with what the bot answered."""
    item = page.locator("#stream li.posted", has_text=text).last
    item.locator(".bubble").click()
    page.wait_for_selector("li.chosen")
    page.wait_for_timeout(500)
    item.evaluate("(one) => one.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(200)


if __name__ == "__main__":
    sys.exit(main())
