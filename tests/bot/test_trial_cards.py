"""Cards of the page of `qunguan try`: who, what was said with its marks, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.trial.cards import LONGEST, clean, pieces
from tests.bot.history.exports import chat, said, service, written
from tests.bot.history.histories import RULES, file_of, line
from tests.bot.history.pages import shown, text_of


def of_all_sorts(folder: Path) -> Path:
    """A chat in which hits meet people who are new, back, unknown, and known."""
    path = folder / "result.json"
    day = 86_400
    talk = [said(n, "hello", by="Known", seconds=n) for n in range(1, 7)]
    talk += [said(n, "hello", by="Back", seconds=n) for n in range(7, 10)]
    path.write_bytes(
        written(
            chat(
                [
                    *talk,
                    said(20, "加微信", by="Known", seconds=3600),
                    said(21, "加微信", by="First", seconds=3601),
                    said(22, "hi", by="Few", seconds=3602),
                    said(23, "加微信", by="Few", seconds=4000),
                    service(24, "join_group_by_link", by="New", seconds=4001),
                    said(25, "加微信", by="New", seconds=4001 + 7200),
                    service(26, "join_group_by_link", by="Back", seconds=20_000),
                    said(27, "加微信", by="Back", seconds=20_001),
                    said(28, "加微信", by="Known", seconds=5 * day),
                    said(
                        29,
                        [{"type": "text_link", "text": "加微信", "href": "https://h.example"}],
                        by="",
                        seconds=5 * day + 9,
                        from_id="user9",
                    ),
                ]
            )
        )
    )
    return path


def test_what_a_card_says_of_its_author(tmp_path: Path) -> None:
    """New, back again, first, few, known, known for long, and staff where staff is judged."""
    path = of_all_sorts(tmp_path)
    page = text_of(shown(path, language="zh"))
    for expected in (
        "头一次说话",
        "只说过 1 条",
        "新人，来了2小时",
        "说过 3 条，不到两分钟前又回来的",
        "说过 6 条",
        "说过 7 条，来了4天",
        "已注销的账号",
        "https://h.example",
    ):
        assert expected in page


def test_staff_is_named_where_rules_apply_to_it(tmp_path: Path) -> None:
    """A rule that applies to staff shows that it met staff."""
    rules = RULES.replace(
        "    title: 不发广告\n", "    title: 不发广告\n    applies_to_staff: true\n"
    )
    assert rules != RULES
    page = shown(file_of(tmp_path, line(0, "加微信", role="admin")), rules=rules)
    assert "管理员" in text_of(page)


def test_messages_without_text_say_their_kind(tmp_path: Path) -> None:
    """A picture is shown as what it is."""
    picture = "  - { id: picture, title: 图, when: { kind: [image] }, then: { delete: true } }\n"
    rules = RULES + picture
    page = shown(file_of(tmp_path, line(0, "", kind="image"), line(1, "大家好")), rules=rules)
    assert "（没有文字：图片）" in page


def test_reasons_name_words_and_no_patterns(tmp_path: Path) -> None:
    """A reader sees the words that matched; a pattern is pointed at, never printed."""
    regex = (
        "  - { id: pattern, title: P, when: { regex: '[0-9]{4,7}元' }, then: { delete: true } }\n"
    )
    path = file_of(tmp_path, line(0, "加微信", user="a"), line(9, "只要12345元", user="b"))
    page = text_of(shown(path, rules=RULES + regex))
    assert "有这些词：加微信 " in page
    assert "有标出来的这种写法" in page
    assert "[0-9]" not in page


def test_a_long_text_is_shown_around_its_first_mark() -> None:
    """Of a wall of text one sees the place that counts, marked."""
    text = "x" * 5000 + "加微信" + "y" * 5000
    made = pieces(text, [(5000, 5003)])
    assert "加微信" == next(one.text for one in made if one.is_marked)
    assert sum(len(one.text) for one in made) <= LONGEST + 2
    assert ("…", "…") == (made[0].text, made[-1].text[-1])


@pytest.mark.parametrize(
    ("spans", "marked"),
    [((), []), ([(0, 2)], ["ab"]), ([(0, 2), (1, 4)], ["ab", "cd"]), ([(2, 2), (3, 99)], ["def"])],
)
def test_pieces_are_the_text_whatever_the_spans(
    spans: list[tuple[int, int]], marked: list[str]
) -> None:
    """Overlapping, empty and too long spans lose and double nothing."""
    made = pieces("abcdef", spans)
    assert "abcdef" == "".join(one.text for one in made)
    assert marked == [one.text for one in made if one.is_marked]


def test_what_no_file_can_hold_is_replaced() -> None:
    """Lone surrogates and control characters keep their place, as something harmless."""
    assert "a?b\ufffdc\n" == clean("a\ud800b\x1bc\n")
