"""What stands behind a switch: the corners that no example of a slip reaches."""

from __future__ import annotations

import pytest

from rules.files.switches import read_switches
from rules.files.switches.blocks import blocks
from rules.files.switches.calendar import appointment
from rules.files.switches.lines import lines
from rules.files.switches.numbers import in_digits, span
from rules.files.switches.reading import setting
from rules.files.switches.write import clean, inline
from tests.switchfiles import FIRST, meant, told


@pytest.mark.parametrize(
    ("says", "cron"),
    [
        ("每天 8:30: 早", "30 8 * * *"),
        ("周五20点：好", "0 20 * * 5"),
        ("工作日 9点半 好", "30 9 * * 1-5"),
        ("every day 08:30: hi: you", "30 8 * * *"),
        ("星期一 7:00 早", "0 7 * * 1"),
        ("每天 25:00: 早", ""),
        ("有空 8:00: 早", ""),
        ("每天 08:30:", ""),
        ("早", ""),
    ],
)
def test_times_of_the_calendar(says: str, cron: str) -> None:
    """A day and a time as people write them, or nothing."""
    found = appointment(says, 1, 1)
    assert cron == (found.cron if found is not None else "")


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("三", "3"), ("十", "10"), ("十一", "11"), ("二十三", "23"), ("二〇二", "202"),
     ("一二十三", "一二十三"), ("两天", "2天")],
)  # fmt: skip
def test_numerals(typed: str, digits: str) -> None:
    """Chinese numerals up to 99 are digits; what is none stays."""
    assert digits == in_digits(typed)


def test_no_such_time() -> None:
    """There is no 23:75, and 24:00 is midnight."""
    assert span("23:75-07:00") is None
    found = span("24:00-07:00")
    assert found is not None
    assert 0 == found[0].hour


def test_a_block_without_a_switch_says_nothing() -> None:
    """A comment is no setting."""
    (block,) = blocks(lines("# 说明"))
    assert setting(block, []) is None


def test_a_section_that_is_no_yaml_is_told_at_its_place() -> None:
    """A fault in the full form below keeps its line; the switches are read all the same."""
    switches = read_switches(FIRST + "lists:\n  a: [甲\n", file="x")
    assert switches is not None
    assert [17] == [one.place.line for one in switches.faults(()) if one.level == "error"]
    assert meant(FIRST) == meant(FIRST + "lists:\n  a: [甲\n")


def test_an_unknown_name_is_let_through_by_its_name() -> None:
    """放行 takes names of sites and apps that nobody knows, with a note."""
    note = "note: 第16行：“某某小程序”我不知道是哪个网址，按名字放行。"
    assert note in told(FIRST + "放行: 闲鱼、某某小程序\n")


def test_below_a_group_a_list_goes_on() -> None:
    """A switch of a single group may have lines of its own, and a rule a text of several."""
    text = FIRST + "另外:\n  七群:\n    自己的:\n      - 甲\n      -\n      - 乙、、丙\n"
    assert clean(text) == text.replace("      -\n", "").replace("乙、、丙", "乙\n      - 丙")


def test_steps_in_english() -> None:
    """Steps are read and written in both languages."""
    (block,) = blocks(lines("steps: warn, mute 2 hours, mute 30 minutes, remove"))
    one = setting(block, [])
    assert one is not None
    assert "remind, mute 2h, mute 30m, remove" == inline(one.value, "en")
    assert "提醒、歇2小时、歇30分钟、请出" == inline(one.value, "zh")


def test_the_clock_of_an_english_file() -> None:
    """Without a time zone the hours of the night are UTC, and that is told."""
    text = "groups: A\nkind: chat\nowner: Al\nnight: 22:00-06:00\n"
    utc = "note: line 4: no “timezone” is written, so times are UTC;"
    assert any(one.startswith(utc) for one in told(text))
    assert not any(one.startswith(utc) for one in told(text + "timezone: Europe/Berlin\n"))


def test_comments_between_lines_that_become_one() -> None:
    """A value that goes on below its key is written in one line, its comments above it."""
    text = "群: 一群\n处罚: 提醒、\n  歇1天  # 二号\n  # 还有\n  、请出\n"
    assert "群: 一群\n# 二号\n# 还有\n处罚: 提醒、歇1天、请出\n" == clean(text)


def test_what_stands_at_the_edge() -> None:
    """Lines of the calendar need no spaces, and comments between own rules stay."""
    text = "群: 一群\n定时:\n每天 8:00: 早\n  # 晚上\n规则:\n  # 一\n  - 名字: 一\n    说了: 甲、\n"
    assert clean(text) == text.replace("每天 8:00", "  每天 08:00").replace("甲、", "甲")
    one = setting(blocks(lines("定时: 每天 8:00: 早"))[0], [])
    assert one is not None
    assert inline(one.value, "zh") is None


def test_what_belongs_to_no_group_is_written_all_the_same() -> None:
    """A switch above the first group stays below 另外, and a comment stays between items."""
    text = "群: 一群\n自己的:\n  - 甲\n  # 和\n  - 乙\n另外:\n    广告: 不许\n"
    assert text == clean(text)
