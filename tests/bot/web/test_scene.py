"""The prepared scene: played to its end, again and again, in both rooms, and stopped."""

from __future__ import annotations

import asyncio

from bot.texts import language_of
from bot.web.scene import SCENES, Answer, Enter, Speak
from tests.bot.web.conftest import Stage


async def played(stage: Stage, group: str) -> list[str]:
    """The conversation once the scene is over."""
    await stage.play(group)
    return await stage.talk(group)


async def test_chinese_scene(stage: Stage) -> None:
    """A newcomer is welcomed, a packet is in time, a mistake is cleared, a gambler caught."""
    talk = await played(stage, "zh")
    for part in (
        "欢迎小林",
        "百家姓第一个是赵，我家孩子今天刚背会",
        "✓ 补上了",
        "✓ 是误会",
        "看过了，是我看错了，抱歉",
        "[百 家 乐] 首存送彩金，稳赚不赔 ■ 歇一歇",
        "最后一天了 ▲ 提醒",
    ):
        assert any(part in one for one in talk), (part, talk)


async def test_scene_can_be_played_again(stage: Stage) -> None:
    """A second time the parts are played by people with a clean record, and it goes the same."""
    first = await played(stage, "zh")
    again = await played(stage, "zh")
    assert len(again) >= 2 * len(first) - 2
    assert 2 == sum("■ 歇一歇" in one for one in again)


async def test_scene_can_be_stopped(stage: Stage) -> None:
    """The scene ends when it is stopped, and stopping twice does no harm."""
    await stage.post("en", "play")
    assert 'action="/room/en/stop"' in await stage.page("/room/en")
    await stage.post("en", "stop")
    await stage.post("en", "stop")
    assert 'action="/room/en/play"' in await stage.page("/room/en")
    await asyncio.sleep(0)
    assert [] == await stage.talk("en")


def test_scenes_take_two_minutes() -> None:
    """Each scene is about two minutes long and has everything that is promised."""
    for language, beats in SCENES.items():
        assert language == language_of(language)
        assert 100 <= sum(one.after for one in beats) <= 135, language
        steps = [one.step for one in beats]
        assert any(isinstance(one, Enter) for one in steps)
        assert any(isinstance(one, Answer) for one in steps)
        assert len([one for one in steps if isinstance(one, Speak)]) > 15
