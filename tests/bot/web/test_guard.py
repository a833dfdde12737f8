"""What other sites cannot do: read the room by a name of theirs, or act in it."""

from __future__ import annotations

import pytest

from bot.web.posts import LARGEST
from tests.bot.web.conftest import Stage

HOSTS = [
    ("127.0.0.1:8470", 200),
    ("localhost:8470", 200),
    ("[::1]:8470", 200),
    ("LOCALHOST", 200),
    ("evil.example", 421),
    ("127.0.0.1.evil.example:8470", 421),
    ("localhost@evil.example", 421),
    ("[::1", 421),
    ("", 421),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
async def test_only_our_hosts(stage: Stage, host: str, status: int) -> None:
    """A request that names another host is refused, whatever it asks for."""
    answer = await stage.client.get("/room/zh", headers={"Host": host})
    assert status == answer.status_code


SENDERS = [
    ({"Sec-Fetch-Site": "same-origin"}, 303),
    ({"Origin": "http://127.0.0.1:8470"}, 303),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8470"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "none"}, 403),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "http://127.0.0.1:9999"}, 403),
    ({"Origin": "null"}, 403),
    ({}, 403),
]


@pytest.mark.parametrize(("headers", "status"), SENDERS)
async def test_only_our_pages_change_things(
    stage: Stage, headers: dict[str, str], status: int
) -> None:
    """A form that another site sends changes nothing."""
    answer = await stage.client.post("/room/zh/join", headers=headers)
    assert status == answer.status_code
    joined = [one for one in await stage.talk("zh") if "进群" in one]
    assert (1 if status == 303 else 0) == len(joined)


async def test_headers(stage: Stage) -> None:
    """Every answer forbids foreign scripts, frames and referrers, and pages are not kept."""
    for path in ("/room/zh", "/static/room.js", "/livez", "/none"):
        headers = (await stage.client.get(path)).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert ("DENY", "nosniff", "no-referrer") == (
            headers["x-frame-options"],
            headers["x-content-type-options"],
            headers["referrer-policy"],
        )
    assert (await stage.client.get("/room/zh")).headers["cache-control"] == "no-store"


async def test_no_other_host_is_named(stage: Stage) -> None:
    """The page asks nothing of anybody else, and has no inline script or style."""
    page = await stage.page("/room/zh")
    assert "//" not in page.replace("<!--", "")
    assert "style=" not in page
    assert "<script>" not in page
    css = await stage.page("/static/room.css")
    assert "url(" not in css
    assert "@import" not in css


BODIES = [
    (b"member=a&text=" + b"x" * LARGEST, 413),
    (b"&".join(b"a%d=1" % n for n in range(50)), 400),
    (b"\xff\xfe", 400),
    (b"", 200),
]


@pytest.mark.parametrize(("body", "status"), BODIES)
async def test_forms_are_bounded(stage: Stage, body: bytes, status: int) -> None:
    """A form that is too large, or none, is refused; an empty one is a plain problem."""
    headers = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    answer = await stage.client.post("/room/zh/say", content=body, headers=headers)
    assert status == answer.status_code


ODD = [
    ("press", {"member": "zh-li", "case": "x", "choice": "act"}),
    ("press", {"member": "zh-li", "case": "9" * 30, "choice": "act"}),
    ("press", {"member": "ghost", "case": "1", "choice": "act"}),
    ("press", {"member": "zh-li", "case": "7", "choice": "act"}),
    ("leave", {"member": "ghost"}),
    ("forward", {"seconds": "-60"}),
    ("forward", {"seconds": "1e9"}),
    ("liken", {"likeness": "irc"}),
]


@pytest.mark.parametrize(("act", "form"), ODD)
async def test_odd_forms_change_nothing(stage: Stage, act: str, form: dict[str, str]) -> None:
    """What our page never sends is answered, and the conversation stays empty."""
    before = stage.app.clock.now()
    await stage.post("zh", act, **form)
    assert ([], before) == (await stage.talk("zh"), stage.app.clock.now())
