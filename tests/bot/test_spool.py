"""The way of a command to the running bot: whole or not at all, and never twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.loop import Loop
from bot.spool import FOLDER, Spool, put
from rules.events import OperatorCommanded, Release
from tests.bots import Recorder, at_work
from tests.builders import commanded


async def test_a_command_is_journaled_and_gone(tmp_path: Path) -> None:
    """What was put is taken in order, and its file is deleted after that."""
    async with at_work(tmp_path, Recorder()) as bot:
        events = [commanded(Release(rule="ads"), group=one) for one in ("g1", "g2")]
        put(tmp_path, "b", events[1:])
        path = put(tmp_path, "a", events[:1])
        assert 0o600 == path.stat().st_mode & 0o777
        await Spool(tmp_path, bot.loop).take()
        assert [one.key for one in events] == [one.event.key for one in bot.decided()]
        assert [] == list((tmp_path / FOLDER).iterdir())


async def test_a_command_taken_twice_is_carried_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot that dies between the commit and the deletion finds the file again, and knows it."""
    event = commanded(Release(rule="ads"))
    async with at_work(tmp_path, Recorder()) as bot:
        path = put(tmp_path, "a", [event])
        whole = path.read_bytes()
        await Spool(tmp_path, bot.loop).take()
    path.write_bytes(whole)
    async with at_work(tmp_path, Recorder()) as bot:
        await Spool(tmp_path, bot.loop).take()
        assert 1 == len(bot.decided())
    assert not path.exists()


@pytest.mark.parametrize("body", [b"", b"{", b'[{"type":"Tick"}]', b"\xff\xfe", b"{}"])
async def test_what_is_no_command_is_put_aside(tmp_path: Path, body: bytes) -> None:
    """Rubbish stops nothing, and stays for somebody to look at; half-written files are not read."""
    async with at_work(tmp_path, Recorder()) as bot:
        put(tmp_path, "b", [commanded(Release(rule="ads"))])
        (tmp_path / FOLDER / "a.json").write_bytes(body)
        (tmp_path / FOLDER / "c.partial").write_bytes(b"[")
        await Spool(tmp_path, bot.loop).take()
        assert 1 == len(bot.decided())
        assert {"a.refused", "c.partial"} == {one.name for one in (tmp_path / FOLDER).iterdir()}


async def test_commands_are_looked_for_again_and_again(tmp_path: Path) -> None:
    """Between two looks it waits; a home without the folder has no commands."""
    taken: list[OperatorCommanded] = []
    waits: list[float] = []

    class Taking(Loop):
        async def receive(self, event: object) -> None:
            assert isinstance(event, OperatorCommanded)
            taken.append(event)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            raise asyncio.CancelledError
        put(tmp_path, "a", [commanded(Release(rule="ads"))])

    with pytest.raises(asyncio.CancelledError):
        await Spool(tmp_path, Taking.__new__(Taking), sleep).run()
    assert (1, [0.5, 0.5]) == (len(taken), waits)
