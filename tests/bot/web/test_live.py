"""Live updates, health and the server itself, over a real connection on loopback."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import closing

import httpx
import msgspec
import pytest

from bot.settings import Settings
from bot.storage import StorageError
from bot.web import live
from bot.web.pages import seen
from bot.web.server import Web
from bot.web.serving import WebError, listen
from tests.bot.web.conftest import OURS, Stage, context_of

WITHIN = 10  # seconds, for what takes none


async def updates(
    client: httpx.AsyncClient, path: str, **headers: str
) -> AsyncIterator[dict[str, str]]:
    """The updates of a stream: their data, and their `id`."""
    async with client.stream("GET", path, headers=headers, timeout=WITHIN) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        cursor = ""
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                cursor = line.removeprefix("id: ")
            if line.startswith("data: "):
                yield {"id": cursor, **msgspec.json.decode(line.removeprefix("data: "))}


@pytest.fixture
async def served(stage: Stage, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The stage's pages over loopback."""
    task = stage.app.spawn(stage.web.run())
    await stage.web.started.wait()
    async with httpx.AsyncClient(base_url=stage.web.address) as client:
        yield client
    task.cancel()
    await asyncio.wait([task])


async def test_what_is_said_arrives(stage: Stage, served: httpx.AsyncClient) -> None:
    """A viewer gets what is new, and after a gap what was missed, and nothing twice."""
    stream = updates(served, "/room/zh/events")
    first = await anext(stream)
    assert ("", True) == (first["items"], "大鹏" in first["panels"])
    await served.post("/room/zh/say", data={"member": "zh-mei", "text": "早啊"}, headers=OURS)
    second = await anext(stream)
    assert "早啊" in second["items"]
    await stream.aclose()
    await served.post("/room/zh/say", data={"member": "zh-mei", "text": "在家"}, headers=OURS)
    again = await anext(updates(served, "/room/zh/events", **{"Last-Event-ID": second["id"]}))
    assert (False, True) == ("早啊" in again["items"], "在家" in again["items"])


async def test_panels_come_only_when_they_change(served: httpx.AsyncClient) -> None:
    """Members and header are sent once, and again only if they read differently."""
    stream = updates(served, "/room/zh/events")
    await anext(stream)
    await served.post("/room/zh/say", data={"member": "zh-mei", "text": "早"}, headers=OURS)
    assert (await anext(stream))["panels"] == ""
    await served.post("/room/zh/join", headers=OURS)
    changed = (await anext(stream))["panels"]
    assert (True, False) == ('id="members"' in changed, 'id="state"' in changed)


async def test_another_process_means_everything(stage: Stage, served: httpx.AsyncClient) -> None:
    """The cursor of an earlier process brings the whole conversation; nonsense does as well."""
    rooms = stage.web._live._rooms
    assert 7 == seen(rooms, f"{rooms.epoch}:7")
    for given in ("0000:7", "", "x", f"{rooms.epoch}:x", f"{rooms.epoch}:{'9' * 40}"):
        assert 0 == seen(rooms, given)
    await served.post("/room/zh/say", data={"member": "zh-mei", "text": "早啊"}, headers=OURS)
    assert "早啊" in (await anext(updates(served, "/room/zh/events?since=0000:99")))["items"]


async def test_heartbeat_and_limit(
    served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A silent stream beats, and beyond the limit of viewers the next one is told so."""
    monkeypatch.setattr(live, "HEARTBEAT", 0.01)
    monkeypatch.setattr(live, "VIEWERS", 1)
    async with served.stream("GET", "/room/zh/events", timeout=WITHIN) as answer:
        async for line in answer.aiter_lines():
            if line == ": still here":
                break
        assert (await served.get("/room/zh/events")).status_code == 503


async def test_stopping_ends_the_streams(stage: Stage, settings: Settings) -> None:
    """A stop does not wait for open pages, and leaves the process's signals as they were."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    web = Web(context_of(stage.app), settings)
    task = stage.app.spawn(web.run())
    await web.started.wait()
    async with httpx.AsyncClient(base_url=web.address) as client:
        stream = updates(client, "/room/zh/events")
        await anext(stream)
        assert before == (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM))
        task.cancel()
        async with asyncio.timeout(WITHIN):
            await asyncio.wait([task])
        await stream.aclose()
    with pytest.raises(WebError, match="in use"), closing(listen("127.0.0.1", 0)) as one:
        listen("127.0.0.1", one.getsockname()[1])


PLACES = [
    ("no.such.host.invalid", 0, "QUNGUAN_WEB_HOST"),
    ("203.0.113.7", 0, "QUNGUAN_WEB_HOST"),
]


@pytest.mark.parametrize(("host", "port", "says"), PLACES)
def test_address_that_cannot_be_had(host: str, port: int, says: str) -> None:
    """An address that is not ours is one sentence with the setting to change."""
    with pytest.raises(WebError, match=says):
        listen(host, port)


def test_port_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that this user may not have is said as such."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(WebError, match="above 1023"):
        listen("127.0.0.1", 80)


async def test_health(stage: Stage) -> None:
    """A bot at work is alive and ready."""
    for path in ("/livez", "/readyz"):
        answer = await stage.client.get(path)
        assert (200, {"status": "ok", "missing": []}) == (answer.status_code, answer.json())


async def test_not_ready(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thing that is missing is one sentence, and the answer is 503."""

    loop = stage.app.loop
    known = loop.store.known

    def broken(keys: Iterable[str]) -> set[str]:
        asked = list(keys)
        if "readyz" in asked:
            raise StorageError("the database is locked: stop the other program")
        return known(asked)

    monkeypatch.setattr(loop.store, "known", broken)
    monkeypatch.setattr("bot.web.health.FREE_BYTES", 1 << 62)
    monkeypatch.setattr(loop, "rulebook", type(loop.rulebook)(()))
    answer = await stage.client.get("/readyz")
    missing = answer.json()["missing"]
    assert (503, 3) == (answer.status_code, len(missing)), missing


async def test_dead_loop(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that does not turn is neither alive nor ready."""
    never = asyncio.Event()
    monkeypatch.setattr("bot.web.health.WITHIN", 0)
    monkeypatch.setattr(stage.app.loop, "wake", never.wait)
    for path in ("/livez", "/readyz"):
        answer = await stage.client.get(path)
        assert (503, "the loop does not answer: restart the bot") == (
            answer.status_code,
            answer.json()["missing"][0],
        )
