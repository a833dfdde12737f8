"""The served page of `qunguan try`: its buttons work, and nobody else can press them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.retrial import Retrial
from bot.trial import month
from bot.web.desk import DeskServer
from tests.bot.history.histories import RULES, file_of, line

BASE = "http://127.0.0.1:8470"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def server(tmp_path: Path) -> DeskServer:
    """The page of a chat with one hit, under a rule file."""
    rules = tmp_path / "own.rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    path = file_of(tmp_path, line(0, "草莓团购的加微信找我"), line(1, "大家好"))
    found = month(path, [rules], language="zh", progress=lambda _: None)
    return DeskServer(Retrial(found, path, rules))


@pytest.fixture
async def client(server: DeskServer) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on this machine."""
    transport = httpx.ASGITransport(app=server.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as made:
        yield made


async def test_a_tap_and_its_undo(
    server: DeskServer, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Both lead back to the page, which says what was done; then the file is as it was."""
    first = (await client.get(f"{server.path}/")).text
    assert 2 == first.count("这条不该管</button>")
    form = {"number": "1"}
    tapped = await client.post(f"{server.path}/not-this", data=form, headers=OURS)
    assert (303, f"{server.path}/") == (tapped.status_code, tapped.headers["location"])
    page = (await client.get(f"{server.path}/")).text
    assert "记住了，这条以后不管。" in page
    assert "草莓团购的加微信找我" in (tmp_path / "own.rules.yaml").read_text("utf-8")
    await client.post(f"{server.path}/undo", headers=OURS)
    assert RULES == (tmp_path / "own.rules.yaml").read_text("utf-8")
    assert "和原来一个字不差" in (await client.get(f"{server.path}/")).text


async def test_a_number_that_is_none(server: DeskServer, client: httpx.AsyncClient) -> None:
    """A form that no page of ours sent changes nothing, and is answered."""
    await client.post(f"{server.path}/not-this", data={"number": "x"}, headers=OURS)
    assert "这一页旧了" in (await client.get(f"{server.path}/")).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({}, 403),
        ({**OURS, "Host": "evil.example"}, 421),
    ],
)
async def test_other_sites_cannot_tap(
    server: DeskServer,
    client: httpx.AsyncClient,
    tmp_path: Path,
    headers: dict[str, str],
    status: int,
) -> None:
    """A form of another site is refused, and the file stays."""
    form = {"number": "1"}
    answer = await client.post(f"{server.path}/not-this", data=form, headers=headers)
    assert status == answer.status_code
    assert RULES == (tmp_path / "own.rules.yaml").read_text("utf-8")


async def test_who_does_not_know_the_address_finds_nothing(
    server: DeskServer, client: httpx.AsyncClient
) -> None:
    """Without its secret there is neither the chat nor a button."""
    for path in ("/", "/wrong/", "/wrong/page.css"):
        assert 404 == (await client.get(path)).status_code
    for act in ("not-this", "undo"):
        assert 404 == (await client.post(f"/wrong/{act}", headers=OURS)).status_code
    assert len(server.path) > 20


async def test_the_page_runs_nothing(server: DeskServer, client: httpx.AsyncClient) -> None:
    """It has no script, and its style comes from its own address."""
    page = await client.get(f"{server.path}/")
    assert "<script" not in page.text
    assert "style-src &#39;self&#39;" in page.text
    style = await client.get(f"{server.path}/page.css")
    assert "text/css" in style.headers["content-type"]


async def test_it_is_served_until_it_is_cancelled(server: DeskServer) -> None:
    """The address is told when the page is there."""
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(server.run(0, told.set_result))
    address = await asyncio.wait_for(told, 30)
    async with httpx.AsyncClient() as client:
        assert 200 == (await client.get(address)).status_code
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
