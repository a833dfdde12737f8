"""How a command of an operator reaches the one writer: the running bot, or this process alone."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.app import command
from bot.clock import SystemClock
from bot.dispatch import said_in
from bot.rulefiles import RuleFiles
from bot.settings import Settings
from bot.spool import put
from bot.storage import HomeLockedError, StorageError, Store
from bot.texts import Said
from bot.texts.operators import Told, words_of
from rules.entries import Decided
from rules.events import OperatorCommanded
from rules.rulebook import Rulebook
from rules.state import CommunityState

PATIENCE = timedelta(seconds=10)  # a bot under load answers within seconds
LOOK = timedelta(milliseconds=100)


@dataclass(frozen=True, slots=True)
class Home:
    """What a home says, for a command: its journal, its state, its rules, and its time."""

    settings: Settings
    store: Store
    state: CommunityState
    rulebook: Rulebook
    now: datetime

    def told(self, decided: Decided) -> str:
        """What was decided about a command in one group, in words."""
        ruleset = self.rulebook.governing(self.state.group(decided.event.group))
        told = Told(
            state=self.state,
            ruleset=ruleset,
            language=self.settings.speaks,
            quoted=self._quoted(decided),
        )
        return "\n".join(told.lines(decided))

    def words(self, key: str, **values: str) -> str:
        """A sentence in the operator's language."""
        return words_of(self.settings.speaks)[key].format(**values)

    def local(self, at: datetime) -> str:
        """A time on the clock of the first rule file, else UTC."""
        zone = next((one.timezone for one in self.rulebook.rulesets), UTC)
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

    def _quoted(self, decided: Decided) -> dict[str, Said]:
        lines = [getattr(one, "line", None) for one in decided.decision.actions]
        keys = [key for line in lines if line is not None for key in line.quotes]
        return {key: said_in(self.store, key) for key in keys}


@contextmanager
def looked_at(settings: Settings) -> Iterator[Home]:
    """A home as it stands; nothing is written to it. Its time is never before what it has seen."""
    clock = SystemClock()
    store = Store.read(settings.database, home=settings.home, now=clock.now)
    try:
        state, _ = store.load_state()
        rulebook = RuleFiles(settings.home, keeps=False).read()
        yield Home(settings, store, state, rulebook, max(clock.now(), state.seen_at))
    finally:
        store.close()


def new_name() -> str:
    """A name that no command had before."""
    return secrets.token_hex(8)


def carry_out(home: Home, name: str, events: Sequence[OperatorCommanded]) -> Iterator[str]:
    """Have the events decided; gives in words what was, and what becomes of it."""
    try:
        asyncio.run(command(home.settings, events))
        how = home.words("stopped")
    except HomeLockedError:
        how = _handed_over(home, name, events)
    for event in events:
        found = home.store.entry_of(event.key)
        if found is not None and isinstance(found[1], Decided):
            yield home.told(found[1])
    yield how


def _handed_over(home: Home, name: str, events: Sequence[OperatorCommanded]) -> str:
    """Leave the events for the running bot, and wait until it has decided the last of them."""
    try:
        path = put(home.settings.home, name, events)
    except OSError as error:
        place = home.settings.home
        raise StorageError(
            f"cannot leave the command in {place}: {error.strerror}; give yourself the right to "
            "write there"
        ) from None
    end = time.monotonic() + PATIENCE.total_seconds()
    while time.monotonic() < end:
        if home.store.entry_of(events[-1].key) is not None:
            return home.words("running")
        time.sleep(LOOK.total_seconds())
    return home.words("waiting", path=str(path))
