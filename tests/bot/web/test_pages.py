"""The pages: what is said, what the bot does about it, and how visitors read it."""

from __future__ import annotations

import pytest

from rules.message import Author
from tests.bot.web.conftest import Stage, words

AD = "想了解的加 微-信 abc123"


async def test_ad_is_marked_as_sent(stage: Stage) -> None:
    """The matched words are marked in the text as it was sent, and the wait for a packet shows."""
    await stage.post("zh", "say", member="zh-zhou", text=AD)
    talk = await stage.talk("zh")
    assert ["老 老周 想了解的[加 微-信] abc123 … 等红包"] == [one for one in talk if "老周" in one]
    assert "data-until" in await stage.page("/room/zh")


async def test_packet_settles_it(stage: Stage) -> None:
    """A red packet in time ends the wait, and nothing is counted."""
    await stage.post("zh", "say", member="zh-zhou", text=AD)
    await stage.post("zh", "say", member="zh-zhou", send="packet")
    talk = await stage.talk("zh")
    assert "老 老周 想了解的[加 微-信] abc123 ✓ 补上了" in talk
    assert "老 老周 红包" in talk


async def test_time_moved_forward_brings_the_reminder(stage: Stage) -> None:
    """Time can be moved on: what is due then happens, in the group's language."""
    await stage.post("zh", "say", member="zh-zhou", text=AD)
    for _ in range(4):
        await stage.post("zh", "forward", seconds="60")
    talk = await stage.talk("zh", **{"Accept-Language": "en"})
    assert any("Qunguan @老周 提醒一下：广告配红包" in one for one in talk), talk
    assert any("▲ Reminded" in one for one in talk)
    assert any("Wanted: delete the message. Not possible here" in one for one in talk)


async def test_a_day_moved_forward_is_not_late(stage: Stage) -> None:
    """However far time is moved, what falls due on the way happens at its own time."""
    await stage.post("zh", "say", member="zh-zhou", text=AD)
    await stage.post("zh", "forward", seconds="86400")
    talk = await stage.talk("zh")
    assert any("abc123 ▲ 提醒" in one for one in talk), talk


async def test_why_tells_the_whole_way(stage: Stage) -> None:
    """The explanation has rule, place, count, step, receipts and what Telegram would have done."""
    await stage.post("zh", "say", member="zh-mei", text="百 家 乐 首存送彩金")
    why = words((await stage.page("/room/zh")).split('<aside id="why"')[1])
    for part in (
        "不许赌博 gambling",
        "美美 [百 家 乐] 首存送彩金",
        "有这些词：百家乐（词表 gambling）",
        "记 3 笔：0 → 3",
        "走到：歇到 3月9日12:00",
        "做了：说一句",
        "想禁言，这里做不到：期限由我记着",
        "换成 Telegram 群 删掉这条 禁言到 3月9日12:00",
        "写在 zh.yaml:",
        "记录 1 号",
    ):
        assert part in why, (part, why)


async def test_why_not(stage: Stage) -> None:
    """A message that drew nothing says so in one line."""
    await stage.post("zh", "say", member="zh-mei", text="百家姓第一个是赵")
    page = await stage.page("/room/zh")
    item = page.split('<li id="')[1].split('"')[0]
    assert "没碰到哪条群规，什么也没做。" in words(await stage.page(f"/room/zh/why/{item}"))


async def test_why_the_bot_spoke(stage: Stage) -> None:
    """What the bot said by itself, and what merely happened, have an explanation as well."""
    await stage.post("zh", "join")
    await stage.post("zh", "forward", seconds="60")
    view = stage.web._live._rooms.views["zh"]
    note, said = view.items
    assert "有新人进群，合成一句欢迎。 做了：说一句" in words(
        await stage.page(f"/room/zh/why/{said}")
    )
    assert "小林进群了" in words(await stage.page(f"/room/zh/why/{note}"))


async def test_an_answer_that_stands(stage: Stage) -> None:
    """An admin who finds it right after all says so, and it can still be undone."""
    await stage.post("en", "say", member="en-tom", text="Boxes! WhatsApp me")
    await stage.post("en", "say", member="en-tom", text="mistake")
    await stage.post("en", "press", member="en-bob", case="1", choice="stands")
    english = {"Accept-Language": "en"}
    talk = await stage.talk("en", **english)
    assert any("✓ It stands" in one for one in talk)
    assert "It was a mistake (as Bob)" in words(await stage.page("/room/en", **english))


@pytest.mark.parametrize(("kind", "shown"), [("card", "名片"), ("picture", "图片")])
async def test_what_is_not_text(stage: Stage, kind: str, shown: str) -> None:
    """A contact card or a picture is shown by its kind."""
    await stage.post("zh", "say", member="zh-mei", send=kind)
    assert [f"美 美美 {shown}"] == await stage.talk("zh")


async def test_folded_text_on_demand(stage: Stage) -> None:
    """The text as the rules see it is there when it differs from the text as sent."""
    await stage.post("zh", "say", member="zh-mei", text="百ＪＩＡ乐")
    page = await stage.page("/room/zh")
    item = page.split('<li id="')[1].split('"')[0]
    why = await stage.page(f"/room/zh/why/{item}")
    assert "百jia乐" in why


async def test_telegram_deletes_and_strikes_out(stage: Stage) -> None:
    """Where the bot can delete, the message stays visible, struck out, and says it is deleted."""
    await stage.post("en", "say", member="en-tom", text="Boxes! WhatsApp me")
    page = await stage.page("/room/en")
    assert "<s>Boxes! <mark>WhatsApp</mark> me</s>" in page
    assert any("✕ deleted" in one for one in await stage.talk("en", **{"Accept-Language": "en"}))


