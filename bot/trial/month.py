"""What the page about a month needs: the numbers, the newest hits, the most doubtful ones."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from bot.history.doubt import Doubtful, doubt
from bot.history.given import rules_from, rules_from_packs
from bot.history.hits import PASS, Hit
from bot.history.opening import history_of
from bot.history.records import Faults, HistoryError, Record, What
from bot.history.run import STOPPED
from bot.history.tally import Fate
from bot.replay import fates
from rules.ruleset import Ruleset

SPAN = timedelta(days=30)
NEWEST = 300  # hits on the page: what somebody may look through
WRONGED = 5
_LOOKED_AT = 20  # most doubtful hits, of which those of different people are chosen
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_CHINESE, _NOT_CHINESE = 60, 10  # percent of words that are Han characters
_SAMPLE = 20_000  # messages from which the language is told
_PROGRESS = 500  # records between two looks at the progress

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""

_One = TypeVar("_One")


class Glance(Struct):
    """What a file holds, found by reading it once: its last time, its languages, its chats."""

    last_at: datetime | None = None
    messages: int = 0
    han: int = 0
    latin: int = 0
    titles: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Take note of a record."""
        if record.what is not What.MESSAGE:
            return
        self.messages += 1
        self.last_at = max(self.last_at or record.at, record.at)
        self.titles.setdefault(record.group, record.title or record.group)
        if self.messages <= _SAMPLE:
            self.han += len(_HAN.findall(record.message.text))
            self.latin += len(_LATIN.findall(record.message.text))

    @property
    def han_percent(self) -> int:
        """The share of Han characters among characters and Latin words, 0 to 100."""
        return 100 * self.han // max(1, self.han + self.latin)

    @property
    def packs(self) -> tuple[str, ...]:
        """The starter packs for these languages."""
        if self.han_percent >= _CHINESE:
            return ("zh-starter",)
        if self.han_percent < _NOT_CHINESE:
            return ("en-starter",)
        return ("zh-starter", "en-starter")

    @property
    def language(self) -> str:
        """The language of the page for these chats."""
        return "zh" if self.han_percent >= (_CHINESE + _NOT_CHINESE) // 2 else "en"


class Typed(Struct, frozen=True, kw_only=True):
    """What was typed to make the page, for a shell; the page says what to type next."""

    program: str = "qunguan"
    history: str = "result.json"
    rules: str = ""


class Month:
    """The month as it goes by. `people` of an action are counted once each."""

    def __init__(self, ruleset: Ruleset, glance: Glance, language: str, until: datetime) -> None:
        self.ruleset = ruleset
        self.has_own_rules = False
        self.typed = Typed()
        self.language = language
        self.titles = glance.titles
        self.until = until
        self.since = until - SPAN
        self.messages = self.touched = self.stopped = self.deleted = self.asked = 0
        self.people: dict[str, set[tuple[str, str]]] = {
            one: set() for one in ("all", "reminded", "muted", "removed", "hit")
        }
        self.rules: Counter[str] = Counter()
        self.days: Counter[date] = Counter()
        self.hit_days: Counter[date] = Counter()
        self.newest: deque[Hit] = deque(maxlen=NEWEST)
        self.hits = 0
        self.faults = Faults()
        self.notes: list[str] = []
        self._doubtful: Doubtful[Hit] = Doubtful(_LOOKED_AT)

    def again(self, ruleset: Ruleset) -> Month:
        """The same month, with nothing counted yet, by other rules of one's own."""
        glance = Glance(titles=dict(self.titles))
        other = Month(ruleset, glance, self.language, self.until)
        other.has_own_rules = True
        other.typed = self.typed
        return other

    def kept(self) -> list[Hit]:
        """The hits that the page can show."""
        return [*self.newest, *self.wronged()]

    def add(self, record: Record, fate: Fate) -> None:
        """Count a record and what became of it."""
        if record.what is not What.MESSAGE:
            return
        day = record.at.astimezone(self.ruleset.timezone).date()
        self.messages += 1
        self.days[day] += 1
        self.people["all"].add((record.group, record.user))
        self.stopped += fate == STOPPED
        if isinstance(fate, Hit) and (fate.done or fate.outcome != PASS):
            self.hit_days[day] += 1
            self._hit(fate)

    @property
    def untouched_percent(self) -> float:
        """The share of messages about which nothing would have happened."""
        return 100 * (1 - (self.touched + self.stopped) / max(1, self.messages))

    def wronged(self) -> list[Hit]:
        """The most doubtful hits, most doubtful first; new people before the same ones again."""
        return self._doubtful.of_different_people(WRONGED)

    def _hit(self, hit: Hit) -> None:
        who = (hit.record.group, hit.record.user)
        self.hits += 1
        self.touched += 1
        self.rules[hit.rule] += 1
        self.newest.append(hit)
        self.deleted += "delete" in hit.actions
        self.asked += "ask" in hit.actions
        self.people["hit"].add(who)
        for name, actions in _PEOPLE.items():
            if hit.actions & actions:
                self.people[name].add(who)
        self._doubtful.add((doubt(hit), hit.record.at.timestamp()), hit)


_PEOPLE = {
    "reminded": {"notice", "warn"},
    "muted": {"mute"},
    "removed": {"remove", "ban"},
}


def month(path: Path, rules: Sequence[Path], *, language: str | None, progress: Progress) -> Month:
    """The last month of a history, by these rules or the starter packs.

    HistoryError or RulesError says what cannot be used.
    """
    glance = Glance()
    own = rules_from(rules) if rules else None
    with history_of(path) as (reader, measured):
        for record in _watched(reader.records(), lambda: measured.share / 2, progress):
            glance.add(record)
    ruleset = own or rules_from_packs(glance.packs)
    if glance.last_at is None:
        raise HistoryError(f"{path} holds nothing that anybody said: there is nothing to try.")
    found = Month(ruleset, glance, language or glance.language, glance.last_at)
    found.has_own_rules = own is not None
    with history_of(path) as (reader, measured):
        told = fates(reader, ruleset, since=found.since)
        for record, fate in _watched(told, lambda: 0.5 + measured.share / 2, progress):
            found.add(record, fate)
    found.faults, found.notes = reader.faults, reader.notes
    return found


def _watched(
    records: Iterator[_One], share: Callable[[], float], progress: Progress
) -> Iterator[_One]:
    for count, record in enumerate(records):
        if count % _PROGRESS == 0:
            progress(share())
        yield record
