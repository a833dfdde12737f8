"""`qunguan rules`, as an operator types it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.app import App
from bot.settings import Settings
from bot.storage import Batch, Store
from rules.decision import Decision
from rules.entries import Decided
from tests.bot.cli.test_undo import RULES, muted, run, settings, wronged
from tests.builders import T0, posted

__all__ = ["settings"]


async def until(app: App, done: Callable[[], bool]) -> None:
    """Wait for commits until something is so."""
    committed = asyncio.Event()
    app.loop.listeners.append(lambda _: committed.set())
    async with asyncio.timeout(10):
        while not done():
            await committed.wait()
            committed.clear()


async def test_each_rule_is_shown_with_what_it_did(settings: Settings) -> None:
    """Its group, version, mode in plain words, and counts."""
    await muted(settings)
    code, said = await asyncio.to_thread(run, "rules")
    assert 0 == code
    for words in ("House rules (house, version ", "The den", "bad-words", "live", "precision"):
        assert words in said


async def test_the_words_are_the_operators(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Chinese the modes are 停, 试运行, 先问, 上岗."""
    monkeypatch.setenv("QUNGUAN_LANGUAGE", "zh")
    await muted(settings)
    _, said = await asyncio.to_thread(run, "rules")
    assert "上岗" in said


async def test_a_home_without_rules_says_so(settings: Settings) -> None:
    """No table, one sentence."""
    await muted(settings)
    (settings.home / "house.yaml").unlink()
    _, said = await asyncio.to_thread(run, "rules")
    assert "There is no rule file yet.\n" == said


async def test_a_rule_is_released(settings: Settings) -> None:
    """One that stopped itself acts again where it had; any other is not touched."""
    await muted(settings)
    _, said = await asyncio.to_thread(run, "rules", "--release", "bad-words")
    assert said.startswith("“bad-words” has not stopped itself")
    store = Store.open(settings.database, home=settings.home, now=lambda: T0)
    braked = Decision(braked=("bad-words",))
    event = posted("x", seconds=60, group="den")
    store.commit(Batch(entries=(Decided(event=event, decision=braked),)))
    store.close()
    _, said = await asyncio.to_thread(run, "rules")
    assert 2 == said.count("The den")  # in the heading, and as where it stopped
    code, said = await asyncio.to_thread(run, "rules", "--release", "bad-words")
    assert (0, True) == (code, "“bad-words” is back at work" in said)
    _, said = await asyncio.to_thread(run, "rules")
    assert 1 == said.count("The den")


async def test_versions_are_listed_and_brought_back(settings: Settings) -> None:
    """A saved change is a version of its own; the running bot uses the old one again by itself."""
    house = settings.home / "house.yaml"
    async with wronged(settings) as running_app:
        first = running_app.loop.rulebook.rulesets[0].digest
        before = house.read_bytes()
        house.write_text(RULES.replace("strikes: 1", "strikes: 2"), encoding="utf-8")
        await until(running_app, lambda: running_app.loop.rulebook.rulesets[0].digest != first)
        _, said = await asyncio.to_thread(run, "rules", "--history")
        assert "house.yaml  the first" in said
        assert "0 new, 0 gone, 1 changed  ← in force" in said
        code, said = await asyncio.to_thread(run, "rules", "--rollback", first[:6])
        assert (0, True) == (code, said.startswith(f"house.yaml is what it was in {first}"))
        await until(running_app, lambda: running_app.loop.rulebook.rulesets[0].digest == first)
    assert before == house.read_bytes()
    _, said = await asyncio.to_thread(run, "rules", "--rollback", first[:6])
    assert f"The files say already what they said in {first}: nothing was written.\n" == said
    code, said = await asyncio.to_thread(run, "rules", "--rollback", "zz")
    assert (1, True) == (code, "no version begins with zz" in said)


async def test_a_home_that_never_ran_has_no_versions(settings: Settings) -> None:
    """A journal without versions says what makes one."""
    Store.open(settings.database, home=settings.home, now=lambda: T0).close()
    _, said = await asyncio.to_thread(run, "rules", "--history")
    assert "No version is kept yet: start `qunguan run` once.\n" == said


async def test_a_case_keeps_the_rule_it_was_judged_by(settings: Settings) -> None:
    """The file says something else today; the explanation shows what it said then."""
    await muted(settings)
    text = RULES.replace("Mind your words", "Be nice")
    (settings.home / "house.yaml").write_text(text, encoding="utf-8")
    _, said = await asyncio.to_thread(run, "explain", "1")
    assert "The rule as it was then (version " in said
    assert "    title: Mind your words" in said
    assert "Be nice" not in said
