"""One switch set: the line that changes, and every other byte that does not."""

from __future__ import annotations

import pytest

from rules.files.switches.edit import put
from tests.switchfiles import FIRST, FIRST_FOLDER, meant, with_line

ENGLISH = (FIRST_FOLDER / "my-group.rules.yaml").read_text("utf-8")


@pytest.mark.parametrize("said", ["ads ask", "ads: ask", "广告 先问", "广告：先问", "广告 ask"])
def test_only_the_line_changes(said: str) -> None:
    """The bytes are those that an editor would write, in the language of the file."""
    done = put(FIRST, said)
    line = "广告: 先问       # 不许 / 先问 / 3分钟内补红包 / 可以"
    assert done is not None
    assert with_line(7, line) == done.text
    assert (FIRST.splitlines()[6], line) == (done.before, done.after)


def test_a_new_line_has_its_place() -> None:
    """A switch that is not in the file is written where a clean file has it."""
    done = put(FIRST, "voice remind")
    assert done is not None
    assert FIRST.replace("夜里", "语音: 提醒\n夜里", 1) == done.text
    assert ("", "语音: 提醒") == (done.before, done.after)
    last = put(ENGLISH, "steps remind, mute 1d, remove")
    assert last is not None
    assert "allow: ebay.de, kleinanzeigen.de\nsteps: remind, mute 1d, remove\n" in last.text


def test_line_ends_stay() -> None:
    """A file that Windows wrote keeps its line ends."""
    windows = FIRST.replace("\n", "\r\n")
    for said in ("广告 先问", "语音 提醒"):
        done = put(windows, said)
        assert done is not None
        assert done.text.count("\r\n") == done.text.count("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("said", ["广告 先问", "语音 提醒"])
def test_every_other_byte_stays(said: str, end: str) -> None:
    """Whatever ends the lines, also the old Mac's, and whether the last one has an end."""
    for text in (FIRST, FIRST.rstrip("\n")):
        unix, other = put(text, said), put(text.replace("\n", end), said)
        assert unix is not None
        assert other is not None
        assert unix.text.replace("\n", end) == other.text
        assert (unix.before, unix.after) == (other.before, other.after)


def test_a_line_behind_the_last_has_a_line_of_its_own() -> None:
    """Where the file does not end with the end of a line."""
    done = put("群类型: 闲聊\n状态: 上岗", "广告 先问")
    assert done is not None
    assert "群类型: 闲聊\n状态: 上岗\n广告: 先问" == done.text


def test_what_nobody_sees_moves_nothing() -> None:
    """Signs without width before the value are left out, as a person would."""
    done = put("群类型: 闲聊\n广\u200b告\u2060: 不许  # 说明\n", "广告 先问")
    assert done is not None
    assert "群类型: 闲聊\n广告: 先问  # 说明\n" == done.text


def test_a_list_of_many_lines_becomes_one() -> None:
    """What stood below the key goes when the switch is set anew."""
    done = put(with_line(14, "自己的：\n  - 一\n  - 二"), "ours 三、四")
    assert done is not None
    assert with_line(14, "自己的： 三、四") == done.text
    assert "三、四" == meant(done.text)["ours"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("广告 发", "“广告”不能写“发”，只能是：不许 / 先问 / 3分钟内补红包 / 可以。"),
        ("刷平 提醒", "没有“刷平”这一项。是不是“刷屏”？"),
        ("flod remind", "there is no “flod”. Did you mean “flood”?"),
        ("", "没有“”这一项。"),
        ("另外: 一群", "“另外”有好几行，请直接在文件里改。"),
    ],
)
def test_a_wrong_answer_is_refused(said: str, sentence: str) -> None:
    """The sentence is the one that the file would draw, and nothing is written."""
    done = put(FIRST, said)
    assert done is not None
    assert "" == done.text
    assert [sentence] == [fault.message for fault in done.faults]


def test_the_full_form_has_no_switches() -> None:
    """A file in the full form, or none at all, is left alone."""
    assert put("schema: 1\npack: a\n", "ads ask") is None
    assert put(b"\x00\xff\x00", "ads ask") is None
