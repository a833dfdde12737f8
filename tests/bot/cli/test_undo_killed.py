"""An undo while the bot is stopped, killed at any step: it is done once in the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bot.app
import bot.loop
from adapters.simulator.room import Room
from bot.app import command, running
from bot.clock import FrozenClock
from bot.operators import events_of, that_matter
from bot.rulefiles import RuleFiles
from bot.settings import Settings
from bot.storage import Store
from rules.actions import Say, Tell
from rules.entries import Decided
from rules.events import Undo
from rules.message import Author
from tests.builders import T0, at

RULES = """
schema: 1
pack: house
mode: enforce
ladder: { steps: [{ do: mute, for: 900d }] }
rules:
  - id: bad-words
    title: Mind your words
    when: { words: [scoundrel] }
    then: { strikes: 1, delete: true }
"""
STEPS: tuple[tuple[object, str], ...] = (
    (Store, "load_state"),
    (bot.app, "record"),
    (bot.loop, "switch"),
    (bot.loop, "decide"),
    (Store, "commit"),
    (bot.loop, "encode_state"),
    (Store, "save_snapshot"),
)


class KilledError(Exception):
    """The process ended here."""


def killed(work: Callable[..., Any], side: str) -> Callable[..., Any]:
    """The same, but the process does not outlive it."""

    def dying(*args: Any, **kwargs: Any) -> Any:
        if side == "after":
            work(*args, **kwargs)
        raise KilledError

    return dying


def people() -> Room:
    """A group with somebody in it."""
    return Room(
        id="den", title="The den", likeness="telegram", people={"ann": Author(id="ann", name="Ann")}
    )


def undone(settings: Settings) -> None:
    """What the command line does while no bot runs, under a name of its own each time."""
    store = Store.read(settings.database, home=settings.home, now=lambda: T0)
    state, _ = store.load_state()
    rulebook = RuleFiles(settings.home, keeps=False).read()
    name = f"name-{store.count()}"
    store.close()
    events = events_of(name, Undo(rule="bad-words", since=T0), [state.group("den")], at(3600))
    if events := that_matter(events, rulebook, state):
        asyncio.run(command(settings, events, FrozenClock(at(3600))))


async def talked(settings: Settings, room: Room, *texts: str) -> Counter[str]:
    """The bot runs, and these things are said; gives how often it then had said or done what."""
    async with running(settings, [room], FrozenClock(at(7200 if not texts else 0))) as app:
        for text in texts:
            await app.simulator.say("den", "ann", text)
        await app.dispatcher.idle.wait()
        decided = [one for _, one in app.store.entries() if isinstance(one, Decided)]
        actions = [action for one in decided for action in one.decision.actions]
        return Counter(
            one.line.key if isinstance(one, Say | Tell) else type(one).__name__ for one in actions
        )


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("place", STEPS, ids=lambda one: one[1])
def test_a_killed_undo_is_done_once_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[object, str], side: str
) -> None:
    """Whoever types it again after a kill gets it done, and nobody hears two sorries."""
    (tmp_path / "house.yaml").write_text(RULES, encoding="utf-8")
    settings, room = Settings(home=tmp_path), people()
    asyncio.run(talked(settings, room, "you scoundrel"))
    assert room.muted
    owner, name = place
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, killed(getattr(owner, name), side))
        with pytest.raises((KilledError, ExceptionGroup)):
            undone(settings)
    for _ in range(2):
        undone(settings)
    done = asyncio.run(talked(settings, room))
    assert [1, 1, 1, 1] == [
        done[one] for one in ("Unmute", "tell_undone", "tell_deleted", "undo_sorry")
    ]
    assert not room.muted
