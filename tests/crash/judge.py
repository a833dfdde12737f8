"""What must hold after any number of kills, compared with a run that nothing disturbed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from bot.storage import OutboxState, Store
from bot.storage.codec import encode_entry, encode_state
from bot.storage.database import default_url
from rules.actions import REPEATABLE, AnyAction
from rules.decision import Deadline
from rules.entries import Decided, Delivered, Entry, Result
from rules.fold import apply
from rules.state import CommunityState
from tests.builders import T0
from tests.crash.script import GROUPS, Moment
from tests.crash.world import Effect, effects, is_unsure


class Record(Struct):
    """What a home says after its last life."""

    entries: list[Entry]
    state: bytes
    folded: bytes
    deadlines: list[Deadline]
    scheduled: list[Deadline]
    open: int
    effects: list[Effect]
    integrity: str

    @property
    def decided(self) -> list[Decided]:
        """The decisions, in order."""
        return [one for one in self.entries if isinstance(one, Decided)]

    @property
    def wanted(self) -> list[AnyAction]:
        """Every action that was decided, in order."""
        return [action for one in self.decided for action in one.decision.actions]


def read(home: Path) -> Record:
    """Read everything that a home keeps."""
    store = Store.read(default_url(home), home=home, now=lambda: T0)
    with closing(store), closing(sqlite3.connect(home / "qunguan.db")) as database:
        entries = [entry for _, entry in store.entries()]
        folded = CommunityState()
        for entry in entries:
            apply(folded, entry)
        return Record(
            entries=entries,
            state=encode_state(store.load_state()[0]),
            folded=encode_state(folded),
            deadlines=sorted(folded.deadlines.values(), key=lambda one: (one.due_at, one.key)),
            scheduled=store.deadlines(),
            open=len(store.deliveries((OutboxState.TODO, OutboxState.ATTEMPTING))),
            effects=effects(home),
            integrity=database.execute("PRAGMA integrity_check").fetchone()[0],
        )


def judge(found: Record, undisturbed: Record, moments: list[Moment], kills: int) -> None:
    """Hold what was found against what should be; `kills` is how often the process died."""
    inputs = [event.key for moment in moments for event in moment.events]
    keys = [one.event.key for one in found.decided]
    known = set(inputs)
    assert inputs == [key for key in keys if key in known]
    assert list(map(encode_entry, undisturbed.decided)) == list(map(encode_entry, found.decided))
    assert found.folded == found.state
    assert found.deadlines == found.scheduled
    assert "ok" == found.integrity
    _judge_deliveries(found, kills)


def _judge_deliveries(found: Record, kills: int) -> None:
    ends = {one.action: one for one in found.entries if isinstance(one, Delivered)}
    delivered = [one.action for one in found.entries if isinstance(one, Delivered)]
    assert sorted(one.key for one in found.wanted) == sorted(delivered)
    assert 0 == found.open
    done = Counter(one.key for one in found.effects)
    doubtful = 0
    for action in found.wanted:
        end = ends[action.key]
        if type(action) in REPEATABLE:
            _judge_sanction(action, end, found.effects, done[action.key])
        else:
            _judge_sentence(action, end, done[action.key])
            doubtful += end.result is Result.UNKNOWN and not is_unsure(action.key)
    assert doubtful <= kills * len(GROUPS)
    _judge_order(found)


def _judge_sanction(action: AnyAction, end: Delivered, seen: list[Effect], times: int) -> None:
    """Done at least once, each time the very same: so that it has its effect once."""
    assert times >= 1 or end.reason in ("gone already", "over already"), action.key
    assert len({one.body for one in seen if one.key == action.key}) <= 1, action.key
    expected = Result.UNKNOWN if is_unsure(action.key) and times else Result.DONE
    if end.reason != "over already":
        assert expected is end.result, action.key


def _judge_sentence(action: AnyAction, end: Delivered, times: int) -> None:
    """Said once, or listed as unknown, or not at all once its time was over; never twice."""
    assert times <= 1, action.key
    if end.result is Result.DEAD:
        assert action.expires_at is not None
        assert (0, True) == (times, end.at > action.expires_at)
        return
    assert end.result in (Result.DONE, Result.UNKNOWN), (action.key, end.reason)
    assert times == 1 or end.result is Result.UNKNOWN, action.key


def _judge_order(found: Record) -> None:
    for group in GROUPS:
        first = dict.fromkeys(one.key for one in found.effects if one.group == group)
        wanted = [one.key for one in found.wanted if one.group == group and one.key in first]
        assert wanted == list(first)
