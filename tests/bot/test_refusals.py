"""A rule file with mistakes: the admins hear where, once, and once that it is mended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.rulefiles import RuleFiles
from bot.watch import Watch
from rules.actions import Tell
from tests.bots import Bot, Recorder, at_work
from tests.builders import posted

RULES = """\
schema: 1
pack: house
title: House rules
locale: en
mode: enforce
extends: [base]
rules:
  - id: bad-words
    title: Mind your words
    when: { words: [scoundrel] }
    then: { strikes: 1 }
"""
BASE = "schema: 1\npack: base\napplies_to: { groups: [nobody] }\nmode: shadow\n"
LINE, TYPO, TWO = "mode: enforce", "mode: enfroce", "mode: enfroce\nlocle: en"


@asynccontextmanager
async def house(home: Path) -> AsyncIterator[tuple[Bot, Watch]]:
    """A bot that governs two groups by one file, and what reads it."""
    (home / "house.yaml").write_text(RULES, encoding="utf-8")
    (home / "base.yaml").write_text(BASE, encoding="utf-8")
    files = RuleFiles(home)
    async with at_work(home, Recorder(), files.read()) as bot:
        for group in ("g2", "g1"):
            await bot.loop.receive(posted("hello", group=group))
        yield bot, Watch(files, bot.loop, bot.clock)


async def looked(watch: Watch) -> None:
    """The files are read, and nothing is saved for a while."""
    await watch.refresh()
    await watch.tell()


def told(bot: Bot) -> list[tuple[str, str, dict[str, str]]]:
    """What the admins were told: where, under which key, with which values."""
    actions = [action for one in bot.decided() for action in one.decision.actions]
    return [(one.group, one.line.key, one.line.values) for one in actions if isinstance(one, Tell)]


async def test_a_mistake_is_told_once_and_so_is_its_mending(tmp_path: Path) -> None:
    """In one group of those that the file governs: file, line and what is wrong."""
    house_file = tmp_path / "house.yaml"
    async with house(tmp_path) as (bot, watch):
        await looked(watch)
        assert [] == told(bot)
        house_file.write_text(RULES.replace(LINE, TYPO), encoding="utf-8")
        await looked(watch)
        await looked(watch)
        ((group, key, values),) = told(bot)
        assert ("g1", "tell_refused", "house.yaml", "5") == (
            group,
            key,
            values["file"],
            values["line"],
        )
        assert "enfroce" in values["message"]
        house_file.write_text(RULES, encoding="utf-8")
        await looked(watch)
        await looked(watch)
        assert [("g1", "tell_mended", {"file": "house.yaml"})] == told(bot)[1:]


async def test_another_mistake_is_told_again_and_many_are_counted(tmp_path: Path) -> None:
    """The place of the first, and how many there are."""
    async with house(tmp_path) as (bot, watch):
        for text in (TYPO, TWO):
            (tmp_path / "house.yaml").write_text(RULES.replace(LINE, text), encoding="utf-8")
            await looked(watch)
        assert ["tell_refused", "tell_refused_many"] == [key for _, key, _ in told(bot)]
        assert "2" == told(bot)[1][2]["n"]


async def test_a_mistake_in_what_a_file_extends_is_told_with_that_file(tmp_path: Path) -> None:
    """Where the mistake stands, not where it is felt; also if it is not felt at all."""
    async with house(tmp_path) as (bot, watch):
        for wrong in (BASE.replace("shadow", "shdow"), BASE + "rules: [{ id: a }]\n"):
            (tmp_path / "base.yaml").write_text(wrong, encoding="utf-8")
            await looked(watch)
        places = [("base.yaml", "4"), ("base.yaml", "5")]
        assert places == [(values["file"], values["line"]) for _, _, values in told(bot)]


async def test_a_restart_with_a_mistake_tells_nothing_new(tmp_path: Path) -> None:
    """What the admins know already is not told at every start."""
    async with house(tmp_path) as (bot, watch):
        (tmp_path / "house.yaml").write_text(RULES.replace(LINE, TYPO), encoding="utf-8")
        await looked(watch)
    files = RuleFiles(tmp_path)
    async with at_work(tmp_path, Recorder(), files.read()) as bot:
        await looked(Watch(files, bot.loop, bot.clock))
        assert 1 == len(told(bot))


async def test_a_file_that_governs_nobody_is_told_to_nobody(tmp_path: Path) -> None:
    """A new file that was never good concerns no group yet."""
    async with house(tmp_path) as (bot, watch):
        (tmp_path / "new.yaml").write_text("rules: [", encoding="utf-8")
        await looked(watch)
        assert [] == told(bot)


async def test_what_is_mended_at_once_is_not_told(tmp_path: Path) -> None:
    """A file that is saved in pieces is broken for a moment only."""
    async with house(tmp_path) as (bot, watch):
        for text in (RULES[:60], RULES):
            (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
            await watch.refresh()
        await watch.tell()
        assert [] == told(bot)


async def test_a_saved_mistake_is_told_by_the_watch(tmp_path: Path) -> None:
    """Nobody has to ask: the watch tells when it is quiet."""
    async with house(tmp_path) as (bot, watch), asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(watch.run())
        (tmp_path / "house.yaml").write_text(RULES.replace(LINE, TYPO), encoding="utf-8")
        heard = asyncio.Event()
        bot.loop.listeners.append(lambda _: heard.set())
        async with asyncio.timeout(10):
            await heard.wait()
        watching.cancel()
        assert ["tell_refused"] == [key for _, key, _ in told(bot)]