async def test_likeness_is_switched(stage: Stage) -> None:
    """The platform's abilities can be switched, and the same ad comes to something else."""
    await stage.post("en", "liken", likeness="wechat")
    await stage.post("en", "say", member="en-tom", text="Boxes! WhatsApp me")
    talk = await stage.talk("en", **{"Accept-Language": "en"})
    assert "The platform is now WeChat-like" in talk
    assert not any("deleted" in one for one in talk)


async def test_mistake_is_answered_by_an_admin(stage: Stage) -> None:
    """Somebody says it was a mistake; the card has buttons; the answer brings a sorry."""
    await stage.post("en", "say", member="en-tom", text="Boxes! WhatsApp me")
    await stage.post("en", "say", member="en-tom", text="mistake")
    english = {"Accept-Language": "en"}
    card = next(one for one in await stage.talk("en", **english) if "Only admins" in one)
    assert "Bob answers: It was a mistake It stands" in card
    await stage.post("en", "press", member="en-bob", case="1", choice="mistake")
    talk = await stage.talk("en", **english)
    assert any("Tom, I got that wrong. Sorry." in one for one in talk)
    assert any("✓ A mistake, off the record" in one for one in talk)
    assert "Bob chose “It was a mistake”" in talk


async def test_joining_and_leaving(stage: Stage) -> None:
    """Somebody new joins under a free name, is greeted, and may leave."""
    await stage.post("zh", "join")
    await stage.post("zh", "forward", seconds="60")
    assert ["小林进群了", "群 小助手 欢迎小林"] == await stage.talk("zh")
    await stage.post("zh", "leave", member="zh-new-1")
    assert "小林退群了" in await stage.talk("zh")


async def test_flood(stage: Stage) -> None:
    """The flood button sends quick messages, and the sixth is reminded of."""
    await stage.post("zh", "say", member="zh-qiang", send="flood")
    talk = [one for one in await stage.talk("zh") if one.startswith("阿 阿强")]
    assert (8, "阿 阿强 最后一天了 ▲ 提醒") == (len(talk), talk[5])


PROBLEMS = [
    ({"member": "zh-mei", "text": "  "}, "▲ 还没写字。写点什么再发。"),
    ({"member": "zh-mei", "text": "x" * 4097}, "▲ 太长了：最多 4096 个字。"),
    ({"member": "nobody", "text": "x"}, "▲ nobody不在群里，换个人说吧。"),
    ({"member": "zh-mei", "send": "bomb"}, "▲ 这个请求看不懂。刷新一下再试。"),
]


@pytest.mark.parametrize(("form", "problem"), PROBLEMS)
async def test_problems_are_said(stage: Stage, form: dict[str, str], problem: str) -> None:
    """What is not possible is said in one sentence beside the composer."""
    assert problem == await stage.post("zh", "say", **form)


async def test_muted_until(stage: Stage) -> None:
    """Who is muted natively cannot speak, and the page says until when."""
    for _ in range(2):
        await stage.post("en", "say", member="en-tom", text="Boxes! WhatsApp me")
        await stage.post("en", "forward", seconds="3600")
    problem = await stage.post("en", "say", member="en-tom", text="hello")
    assert problem == "▲ Tom is muted until 3 Mar, 6:00."
    assert "■ muted" in words(await stage.page("/room/en"))


async def test_without_scripts(stage: Stage) -> None:
    """Without scripts a form brings the page again, and a problem with it."""
    headers = {"Origin": "http://127.0.0.1:8470"}
    form = {"member": "zh-mei", "text": "早"}
    answer = await stage.client.post("/room/zh/say", data=form, headers=headers)
    assert (303, "/room/zh") == (answer.status_code, answer.headers["location"])
    answer = await stage.client.post("/room/zh/say", data={"member": "zh-mei"}, headers=headers)
    assert answer.status_code == 409
    assert "还没写字" in answer.text


async def test_names_and_texts_are_data(stage: Stage) -> None:
    """What people write is shown as they wrote it, never as HTML, and links lead nowhere."""
    text = "<img src=x onerror=alert(1)> http://evil.example/x"
    await stage.post("zh", "say", member="zh-mei", text=text)
    page = await stage.page("/room/zh")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; http://evil.example/x" in page
    assert 'href="http' not in page


async def test_names_are_data(stage: Stage) -> None:
    """A name that is HTML stays a name: in the conversation, the panels and the explanation."""
    name = "<img src=x onerror=alert(1)>"
    await stage.app.simulator.join("zh", Author(id="zh-x", name=name))
    await stage.post("zh", "say", member="zh-x", text="百家乐")
    page = await stage.page("/room/zh")
    assert "<img" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 5


async def test_half_a_surrogate_pair(stage: Stage) -> None:
    """A text that is no valid Unicode does not break the page."""
    body = b"member=zh-mei&text=%ED%A0%80hello"
    headers = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    answer = await stage.client.post("/room/zh/say", content=body, headers=headers)
    assert answer.status_code == 200
    assert any("hello" in one for one in await stage.talk("zh"))


async def test_not_found(stage: Stage) -> None:
    """What is not there has a page that leads back."""
    for path in ("/nothing", "/room/none", "/room/zh/why/none", "/static/none.js"):
        answer = await stage.client.get(path)
        assert (404, True) == (answer.status_code, 'href="/"' in answer.text), path
    answer = await stage.client.post("/room/zh/explode", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 404
