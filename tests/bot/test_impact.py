"""What changes if other rules were in force: counted, told, and written for programs."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.history.opening import history_of
from bot.impact import Comparison, Side, compare, show
from bot.impact.change import Kind
from bot.replay import fates, pairs
from tests.bot.history.exports import chat, everything, said, written
from tests.bot.history.histories import RULES, file_of, line, ruleset

ENGLISH = RULES.replace("zh-CN", "en")
NO_ADS = RULES.replace("ads: [加微信, casino]", "ads: [casino]")


def compared(
    path: Path, after: str, before: str = RULES, *, out: BytesIO | None = None
) -> Comparison:
    """The comparison of two rule files on a history."""
    found = Comparison(
        Side(ruleset=ruleset(before), name="now.yaml"),
        Side(ruleset=ruleset(after), name="new.yaml"),
    )
    with history_of(path) as (reader, _):
        told = pairs(reader, found.before.ruleset, found.after.ruleset)
        compare(told, found, out=out, progress=lambda _: None)
    return found


def shown(found: Comparison) -> str:
    """The report on a terminal of 80 columns."""
    page = StringIO()
    show(found, Console(file=page, width=80))
    return page.getvalue()


@pytest.mark.parametrize(
    ("before", "after", "texts", "expected"),
    [
        (NO_ADS, RULES, ["加微信"], [Kind.NEWLY_HIT]),
        (RULES, NO_ADS, ["加微信"], [Kind.NO_LONGER_HIT]),
        (RULES, RULES.replace("{ ask: true }", "{ strikes: 1 }"), ["兼职"], [Kind.HARDER]),
        (RULES.replace("{ ask: true }", "{ strikes: 1 }"), RULES, ["兼职"], [Kind.SOFTER]),
        (RULES, RULES.replace("id: ad\n", "id: adverts\n"), ["加微信"], [Kind.OTHERWISE]),
        (NO_ADS, RULES, ["加微信", "加微信", "hi"], [Kind.NEWLY_HIT, Kind.NEWLY_HIT, Kind.STOPPED]),
        (
            RULES,
            NO_ADS,
            ["加微信", "加微信", "hi", "加微信"],
            [Kind.NO_LONGER_HIT, Kind.NO_LONGER_HIT, Kind.LET_THROUGH, Kind.LET_THROUGH],
        ),
        (RULES, RULES.replace("title: 不发广告", "title: 广告"), ["加微信", "hello"], []),
    ],
)
def test_each_way_to_change(
    tmp_path: Path, before: str, after: str, texts: list[str], expected: list[Kind]
) -> None:
    """Hit anew or no longer, harder, softer, otherwise, stopped, let through; or no change."""
    path = file_of(tmp_path, *(line(30 * n, text) for n, text in enumerate(texts)))
    found = compared(path, after, before)
    assert expected == [one.kind for one in found.newest]
    assert len(expected) == found.changed


def test_a_longer_mute_is_harder(tmp_path: Path) -> None:
    """Of two mutes the longer one is the harder, although both do the same."""
    short = RULES + "ladder: { steps: [ { do: mute, for: 1h } ] }\n"
    found = compared(file_of(tmp_path, line(0, "加微信")), short.replace("1h", "2d"), short)
    assert {Kind.HARDER: 1} == dict(found.kinds)


def test_rules_are_counted_on_both_sides(tmp_path: Path) -> None:
    """A rule's hits now, then, and the changes for it; another rule's hit is not its own."""
    after = RULES.replace("ads: [加微信, casino]", "ads: [慢一点, casino]")
    path = file_of(tmp_path, line(0, "加微信", user="a"), line(1, "慢一点", user="b"))
    rows = {row.rule: row for row in compared(path, after).rule_rows()}
    assert (1, 1) == (rows["ad"].before, rows["ad"].after)
    assert {Kind.NO_LONGER_HIT: 1, Kind.NEWLY_HIT: 1} == dict(rows["ad"].changes)
    assert {Kind.HARDER: 1} == dict(rows["gentle"].changes)


def test_trusted_members_come_first(tmp_path: Path) -> None:
    """Whoever has been here long stands above regulars, and these above newcomers."""
    rules = RULES + "roles: { trusted: { member_for: 5h, clean_for: 5h } }\n"
    talk = [line(n, "hello", user="old") for n in range(6)]
    talk += [line(200 + n, "hello", user="regular") for n in range(6)]
    path = file_of(
        tmp_path,
        *talk,
        line(400, "", user="new", event="join"),
        line(401, "加微信", user="new"),
        line(402, "加微信", user="quiet"),
        line(403, "加微信", user="regular"),
        line(404, "加微信", user="old"),
    )
    found = compared(path, rules, NO_ADS)
    assert ["old", "regular", "quiet", "new"] == [row.name.lower() for row in found.by_standing()]
    assert [0, 1, 2, 3] == [row.standing for row in found.by_standing()]
    assert ["old", "regular"] == [one.record.user for one in found.wronged()][:2]


def test_only_what_gets_worse_may_wrong_somebody(tmp_path: Path) -> None:
    """What labels call spam is no mistake, what they call ham is the first one."""
    path = file_of(
        tmp_path,
        line(0, "加微信", user="a", label="spam"),
        line(1, "加微信", user="b"),
        line(2, "加微信", user="c", label="ham"),
    )
    assert ["c", "b"] == [one.record.user for one in compared(path, RULES, NO_ADS).wronged()]
    assert [] == compared(path, NO_ADS, RULES).wronged()


def test_identical_rules_change_nothing(tmp_path: Path) -> None:
    """The same rules say that no message changes, in both languages."""
    path = file_of(tmp_path, line(0, "加微信"), line(1, "hello"))
    out = BytesIO()
    assert "没有一条消息的结果会变" in shown(compared(path, RULES, out=out))
    assert b"" == out.getvalue()
    assert "No message changes" in shown(compared(path, ENGLISH, ENGLISH))


def test_the_report_fits_a_terminal(tmp_path: Path) -> None:
    """All tables stand in 80 columns whatever the names are, and a terminal obeys nothing."""
    nasty = "加微信\x1b[31m [bold]" + "很长的话" * 30
    people = [
        line(n, nasty, user=f"u{n}", name=f"\x1b[2J{'名' * 40}{n}", group=f"g{n}", title="群" * 50)
        for n in range(20)
    ]
    text = shown(compared(file_of(tmp_path, *people), RULES, NO_ADS))
    assert "\x1b" not in text
    assert max(sum(1 + (ch > "\u2e7f") for ch in row) for row in text.splitlines()) <= 80
    for expected in ("新碰到", "最可能冤枉的", "说得不多的人", "还有 5 人", "[bold]"):
        assert expected in text


def test_labels_are_compared(tmp_path: Path) -> None:
    """Where a history has labels, what stays and who is wronged is said for both sides."""
    path = file_of(
        tmp_path,
        line(0, "加微信", user="a", label="spam"),
        line(1, "加微信", user="b", label="ham"),
        line(2, "", user="c", kind="image", label="ham"),
    )
    text = shown(compared(path, ENGLISH, NO_ADS))
    assert "spam and abuse that stays: 1 (100.0 %) → 0 (0.00 %)" in text
    assert "ham wrongly hit: 0 (0.00 %) → 1 (50.0 %)" in text


def test_pictures_have_their_kind_for_a_text(tmp_path: Path) -> None:
    """A message without text is told by what it is."""
    after = ENGLISH + (
        "  - id: pictures\n    title: no pictures\n    when: { kind: [image] }\n"
        "    then: { strikes: 1 }\n"
    )
    found = compared(file_of(tmp_path, line(0, "", kind="image")), after, ENGLISH)
    assert "(picture)" in shown(found)


def test_lines_for_other_programs(tmp_path: Path) -> None:
    """Each change is one line with the documented fields, without text and name."""
    out = BytesIO()
    path = file_of(tmp_path, line(0, "加微信 慢一点", user="li"), line(1, "hello"))
    compared(path, RULES, NO_ADS, out=out)
    assert [json.loads(one) for one in out.getvalue().splitlines()] == [
        {
            "ts": "2026-03-02T08:00:00Z",
            "group": "g1",
            "user": "li",
            "line": 1,
            "change": "harder",
            "before": {
                "outcome": "pass",
                "rule": "gentle",
                "actions": ["notice"],
                "rules": ["gentle"],
            },
            "after": {
                "outcome": "block",
                "rule": "ad",
                "actions": ["delete", "warn"],
                "rules": ["ad", "gentle"],
            },
            "trusted": False,
            "newcomer": False,
        }
    ]


def test_one_reading_tells_the_same_as_two(tmp_path: Path) -> None:
    """Under two rulesets at once each side has the fates that it has alone, open ones too."""
    texts = ["接广告", "加微信", "hello", "百家乐", "later", "接广告", "兼职"]
    path = file_of(tmp_path, *(line(n, text, user=f"u{n % 3}") for n, text in enumerate(texts * 3)))
    export = tmp_path / "result.json"
    chats = [chat([said(n, text) for n, text in enumerate(texts)]) for _ in range(2)]
    chats[1]["id"] = 2
    export.write_bytes(written(everything(*chats)))
    for source in (path, export):
        with history_of(source) as (reader, _):
            both = list(pairs(reader, ruleset(NO_ADS), ruleset(RULES)))
        for side, rules in ((1, NO_ADS), (2, RULES)):
            with history_of(source) as (reader, _):
                alone = {id_of(one[0]): outcome(one[1]) for one in fates(reader, ruleset(rules))}
            assert alone == {id_of(one[0]): outcome(one[side]) for one in both}
            assert len(alone) >= len(texts)


def id_of(record: object) -> tuple[object, ...]:
    """What tells records apart."""
    return tuple(getattr(record, name) for name in ("group", "number", "user", "what"))


def outcome(fate: object) -> tuple[object, ...]:
    """What became of a record, as plain values."""
    return (
        getattr(fate, "outcome", fate),
        getattr(fate, "rule", ""),
        str(getattr(fate, "done", "")),
    )
