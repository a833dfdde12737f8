"""`qunguan try` with its buttons: the real command, and a real browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.bot.history.exports import chat, said, written
from tests.switchfiles import FIRST
from tests.whole.browser import ROOT, browser, chromium

PATH = chromium()
TEXT = "@王总 草莓团购的清单，限时特价，全场包邮，要的加微信 zhou_8899 下单，名额有限，先到先得"
JOB = "刷单兼职日结，日赚300元，无需押金，加微信 zhuan8888 领取任务，先到先得"
SIZES = ((1280, 800), (390, 844))

pytestmark = pytest.mark.skipif(PATH is None, reason="needs chromium: install it, or name its path")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export, and a first file of switches."""
    made = tmp_path_factory.mktemp("try")
    talk = [said(n, "早上好", by="老周", seconds=60 * n) for n in range(1, 20)]
    hits = [
        said(30, [{"type": "bold", "text": TEXT[:8]}, TEXT[8:]], by="老周", seconds=9000),
        said(31, f"{TEXT}！", by="老周", seconds=190_000),
        said(32, JOB, by="阿强", seconds=400_000),
    ]
    (made / "result.json").write_bytes(written(chat([*talk, *hits], title="创富孵化群3")))
    (made / "群规.yaml").write_text(FIRST, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The page, served by the command."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "QUNGUAN_LANGUAGE": "zh"}
    words = ["try", "result.json", "--rules", "群规.yaml", "--serve"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", *words],
        env=env,
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = (re.search(r"http://\S+", line) for line in process.stdout or ())
    found = next((one[0] for one in told if one), "")
    yield found
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert 0 == process.returncode


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser(PATH or "") as running:
        yield running


@pytest.mark.parametrize("size", SIZES)
def test_one_tap_and_back(
    folder: Path, address: str, chrome: Browser, size: tuple[int, int]
) -> None:
    """A tap writes the example and shows what changes; fraud stays; undo gives every byte back."""
    faults: list[str] = []
    page = chrome.new_page(viewport={"width": size[0], "height": size[1]})
    page.on("console", lambda one: faults.append(one.text))
    page.goto(address)
    notice = page.locator(".notice")
    cards = page.locator("article", has_text="草莓团购")
    assert 4 == cards.count()

    cards.first.get_by_role("button", name="这条不该管").click()
    expect(notice).to_contain_text("这一个月里还有 1 条跟着不管了")
    expect(cards).to_have_count(0)
    assert f"这些别管:\n  - '{TEXT}" in (folder / "群规.yaml").read_text("utf-8")
    assert size[0] == page.evaluate("document.documentElement.scrollWidth")

    page.locator("article", has_text="刷单").first.get_by_role("button").click()
    expect(notice).to_contain_text("为了大家的安全，这条照旧要管")

    page.get_by_role("button", name="撤销").click()
    expect(notice).to_contain_text("和原来一个字不差")
    expect(cards).to_have_count(4)
    assert (folder / "群规.yaml").read_text("utf-8") == FIRST
    page.close()
    assert [] == faults


def test_the_written_page_needs_no_server(folder: Path, address: str, chrome: Browser) -> None:
    """The file beside the export has no buttons, and says how to get them."""
    assert address
    page = chrome.new_page()
    page.goto((folder / "result.qunguan.html").as_uri())
    expect(page.locator("button")).to_have_count(0)
    expect(page.locator(".how")).to_contain_text("--serve")
    page.close()
