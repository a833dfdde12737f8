"""`qunguan undo`, as an operator types it: looked at, carried out alone, and by the running bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot.app
from adapters.simulator.room import Room
from bot.app import App, running
from bot.cli import app, command
from bot.clock import FrozenClock
from bot.operators import CommandError, groups_named, id_of, since_of
from bot.settings import Settings, load_settings
from bot.storage import Store
from rules.conditions import KindIs
from rules.decision import Case
from rules.entries import Decided
from rules.events import OperatorCommanded
from rules.message import Author, Kind
from rules.rulebook import Rulebook
from rules.ruleset import Rule
from rules.state import CommunityState, GroupState
from tests.bots import ruleset
from tests.builders import SHANGHAI, T0, at

RULES = """
schema: 1
pack: house
title: House rules
locale: en
mode: enforce
lists: { bad: [scoundrel] }
ladder: { steps: [{ do: mute, for: 900d }] }
rules:
  - id: bad-words
    title: Mind your words
    when: { words: { list: bad } }
    then: { strikes: 1, delete: true }
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with one rule file, as the environment names it."""
    (tmp_path / "house.yaml").write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("QUNGUAN_HOME", str(tmp_path))
    monkeypatch.setenv("QUNGUAN_LANGUAGE", "en")
    for module in (command, bot.app):  # an hour later it is 21:00 there, not yet night
        monkeypatch.setattr(module, "SystemClock", lambda: FrozenClock(at(3600)))
    return load_settings()


@asynccontextmanager
async def wronged(settings: Settings) -> AsyncIterator[App]:
    """A bot at work, in whose group Ann was muted."""
    room = Room(
        id="den", title="The den", likeness="telegram", people={"ann": Author(id="ann", name="Ann")}
    )
    async with running(settings, [room], FrozenClock(T0)) as running_app:
        await running_app.simulator.say("den", "ann", "you scoundrel")
        await running_app.dispatcher.idle.wait()
        yield running_app


async def muted(settings: Settings) -> None:
    """Ann was muted, and the bot has stopped."""
    async with wronged(settings):
        pass


def run(*words: str) -> tuple[int, str]:
    """The exit code and what is printed."""
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output or str(result.exception)


def read(settings: Settings) -> tuple[dict[int, Case], int]:
    """The cases of the home, and how many commands its journal holds."""
    store = Store.read(settings.database, home=settings.home, now=lambda: T0)
    entries = [one for _, one in store.entries() if isinstance(one, Decided)]
    state, _ = store.load_state()
    store.close()
    return state.cases, sum(isinstance(one.event, OperatorCommanded) for one in entries)


BY_NOW = "2026-03-01T10:00"
UNDO = ("undo", "--rule", "bad-words", "--since", BY_NOW)


async def test_a_dry_run_shows_everything_and_changes_nothing(settings: Settings) -> None:
    """The case, the level, the mute, the deleted text, the sorry: and the home as it was."""
    await muted(settings)
    code, said = await asyncio.to_thread(run, *UNDO, "--dry-run")
    assert 0 == code
    for words in (
        "The den",
        "#1 Ann: taken back",
        "Ann: counted 1 → 0",
        "lift the mute: Ann",
        "Ann: you scoundrel",
        "say in the group: Ann: I got that wrong earlier",
        "nothing was changed",
    ):
        assert words in said
    cases, commands = read(settings)
    assert ("done", 0) == (cases[1].status, commands)


async def test_an_undo_while_the_bot_is_stopped_waits_in_the_outbox(settings: Settings) -> None:
    """It is decided at once; the mute ends at the next start. A second undo finds nothing."""
    await muted(settings)
    code, said = await asyncio.to_thread(run, *UNDO)
    assert (0, True) == (code, "The bot is not running" in said)
    assert "“bad-words” is still at work (house.yaml:10)" in said
    assert "lift the mute: Ann" in said
    assert ("overturned", 1) == (read(settings)[0][1].status, read(settings)[1])
    store = Store.read(settings.database, home=settings.home, now=lambda: T0)
    assert "Unmute" in [type(one.action).__name__ for one in store.pending()]
    store.close()
    _, again = await asyncio.to_thread(run, *UNDO)
    assert again.startswith("“bad-words” did nothing since 2026-03-01 10:00")


async def test_an_undo_while_the_bot_runs_is_decided_by_it(settings: Settings) -> None:
    """The command goes through the one writer, and Ann speaks again at once."""
    async with wronged(settings) as running_app:
        room = running_app.simulator.rooms["den"]
        assert {"ann"} == set(room.muted)
        code, said = await asyncio.to_thread(run, *UNDO, "--group", "The den")
        assert (0, True) == (code, "the bot is doing it" in said)
        await running_app.dispatcher.idle.wait()
        assert {} == room.muted
        assert [] == list((settings.home / "commands").iterdir())


async def test_a_command_that_nobody_takes_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot that hangs is no reason to wait for ever: the command is there when it is back."""
    await muted(settings)
    monkeypatch.setattr(command, "PATIENCE", command.LOOK)
    store = Store.open(settings.database, home=settings.home, now=lambda: T0)
    code, said = await asyncio.to_thread(run, *UNDO)
    assert (0, True) == (code, "The bot has not taken it yet" in said)
    assert 1 == len(list((settings.home / "commands").glob("*.json")))
    store.close()


