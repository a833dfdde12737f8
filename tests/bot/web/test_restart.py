"""The room is a projection of the journal: after a restart it shows the same conversation."""

from __future__ import annotations

import httpx

from bot.app import running
from bot.clock import FrozenClock
from bot.settings import Settings
from bot.web import rooms as rooms_module
from bot.web.cast import rooms
from bot.web.projection import RoomView
from bot.web.rooms import Rooms
from bot.web.server import Web
from rules.entries import Decided, Delivered, Result
from rules.events import MessageEdited, MessageRecalled, Unreadable
from tests.bot.web.conftest import BASE, NOON, Stage, context_of, lines
from tests.builders import at, edited, message, posted


async def test_same_conversation_after_a_restart(settings: Settings) -> None:
    """Every item and every explanation is the same in the next process."""
    seen = []
    for _ in range(2):
        async with running(settings, rooms(), FrozenClock(NOON)) as app:
            web = Web(context_of(app), settings)
            transport = httpx.ASGITransport(app=web.app)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                await app.simulator._connected.wait()
                stage = Stage(app, web, client)
                if not seen:
                    await stage.play("zh")
                    await stage.play("en")
                pages = [await stage.page(f"/room/{group}") for group in ("zh", "en")]
                seen.append([(lines(page), _ids(page)) for page in pages])
    assert len(seen[0][0][0]) > 20
    assert len(seen[0][1][0]) > 15
    assert seen[0] == seen[1]


def _ids(page: str) -> list[str]:
    return [one.split('"')[0] for one in page.split('<li id="')[1:]]


async def test_time_that_was_moved_stays_moved(settings: Settings) -> None:
    """After a restart time goes on from where the room had moved it, and an ad is still judged."""
    async with running(settings, rooms(), FrozenClock(NOON)) as app:
        web = Web(context_of(app), settings)
        transport = httpx.ASGITransport(app=web.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            await app.simulator._connected.wait()
            await Stage(app, web, client).post("en", "forward", seconds="86400")
            await Stage(app, web, client).post("en", "say", member="en-tom", text="hello")
            moved = app.clock.now()
    async with running(settings, rooms(), FrozenClock(NOON)) as app:
        web = Web(context_of(app), settings)
        assert moved == app.clock.now()


async def test_what_a_start_reads_is_not_taken_in_twice(stage: Stage) -> None:
    """Pages that are made while an entry is on its way show it once."""
    await stage.post("zh", "say", member="zh-mei", text="早")
    entries = [entry for _, entry in stage.app.store.entries()]
    made = Rooms(stage.app.store, {"zh": frozenset()})
    before = list(made.views["zh"].items)
    made.heard(entries)
    assert before == list(made.views["zh"].items)
    assert [1] == [len(one.versions) for one in made.views["zh"].items.values()]


async def test_earlier_items_come_from_the_journal(stage: Stage) -> None:
    """Items that are no longer in memory are brought page by page, in order, down to the first."""
    for number in range(9):
        await stage.post("zh", "say", member=("zh-mei", "zh-ya")[number % 2], text=f"第{number}句")
    made = Rooms(stage.app.store, {"zh": frozenset()})
    made.views["zh"] = RoomView("zh", kept=3)
    for _, entry in stage.app.store.entries():
        made.views["zh"].apply(entry)
    first = next(iter(made.views["zh"].items))
    items, more = made.earlier("zh", first)
    assert (6, False) == (len(items), more)
    assert made.find("zh", items[0].id) is not None
    assert made.find("zh", "none") is None
    assert ([], False) == made.earlier("zh", "none")


async def test_earlier_is_paged(stage: Stage) -> None:
    """One click brings one page, and says whether there is more."""
    view = stage.web._live._rooms.views["zh"]
    for _ in range(12):
        await stage.post("zh", "say", member="zh-mei", send="flood")
    items, more = stage.web._live._rooms.earlier("zh", list(view.items)[-1])
    assert (rooms_module.PAGE, True) == (len(items), more)
    first = list(view.items)[-1]
    answer = await stage.client.get(
        f"/room/zh/earlier?before={first}", headers={"HX-Request": "true"}
    )
    assert answer.text.count("<li ") == rooms_module.PAGE
    assert 'hx-swap-oob="afterbegin:#stream"' in answer.text
    alone = await stage.page(f"/room/zh/earlier?before={first}")
    assert alone.count("<li id=") == rooms_module.PAGE


def test_items_are_bounded() -> None:
    """A view keeps its last items and forgets everything about the others."""
    view = RoomView("g1", kept=5)
    for number in range(40):
        view.apply(Decided(event=posted(f"n {number}", seconds=number)))
    assert [f"n {number}" for number in range(35, 40)] == [
        one.versions[0].event.message.text for one in view.items.values()
    ]
    assert len(view._messages) == 5
    assert view.revision == 40
    assert 2 == len(view.changed_since(38))


def test_edited_recalled_and_unreadable() -> None:
    """An edit is shown in place, a message taken back stays visible, the unreadable is noted."""
    view = RoomView("g1")
    first = posted("one", seconds=1)
    view.apply(Decided(event=first))
    view.apply(Decided(event=edited("two", first, seconds=2)))
    view.apply(
        Decided(
            event=MessageRecalled(
                key="r",
                at=at(3),
                seen_at=at(3),
                group="g1",
                member="m1",
                message_id=first.message_id,
            )
        )
    )
    view.apply(
        Decided(event=Unreadable(key="u", at=at(4), seen_at=at(4), group="g1", reason="odd"))
    )
    view.apply(Decided(event=posted("elsewhere", group="g2")))
    item, note = view.items.values()
    assert isinstance(item.versions[-1].event, MessageEdited)
    assert (2, "author", "note_unreadable") == (len(item.versions), item.taken, note.reason.key)


def test_of_what_is_older_than_all() -> None:
    """An edit, a recall or a receipt of something that is no longer kept changes nothing."""
    view = RoomView("g1")
    lost = posted(message("lost"), seconds=1)
    view.apply(Decided(event=edited("later", lost, seconds=2)))
    view.apply(
        Delivered(action="k/0", group="g1", at=at(3), result=Result.DONE, wanted="Say", did="Say")
    )
    assert {} == view.items
