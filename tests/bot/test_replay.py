"""What a replay counts and writes: rules, labels, doubtful hits, lines for other programs."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.history.doubt import doubt
from bot.history.hits import Hit
from bot.history.reading import reader_of
from bot.history.report import plain, share, show
from bot.history.source import opened
from bot.history.tally import CANDIDATES, Tally
from bot.replay import fates, replay
from tests.bot.history.exports import chat, said, written
from tests.bot.history.histories import file_of, line, replayed, ruleset


def counted(path: Path, out: BytesIO | None = None) -> Tally:
    """The tally of a file under the rules of tests."""
    with opened(path) as source:
        return replay(fates(reader_of(source), ruleset()), out=out, progress=lambda _: None)


def shown(tally: Tally) -> str:
    """The report as text."""
    page = StringIO()
    show(tally, Console(file=page, width=120))
    return page.getvalue()


def labelled(folder: Path) -> Path:
    """A history in which each label has every fate."""
    return file_of(
        folder,
        line(0, "加微信", user="a", label="spam"),  # acted on, deleted
        line(5, "慢一点", user="b", label="spam"),  # a notice: missed, standing
        line(10, "兼职", user="c", label="spam"),  # asked, standing
        line(15, "百家乐", user="d", label="spam"),  # removed
        line(20, "later", user="d", label="spam"),  # stopped
        line(25, "also", user="d", label="ham"),  # stopped ham
        line(30, "you idiot", user="e", label="abuse"),  # missed
        line(35, "hello", user="f", label="ham"),
        line(40, "加微信", user="f", label="ham"),  # wrongly hit
        line(45, "", user="g", label="event", event="join"),
        line(50, "no label", user="h"),
    )


def test_labels_are_counted_by_what_became_of_them(tmp_path: Path) -> None:
    """Caught, asked, stopped, missed and still standing are told apart, label by label."""
    tally = counted(labelled(tmp_path))
    rows = {
        label: (row.total, row.acted, row.asked, row.stopped, row.missed, row.standing)
        for label, row in tally.labels.items()
    }
    assert rows == {
        "spam": (5, 2, 1, 1, 1, 2),
        "abuse": (1, 0, 0, 0, 1, 1),
        "ham": (3, 1, 0, 1, 1, 2 - 1),
    }
    assert (10, 2, 5) == (tally.messages, tally.stopped, tally.hits)


def test_rules_are_counted(tmp_path: Path) -> None:
    """Messages, members, what is done, regulars and labels are counted per rule."""
    path = file_of(
        tmp_path,
        *(line(minute, "hello", user="li") for minute in range(6)),
        line(80, "加微信 慢一点", user="li", label="ham"),
        line(90, "加微信", user="li"),
        line(100, "加微信", user="zhou", label="spam"),
    )
    tally = counted(path)
    ad, gentle = tally.rules["ad"], tally.rules["gentle"]
    assert (3, 2, 2) == (ad.messages, len(ad.members), ad.known)
    assert {"delete": 3, "warn": 2, "mute": 1} == dict(ad.actions)
    assert (1, 0) == (ad.labels["spam"], ad.trusted)
    assert (1, {}) == (gentle.messages, dict(gentle.actions))


def test_the_report_has_its_tables(tmp_path: Path) -> None:
    """A history with labels gets the tables of labels; one without gets none."""
    text = shown(counted(labelled(tmp_path)))
    for expected in ("By label", "still standing", "3 of 6 (50.0 %)", "1 of 3 (33.3 %)", "ad"):
        assert expected in text
    assert "labelled ham" in text
    bare = shown(counted(file_of(tmp_path, line(0, "加微信"))))
    assert "By label" not in bare
    assert "regulars, thin evidence" in bare
    nothing = shown(counted(file_of(tmp_path, line(0, "hello"))))
    assert "0 hit" in nothing
    assert "Per rule" not in nothing


def test_only_one_label_is_enough_for_its_table(tmp_path: Path) -> None:
    """A history of only ham, or only spam, has a table too."""
    assert "wrongly hit" in shown(counted(file_of(tmp_path, line(0, "x", label="ham"))))
    text = shown(counted(file_of(tmp_path, line(0, "x", label="spam"))))
    assert "stays standing" in text
    assert "wrongly hit" not in text


def test_a_brake_that_trips_is_reported(tmp_path: Path) -> None:
    """What the bot's own limits held back is said by its number."""
    regulars = [f"user{n}" for n in range(8)]
    talk = [line(n / 10 + m, "hello", user=who) for n, who in enumerate(regulars) for m in range(6)]
    ads = [line(90 + n, "加微信", user=who) for n, who in enumerate(regulars)]
    text = shown(counted(file_of(tmp_path, *talk, *ads)))
    assert "ad: a limit of the bot's own held it back 1 times." in text


