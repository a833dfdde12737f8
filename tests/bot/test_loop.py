"""The loop: each event once, many share a commit, what is due comes first, rules are switched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from rules.events import MemberJoined
from tests.bots import Recorder, at_work
from tests.builders import at, posted


def joined(seconds: float, member: str = "n1", group: str = "g1") -> MemberJoined:
    """Somebody comes in."""
    when = at(seconds)
    key = f"join:{member}:{seconds}"
    return MemberJoined(key=key, at=when, seen_at=when, group=group, member=member, name=member)


async def test_a_second_welcome_in_a_group_is_journaled_like_the_first(tmp_path: Path) -> None:
    """Two windows of welcome in one group are two deadlines: both are decided, none clashes."""
    async with at_work(tmp_path, Recorder()) as bot:
        for seconds in (0, 600):
            bot.clock.advance(at(seconds) - bot.clock.now())
            await bot.loop.receive(joined(seconds, member=f"n{seconds}"))
            bot.clock.advance(timedelta(seconds=31))
            await bot.loop.wake()
        ticks = [one for one in bot.decided() if one.event.key.startswith("greeting")]
    assert [1, 1] == [len(one.decision.actions) for one in ticks]


async def test_a_member_is_muted_twice_and_unmuted_twice(tmp_path: Path) -> None:
    """The end of a second mute of the same member is decided like the end of the first."""
    async with at_work(tmp_path, Recorder()) as bot:
        for seconds in (0, 10, 1300):
            bot.clock.advance(at(seconds) - bot.clock.now())
            await bot.loop.receive(posted("笨蛋", seconds=seconds))
        bot.clock.advance(timedelta(days=2))
        await bot.loop.wake()
        ends = [one for one in bot.decided() if one.event.key.startswith("mute_ends")]
    assert ["Unmute", "Unmute"] == [type(one.decision.actions[0]).__name__ for one in ends]
