"""A history under rules: what a message draws, who is stopped, and what falls due."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.history.hits import Hit
from bot.history.run import STOPPED, Run
from tests.bot.history.exports import chat, everything, said, service, written
from tests.bot.history.histories import file_of, line, read, replayed, ruleset


def told(path: Path) -> list[tuple[str, str, list[str]]]:
    """Of every message its text, its outcome and what is done, by the order of texts."""
    found = []
    for record, fate in replayed(path):
        if isinstance(fate, Hit):
            found.append((record.message.text, fate.outcome, fate.done))
        else:
            found.append((record.message.text, fate or "", []))
    return sorted(found)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a hello"], [("a hello", "", [])]),
        (["a 加微信"], [("a 加微信", "block", ["delete", "warn"])]),
        (["a 慢一点"], [("a 慢一点", "pass", ["notice"])]),
        (["a 兼职"], [("a 兼职", "review", ["ask"])]),
        (["a 百家乐"], [("a 百家乐", "block", ["delete", "remove"])]),
        (["a 接广告"], [("a 接广告", "block", ["delete", "notice", "warn"])]),
        (
            ["a 加微信", "b 加微信", "c hello", "d 加微信"],
            [
                ("a 加微信", "block", ["delete", "warn"]),
                ("b 加微信", "block", ["delete", "mute"]),
                ("c hello", "stopped", []),
                ("d 加微信", "stopped", []),
            ],
        ),
        (
            ["a 百家乐", "b hello", "c 加微信"],
            [
                ("a 百家乐", "block", ["delete", "remove"]),
                ("b hello", "stopped", []),
                ("c 加微信", "stopped", []),
            ],
        ),
    ],
)
def test_what_messages_draw(
    tmp_path: Path, lines: list[str], expected: list[tuple[str, str, list[str]]]
) -> None:
    """Ten minutes apart, one member's messages draw what the ladder says, and then are stopped."""
    path = file_of(tmp_path, *(line(10 * n, text) for n, text in enumerate(lines)))
    assert told(path) == expected


def test_a_breach_in_a_burst_is_a_block_without_a_further_step(tmp_path: Path) -> None:
    """What falls into a burst is deleted and counts no further."""
    path = file_of(tmp_path, line(0, "a 加微信"), line(0.5, "b 加微信"))
    assert ("b 加微信", "block", ["delete"]) == told(path)[1]


def test_a_mute_ends(tmp_path: Path) -> None:
    """After its time a muted member's messages count again; a removed one's never do."""
    lines = [line(10 * n, "加微信") for n in range(2)]
    next_day = line(0, "z hello").replace("2026-03-02", "2026-03-04")
    assert ("z hello", "", []) in told(file_of(tmp_path, *lines, next_day))
    removed = [line(0, "百家乐"), line(1, "", event="join"), next_day]
    assert ("z hello", "stopped", []) in told(file_of(tmp_path, *removed))


def test_the_removed_stay_removed_when_an_old_mute_ends(tmp_path: Path) -> None:
    """The end of a mute does not let somebody back who was removed meanwhile."""
    lines = [
        line(0, "接广告 1"),
        line(1.5, "接广告 2"),
        line(3, "百家乐"),
        line(0, "z hello").replace("2026-03-02", "2026-03-20"),
    ]
    assert ("z hello", "stopped", []) in told(file_of(tmp_path, *lines))


def test_an_obligation_that_is_met_is_only_a_notice(tmp_path: Path) -> None:
    """A red packet in time forgives, and the hit says so when it is settled."""
    packet = line(2, "", kind="red_packet")
    found = told(file_of(tmp_path, line(0, "接广告"), packet, line(30, "end")))
    assert ("接广告", "pass", ["notice"]) in found
    late = line(4, "", kind="red_packet")
    found = told(file_of(tmp_path, line(0, "接广告"), late, line(30, "end")))
    assert ("接广告", "block", ["delete", "notice", "warn"]) in found


def test_hits_come_in_the_order_of_their_messages(tmp_path: Path) -> None:
    """A hit that waits holds back later hits, and nothing is lost at the end."""
    path = file_of(
        tmp_path,
        line(0, "接广告", user="li"),
        line(1, "加微信", user="zhou"),
        line(2, "hello", user="chen"),
    )
    fates = [fate for _, fate in replayed(path)]
    assert [None, "owed", "ad"] == [one.rule if isinstance(one, Hit) else one for one in fates]


def test_staff_is_exempt_once_its_role_is_known(tmp_path: Path) -> None:
    """A role that a line names holds for the member's other lines too."""
    path = file_of(tmp_path, line(0, "hi", role="owner"), line(5, "加微信"), line(6, "加微信"))
    assert [None, None, None] == [fate for _, fate in replayed(path)]


