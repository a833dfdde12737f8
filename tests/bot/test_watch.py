"""Rule files on disk: a saved one is live at once, a broken one changes nothing and is named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.rulefiles import RuleFiles
from bot.watch import DEBOUNCE, FIRST_LOOK, Watch
from rules.rulebook import Rulebook
from tests.bots import Bot, Recorder, at_work

RULES = """\
schema: 1
pack: house
title: House rules
locale: en
mode: enforce
lists:
  bad: [{words}]
rules:
  - id: bad-words
    title: Mind your words
    when: {{ words: {{ list: bad }} }}
    then: {{ strikes: 1 }}
"""


SENTINEL = "schema: 1\npack: sentinel\napplies_to: { groups: [nobody] }\n"


def save(home: Path, words: str = "scoundrel", text: str = RULES) -> None:
    """Save the rule file with these words."""
    (home / "house.yaml").write_text(text.format(words=words), encoding="utf-8")


@asynccontextmanager
async def watched(home: Path) -> AsyncIterator[tuple[Bot, RuleFiles]]:
    """A bot whose rule files are watched."""
    files = RuleFiles(home)
    async with at_work(home, Recorder(), files.read()) as bot:
        watch = Watch(files, bot.loop, bot.clock)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(watch.run())
            yield bot, files
            running.cancel()


async def switched(bot: Bot, before: Rulebook) -> None:
    """Wait until other rules decide."""
    committed = asyncio.Event()
    bot.loop.listeners.append(lambda _: committed.set())
    async with asyncio.timeout(10):
        while bot.loop.rulebook.digest == before.digest:
            await committed.wait()
            committed.clear()


def test_what_is_saved_is_live_within_two_seconds() -> None:
    """The waits that stand between a saved file and its rules are far below two seconds."""
    assert 2 * (DEBOUNCE + FIRST_LOOK) < 2000


async def test_a_saved_file_is_live(tmp_path: Path) -> None:
    """Each save switches the rules over, also one from before the watch stood."""
    save(tmp_path)
    async with watched(tmp_path) as (bot, files):
        for words in ("rascal", "rascal, knave"):
            before = bot.loop.rulebook
            save(tmp_path, words)
            await switched(bot, before)
            assert files.rulebook.digest == bot.loop.rulebook.digest
        assert bot.loop.rulebook.digest == bot.loop.state.rules


async def test_however_an_editor_saves_it_is_live(tmp_path: Path) -> None:
    """By a rename over the file; by moving it away and writing anew; deleted, and put back."""
    save(tmp_path)
    file = tmp_path / "house.yaml"
    async with watched(tmp_path) as (bot, _):
        before = bot.loop.rulebook
        (tmp_path / "house.tmp").write_text(RULES.format(words="rascal"), encoding="utf-8")
        (tmp_path / "house.tmp").replace(file)
        await switched(bot, before)
        before = bot.loop.rulebook
        file.rename(tmp_path / "house.yaml~")
        save(tmp_path, "knave")
        await switched(bot, before)
        before = bot.loop.rulebook
        file.rename(tmp_path / "aside")
        await switched(bot, before)
        assert () == bot.loop.rulebook.rulesets
        (tmp_path / "aside").rename(file)
        await switched(bot, bot.loop.rulebook)
        assert before.digest == bot.loop.rulebook.digest


async def test_a_saved_list_is_live(tmp_path: Path) -> None:
    """A file of words is part of the rules: saving it switches them over as well."""
    (tmp_path / "lists").mkdir()
    words = tmp_path / "lists" / "bad.txt"
    words.write_text("scoundrel\n", encoding="utf-8")
    save(tmp_path, text=RULES.replace("[{words}]", "{{ file: lists/bad.txt }}"))
    async with watched(tmp_path) as (bot, _):
        before = bot.loop.rulebook
        words.write_text("scoundrel\r\nrascal\n", encoding="utf-8")
        await switched(bot, before)
        assert (("scoundrel", "rascal"),) == bot.loop.rulebook.rulesets[0].searched.words


async def test_a_folder_of_lists_that_takes_the_place_of_another_is_live(tmp_path: Path) -> None:
    """Renaming a folder changes no file in it, but what the rule file names."""
    for folder, word in (("lists", "scoundrel"), ("other", "rascal")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bad.txt").write_text(f"{word}\n", encoding="utf-8")
    save(tmp_path, text=RULES.replace("[{words}]", "{{ file: lists/bad.txt }}"))
    async with watched(tmp_path) as (bot, _):
        (tmp_path / "sentinel.yaml").write_text(SENTINEL, encoding="utf-8")
        await switched(bot, bot.loop.rulebook)  # the watch stands, and everything is read
        before = bot.loop.rulebook
        (tmp_path / "lists").rename(tmp_path / "lists.old")
        (tmp_path / "other").rename(tmp_path / "lists")
        await switched(bot, before)
        assert (("rascal",),) == bot.loop.rulebook.rulesets[0].searched.words


async def test_a_half_written_file_changes_nothing(tmp_path: Path) -> None:
    """Whatever part of a file is on the disk when it is read: it is refused, or says as much."""
    save(tmp_path, "rascal, scoundrel")
    whole = (tmp_path / "house.yaml").read_bytes()
    async with watched(tmp_path) as (bot, files):
        good = bot.loop.rulebook
        watch = Watch(files, bot.loop, bot.clock)
        refused = 0
        for end in range(0, len(whole) - len("strikes: 1 } }\n"), 7):
            (tmp_path / "house.yaml").write_bytes(whole[:end])
            await watch.refresh()
            refused += bool(files.errors)
            assert not files.errors or good.digest == bot.loop.rulebook.digest
            (tmp_path / "house.yaml").write_bytes(whole)
            await watch.refresh()
        assert refused > 20
        assert good.digest == bot.loop.rulebook.digest


async def test_a_broken_file_is_named_and_the_last_good_one_stays(tmp_path: Path) -> None:
    """A fault is reported with its place, the rules stay as they were, and follow the next save."""
    save(tmp_path)
    async with watched(tmp_path) as (bot, files):
        watch, good = Watch(files, bot.loop, bot.clock), bot.loop.rulebook
        save(tmp_path, text=RULES.replace("list: bad", "list: missing"))
        await watch.refresh()
        assert good.digest == bot.loop.rulebook.digest
        assert any(error.startswith("house.yaml:11:") for error in files.errors)
        save(tmp_path, "rascal")
        await watch.refresh()
        assert good.digest != bot.loop.rulebook.digest
        assert bot.clock.now() == files.switched_at
        assert [] == files.errors


def test_a_file_that_is_broken_at_the_start_has_its_last_good_rules(tmp_path: Path) -> None:
    """A restart with a broken file decides as before it; a file that was never good has none."""
    save(tmp_path)
    good = RuleFiles(tmp_path).read()
    (tmp_path / "house.yaml").write_text("rules: [", encoding="utf-8")
    (tmp_path / "new.yaml").write_text("rules: [", encoding="utf-8")
    files = RuleFiles(tmp_path)
    assert good.digest == files.read().digest
    assert {"house.yaml", "new.yaml"} == {error.split(":")[0] for error in files.errors}


async def test_a_file_that_says_the_same_switches_nothing(tmp_path: Path) -> None:
    """A save without a change of meaning, or of another kind of file, makes no entry."""
    save(tmp_path)
    async with watched(tmp_path) as (bot, files):
        save(tmp_path, text="# a comment\n" + RULES)
        (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
        await Watch(files, bot.loop, bot.clock).refresh()
        assert 0 == bot.store.count()


async def test_a_file_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    """A file that vanishes or fails while it is read leaves the rules as they are."""
    save(tmp_path)
    async with watched(tmp_path) as (bot, files):
        good = bot.loop.rulebook
        (tmp_path / "bad.yaml").symlink_to("/proc/self/mem")  # opens, and cannot be read
        await Watch(files, bot.loop, bot.clock).refresh()
        assert good.digest == bot.loop.rulebook.digest
