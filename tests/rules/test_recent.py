"""Tables for `rules.recent`: what a group remembers, for how long, and what counts as alike."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.footprint import similarity
from rules.recent import (
    COMPARED_AT_MOST,
    KEPT_AT_MOST,
    KEPT_FOR,
    Recent,
    RecentMessages,
    _may_be,
    _sketch,
)
from tests.builders import T0, at, posted, print_of

HOUR = KEPT_FOR.total_seconds()


def recent(text: str, seconds: float, by: str = "m1") -> Recent:
    """A message as the fold puts it into memory."""
    event = posted(text, seconds=seconds, by=by)
    return Recent(at=event.at, member=by, message_id=event.message_id, footprint=print_of(event))


def remembered(*messages: Recent) -> RecentMessages:
    """A memory into which these came one by one."""
    memory = RecentMessages([])
    for one in messages:
        memory.add(one)
    return memory


def ids(memory: RecentMessages, seconds: float) -> list[str]:
    """The ids of messages since then."""
    return [one.message_id for one in memory.since(at(seconds))]


@pytest.mark.parametrize(
    ("since", "expected"),
    [(0, ["m1:3", "m1:2", "m1:1"]), (2, ["m1:3", "m1:2"]), (3, ["m1:3"]), (3.5, [])],
)
def test_since_is_newest_first_and_inclusive(since: float, expected: list[str]) -> None:
    """A window holds the message that is exactly at its beginning."""
    assert expected == ids(remembered(*(recent("你好啊", n) for n in (1, 2, 3))), since)


def test_a_late_message_hides_none() -> None:
    """A message that arrives long after its own time does not end the look back."""
    memory = remembered(recent("一", 100), recent("二", 1), recent("三", 101))
    assert ["m1:101", "m1:100"] == ids(memory, 100)
    assert ["m1:101", "m1:1", "m1:100"] == ids(memory, 1)


def test_what_is_older_than_the_longest_window_is_forgotten() -> None:
    """Exactly an hour is kept, more is not, neither in the list nor in the index."""
    memory = remembered(
        recent("加微信领红包", 0), recent("加微信领红包", 1), recent("好", HOUR + 1)
    )
    assert [f"m1:{HOUR + 1}", "m1:1"] == ids(memory, 0)
    print_ = recent("加微信领红包", 2).footprint
    assert ["m1:1"] == [one.message_id for one in memory.alike(print_, since=T0, at_least=90)]


def test_memory_is_bounded_however_fast_a_group_speaks() -> None:
    """No more than KEPT_AT_MOST messages are held, and the room of forgotten ones is given back."""
    memory = remembered(*(recent(f"第{n}句话在这里", n / 100) for n in range(2 * KEPT_AT_MOST + 2)))
    assert KEPT_AT_MOST == len(ids(memory, 0))
    assert KEPT_AT_MOST + 1 >= len(memory.messages)


def test_a_snapshot_remembers_the_same() -> None:
    """Built again from its compacted messages, the memory gives the same answers."""
    texts = ["加微信领红包", "加微信领红包啦", "今天天气不错", "好"]
    memory = remembered(*(recent(texts[n % 4], n * HOUR / 100) for n in range(150)))
    memory.compact()
    again = RecentMessages(
        msgspec.json.decode(msgspec.json.encode(memory.messages), type=list[Recent])
    )
    for text in texts:
        mark = recent(text, 0).footprint
        answers = [
            [one.message_id for one in each.alike(mark, since=at(HOUR), at_least=80)]
            for each in (memory, again)
        ]
        assert answers[0]
        assert answers[0] == answers[1]
    assert ids(memory, HOUR) == ids(again, HOUR)


ALIKE = [
    # said before, said again, percent asked for, whether it is alike
    ("快来看我们的直播间今晚八点", "快来看我们的直播间今晚八点", 100, True),
    ("快来看我们的直播间，今晚八点！", "快来看我们的直播间今晚八点", 100, True),
    ("快来看我们的直播间今晚八点啦", "快来看我们的直播间今晚八点", 90, True),
    ("快来看我们的直播间今晚八点啦", "快来看我们的直播间今晚八点", 100, False),
    ("快来看我们的直播间今晚八点", "明天上午九点在会议室开会", 50, False),
    ("甲乙丙丁戊己庚辛壬癸子", "甲乙丙丁戊己庚辛壬寅卯", 80, True),
    ("甲乙丙丁戊己庚辛壬癸子", "甲乙丙丁戊己庚辛壬寅卯", 81, False),
    ("收到", "收到", 100, True),
    ("收到", "收到了", 50, False),
    ("😀😀😀", "😀😀😀", 0, False),
    ("", "", 0, False),
]


@pytest.mark.parametrize(("before", "text", "at_least", "expected"), ALIKE)
def test_alike_goes_by_letters(before: str, text: str, at_least: int, expected: bool) -> None:
    """Punctuation makes no difference, other words do, and what has no letters is like nothing."""
    memory = remembered(recent(before, 1))
    found = list(memory.alike(recent(text, 2).footprint, since=T0, at_least=at_least))
    assert expected == bool(found)


def test_alike_asks_for_time_and_member() -> None:
    """Only messages of the window count, and only the member's own where that is asked."""
    memory = remembered(*(recent("加微信领红包", n, by=f"m{n % 2}") for n in range(4)))
    mark = recent("加微信领红包", 9).footprint
    all_of = [one.message_id for one in memory.alike(mark, since=at(1), at_least=90)]
    own = [one.message_id for one in memory.alike(mark, since=at(1), at_least=90, member="m1")]
    assert ["m1:3", "m0:2", "m1:1"] == all_of
    assert ["m1:3", "m1:1"] == own