def test_newcomers_are_known_by_their_join(tmp_path: Path) -> None:
    """Who was seen joining is a newcomer; who was there is not."""
    path = file_of(
        tmp_path,
        line(0, "", user="new", event="join"),
        line(1, "b https://x.example", user="new"),
        line(2, "a https://x.example", user="old"),
        line(3, "", user="new", event="leave"),
        line(4, "", user="new", event="join"),
        line(5, "c https://x.example", user="new"),
    )
    hits = [fate for _, fate in replayed(path) if isinstance(fate, Hit)]
    assert ["b", "c"] == [hit.record.message.text[0] for hit in hits]
    assert [False, True] == [hit.whom.came_back for hit in hits]
    assert all(hit.whom.is_newcomer and not hit.whom.is_known for hit in hits)


def test_whom_a_hit_met(tmp_path: Path) -> None:
    """A hit knows how often its author had talked and for how long, before it."""
    lines = [line(minute, "hello") for minute in range(7)]
    old = line(0, "hi").replace("2026-03-02", "2026-01-02")
    path = file_of(tmp_path, old, *lines, line(60, "加微信"))
    (hit,) = [fate for _, fate in replayed(path) if isinstance(fate, Hit)]
    assert (8, True, True, False) == (
        hit.whom.messages,
        hit.whom.is_known,
        hit.whom.is_trusted,
        hit.whom.is_newcomer,
    )
    assert timedelta(days=59, hours=1) == hit.whom.here_for


def test_the_spans_point_into_the_text(tmp_path: Path) -> None:
    """Spans are of the acting rule, and point at what was written."""
    (hit,) = [
        fate
        for _, fate in replayed(file_of(tmp_path, line(0, "来 加 微 信 吧 慢一点")))
        if isinstance(fate, Hit)
    ]
    assert "ad" == hit.rule
    assert ["加 微 信"] == [hit.record.message.text[start:end] for start, end in hit.spans]


def test_what_is_remembered_is_not_judged(tmp_path: Path) -> None:
    """Records before the time in question give tenure and counts, and draw nothing."""
    records, _ = read(
        file_of(
            tmp_path,
            line(0, "", event="join"),
            *(line(minute, "百家乐") for minute in range(1, 9)),
            line(0, "加微信").replace("2026-03-02", "2026-03-09"),
        )
    )
    run = Run(ruleset())
    for record in records[:-1]:
        run.remember(record)
    hit = run.take(records[-1])
    assert isinstance(hit, Hit)
    assert (8, True, ["delete", "warn"]) == (hit.whom.messages, hit.whom.is_known, hit.done)


def test_late_lines_are_judged_where_they_stand(tmp_path: Path) -> None:
    """A record older than the one before is no backlog: it is judged like any other."""
    records, _ = read(file_of(tmp_path, line(0, "加微信"), line(60, "hello", user="li")))
    run = Run(ruleset())
    assert run.take(records[1]) is None
    hit = run.take(records[0])
    assert isinstance(hit, Hit)
    assert ["delete", "warn"] == hit.done


def test_chats_of_an_export_do_not_touch_one_another(tmp_path: Path) -> None:
    """Each chat of a full export is replayed for itself, from its own beginning in time."""
    bad = [said(n, "加微信", seconds=600 * n) for n in range(1, 3)]
    path = tmp_path / "result.json"
    path.write_bytes(
        written(everything(chat(bad, title="A"), chat([said(1, "加微信")], title="B")))
    )
    done = [fate.done for _, fate in replayed(path) if isinstance(fate, Hit)]
    assert [["delete", "warn"], ["delete", "mute"], ["delete", "warn"]] == done


def test_an_invited_newcomer_is_new_from_the_invitation_on(tmp_path: Path) -> None:
    """A day after an invitation somebody is no newcomer, though heard for the first time."""
    for hours, expected in ((1, "newcomer-link"), (30, "")):
        path = tmp_path / "result.json"
        messages = [
            service(1, "invite_members", members=["Newbie"]),
            said(2, "https://x.example", by="Newbie", seconds=3600 * hours),
        ]
        path.write_bytes(written(chat(messages)))
        rules = [fate.rule for _, fate in replayed(path) if isinstance(fate, Hit)]
        assert [expected] * bool(expected) == rules


def test_a_mistake_said_by_its_member_lifts_the_mute(tmp_path: Path) -> None:
    """误会 works in a replay as it does in a group: but a muted member cannot say it there."""
    lines = [line(0, "加微信"), line(1, "误会"), line(10, "加微信"), line(20, "hello")]
    assert ("hello", "", []) in told(file_of(tmp_path, *lines))


def test_a_replay_without_records_is_nothing() -> None:
    """A run that is given nothing finishes with nothing."""
    run = Run(ruleset())
    assert [] == list(run.finish())
    assert not run.is_stopped("g1", "wang")
    assert "stopped" == STOPPED


def test_hits_that_share_an_obligation_are_all_told(tmp_path: Path) -> None:
    """A second breach under an open obligation is told too, and holds up no other hit."""
    path = file_of(
        tmp_path,
        line(0, "接广告 one", user="li"),
        line(1, "接广告 two", user="li"),
        line(60, "加微信", user="wang"),
    )
    hits = [fate for _, fate in replayed(path) if isinstance(fate, Hit)]
    assert [["delete", "notice", "warn"], ["delete"], ["delete", "warn"]] == [
        hit.done for hit in hits
    ]