async def test_a_command_that_cannot_be_left_says_so(settings: Settings) -> None:
    """A file where the folder should be: one sentence, and nothing was done."""
    await muted(settings)
    (settings.home / "commands").write_text("", encoding="utf-8")
    store = Store.open(settings.database, home=settings.home, now=lambda: T0)
    code, said = await asyncio.to_thread(run, *UNDO)
    assert (1, True) == (code, "cannot leave the command in" in said)
    store.close()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--rule", "bad-word", "--since", "2h"), "did you mean “bad-words”?"),
        (("--rule", "bad-words", "--since", "yesterday"), "--since must be a time of day"),
        (("--rule", "bad-words", "--since", "25:00"), "--since must be a time of day"),
        (("--rule", "bad-words", "--since", "2099-01-01"), "--since is in the future"),
        (("--rule", "bad-words", "--since", "2h", "--group", "The dem"), "did you mean “The den”?"),
    ],
)
async def test_what_cannot_be_meant_is_refused(
    settings: Settings, words: tuple[str, ...], sentence: str
) -> None:
    """In one sentence that says what was expected, and exit code 1."""
    await muted(settings)
    code, said = await asyncio.to_thread(run, "undo", *words)
    assert (1, True) == (code, sentence in said)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2h", -7200),
        ("1d30m", -88200),
        ("14:00", -6 * 3600),
        ("20:30", 1800 - 86400),
        ("2026-03-02T19:00", -3600),
        ("2026-03-02T11:00+00:00", -3600),
    ],
)
def test_a_time_is_the_last_one_that_fits(written: str, seconds: int) -> None:
    """On the clock of the rule's file: T0 is 20:00 in Shanghai."""
    assert at(seconds) == since_of(written, T0, SHANGHAI)


def test_a_title_that_two_groups_have_needs_an_id() -> None:
    """The sentence names the ids."""
    groups = {one: GroupState(id=one, title="Class 3") for one in ("g1", "g2")}
    state = CommunityState(groups=groups)
    assert ["g2"] == [one.id for one in groups_named(state, "g2")]
    with pytest.raises(CommandError, match="the id of one of g1, g2"):
        groups_named(state, "Class 3")
    with pytest.raises(CommandError, match="there is none yet"):
        groups_named(CommunityState(), "Class 3")
    with pytest.raises(CommandError, match="there is Class 3"):
        groups_named(state, "Zoo")


def test_a_rule_is_known_by_its_former_id() -> None:
    """Today's id is meant, wherever the rule had another one; else the nearest is named."""
    rule = Rule(id="words", title="W", when=KindIs(kinds=(Kind.FILE,)), was=("bad-words",))
    book = Rulebook((ruleset(rules=(rule,)),))
    assert ["words", "words"] == [
        id_of(one, book, CommunityState()) for one in ("bad-words", "words")
    ]
    with pytest.raises(CommandError, match="did you mean “words”"):
        id_of("wordz", book, CommunityState())
    with pytest.raises(CommandError, match=r"no rule “zoo”: `qunguan rules` lists all"):
        id_of("zoo", book, CommunityState())


def test_a_rule_is_known_by_its_title() -> None:
    """The name of a rule of the operator's own; if several are called so, their ids are named."""
    own, other = (
        Rule(id=one, title=title, when=KindIs(kinds=(Kind.FILE,)))
        for one, title in (("own-1", "no files"), ("own-2", "no pictures"))
    )
    book = Rulebook((ruleset(rules=(own, other)),))
    assert "own-2" == id_of("no pictures", book, CommunityState())
    with pytest.raises(CommandError, match="did you mean “no files”"):
        id_of("no file", book, CommunityState())
    book = Rulebook((ruleset(rules=(own, replace(other, title=own.title))),))
    with pytest.raises(CommandError, match="give the id of one of own-1, own-2"):
        id_of("no files", book, CommunityState())


@pytest.mark.parametrize("mode", ["shadow", "off"])
async def test_of_a_rule_that_only_watches_nobody_is_warned(settings: Settings, mode: str) -> None:
    """Whoever has stopped it first is not told to."""
    await muted(settings)
    (settings.home / "house.yaml").write_text(RULES.replace("enforce", mode), encoding="utf-8")
    code, said = await asyncio.to_thread(run, *UNDO)
    assert (0, True, False) == (code, "lift the mute: Ann" in said, "still at work" in said)