def test_a_raid_of_nearly_alike_texts_costs_little() -> None:
    """Per index key only so many unequal texts are compared, while equal ones are all found."""
    noise = [recent(f"加微信领红包第{n}号", n / 10) for n in range(COMPARED_AT_MOST * 2)]
    same = [recent("加微信领红包", 0, by=f"s{n}") for n in range(COMPARED_AT_MOST * 2)]
    mark = recent("加微信领红包", 0).footprint
    memory = remembered(*noise)
    assert COMPARED_AT_MOST * 2 > len(list(memory.alike(mark, since=T0, at_least=1))) > 0
    memory = remembered(*same)
    assert COMPARED_AT_MOST * 2 == len(list(memory.alike(mark, since=T0, at_least=90)))


@given(st.text("甲乙丙丁戊己庚辛", max_size=90), st.text("甲乙丙丁戊己庚辛", max_size=90))
def test_the_quick_look_turns_no_likeness_away(one: str, other: str) -> None:
    """Whatever two texts score, the bound that saves the measuring lets that score pass."""
    ours, theirs = recent(one, 0).footprint, recent(other, 1).footprint
    score = similarity(ours, theirs)
    is_equal = ours.digest == theirs.digest
    assert is_equal or _may_be(_sketch(ours), _sketch(theirs), score)


@given(st.lists(st.tuples(st.integers(0, 9000), st.sampled_from("甲乙丙")), max_size=40))
def test_the_index_agrees_with_a_scan(said: list[tuple[int, str]]) -> None:
    """Whatever the order of arrival, the answers are those of a plain look through all messages."""
    memory = remembered(*(recent(f"{who}说的话都在这里", n, by=who) for n, who in said))
    kept = list(memory.since(T0))
    limit = T0 + timedelta(seconds=4000)
    mark = recent("甲说的话都在这里", 0).footprint
    found = memory.alike(mark, since=limit, at_least=100)
    expected = [one for one in kept if one.at >= limit and one.footprint.digest == mark.digest]
    assert sorted(one.message_id for one in expected) == sorted(one.message_id for one in found)
    assert [one for one in kept if one.at >= limit] == list(memory.since(limit))