def test_what_a_terminal_obeys_is_not_shown(tmp_path: Path) -> None:
    """Escapes, markup and line ends of members' texts stay harmless, and long texts are cut."""
    nasty = "加微信\x1b[31m\n[bold]x[/bold] " + "y" * 100
    text = shown(counted(file_of(tmp_path, line(0, nasty, name="\x1b[2J"))))
    assert "\x1b" not in text
    assert "[bold]x[/bold]" in text
    assert "y" * 49 not in text


def test_pictures_are_shown_by_their_kind() -> None:
    """A text is put on one line of bounded length."""
    assert "a b" == plain(" a \n\t b ")
    assert 48 == len(plain("x" * 1000))


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, "0.00 %"), (1, 1000, "0.10 %"), (1, 3, "33.3 %"), (3, 3, "100.0 %")],
)
def test_shares(part: int, whole: int, expected: str) -> None:
    """Small shares have two digits, and nothing of nothing is nothing."""
    assert expected == share(part, whole)


def test_the_worst_candidates_are_kept(tmp_path: Path) -> None:
    """Of many doubtful hits those of the best-known members stay, the worst first."""
    talk = [
        line(minute / 10, "hello", user=f"user{who}")
        for who in range(15)
        for minute in range(10 * who)
    ]
    ads = [line(120 + 70 * who, "加微信", user=f"user{who}") for who in range(5)]
    ads += [line(470, "加微信", user=f"new{n}") for n in range(CANDIDATES)]
    found = counted(file_of(tmp_path, *talk, *ads)).candidates()
    assert CANDIDATES == len(found)
    assert ["user4", "user3", "user2", "user1"] == [one.record.user for one in found[:4]]
    assert sorted((doubt(one) for one in found), reverse=True) == [doubt(one) for one in found]


def test_doubt_is_higher_for_regulars_and_thin_evidence(tmp_path: Path) -> None:
    """A regular is more doubtful than a stranger, and a mere notice less than a deletion."""
    talk = [line(minute, "hello", user="li") for minute in range(6)]
    path = file_of(
        tmp_path,
        *talk,
        line(80, "加微信", user="li"),
        line(90, "加微信", user="zhou"),
        line(100, "加微信 casino 慢一点", user="chen"),
        line(110, "慢一点", user="wu"),
    )
    hits = [fate for _, fate in replayed(path) if isinstance(fate, Hit)]
    points = [doubt(hit) for hit in hits]
    assert points == sorted(points, reverse=True)
    assert points[0] > points[1] > points[2] >= 0


def test_lines_for_other_programs(tmp_path: Path) -> None:
    """Each hit is one line with the documented fields, in order of time, without text and name."""
    out = BytesIO()
    path = file_of(
        tmp_path,
        line(0, "接广告 慢一点", user="li"),
        line(1, "x 加微信", user="zhou"),
        line(2, "hello"),
    )
    counted(path, out)
    assert [json.loads(one) for one in out.getvalue().splitlines()] == [
        {
            "ts": "2026-03-02T08:00:00Z",
            "group": "g1",
            "user": "li",
            "rule": "owed",
            "actions": ["delete", "notice", "warn"],
            "spans": [[0, 3]],
            "outcome": "block",
            "rules": ["gentle", "owed"],
            "line": 1,
        },
        {
            "ts": "2026-03-02T08:01:00Z",
            "group": "g1",
            "user": "zhou",
            "rule": "ad",
            "actions": ["delete", "warn"],
            "spans": [[2, 5]],
            "outcome": "block",
            "rules": ["ad"],
            "line": 2,
        },
    ]


def test_equal_replays_write_equal_bytes(tmp_path: Path) -> None:
    """The same history under the same rules gives the same bytes."""
    path = labelled(tmp_path)
    first, second = BytesIO(), BytesIO()
    counted(path, first)
    counted(path, second)
    assert first.getvalue() == second.getvalue() != b""


def test_an_export_is_replayed_like_a_stream(tmp_path: Path) -> None:
    """A Telegram export gives hits whose time is in UTC and whose line is the message's place."""
    path = tmp_path / "result.json"
    path.write_bytes(written(chat([said(5, "hi"), said(6, "加微信", seconds=60)])))
    out = BytesIO()
    tally = counted(path, out)
    assert (2, 1) == (tally.messages, tally.hits)
    told = json.loads(out.getvalue())
    assert ("2026-03-02T08:01:00Z", 2) == (told["ts"], told["line"])
