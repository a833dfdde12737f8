"""One more message to leave alone: the lines that are written, and every other byte as it was."""

from __future__ import annotations

import pytest

from rules.files import load
from rules.files.switches.leave import leave
from rules.files.switches.lines import decoded, encoded
from tests.switchfiles import FIRST, FIRST_FOLDER, faults

ENGLISH = (FIRST_FOLDER / "my-group.rules.yaml").read_text("utf-8")
OWN = (FIRST_FOLDER / "own-rule.群规.yaml").read_text("utf-8")
NAME = "own-"


def own_id(text: str) -> str:
    """The id of the one own rule of a file."""
    found = load(text, file="群规.yaml")
    assert found.ruleset is not None, found.faults
    [own] = [rule.id for rule in found.ruleset.rules if rule.id.startswith(NAME)]
    return own


def test_the_list_of_the_whole_file_is_begun() -> None:
    """It stands where a clean file has it, in the language of the file."""
    assert f"{FIRST}这些别管:\n  - 有发票的加我\n" == leave(FIRST, "有发票的加我", ["ads"])
    assert f"{ENGLISH}leave alone:\n  - call me\n" == leave(ENGLISH, "call me", ["ads"])
    above = f"{FIRST}另外:\n  一群:\n    广告: 不许\n"
    written = leave(above, "有发票的加我", ["ads"])
    assert written is not None
    assert "这些别管:\n  - 有发票的加我\n另外:\n" in written


def test_the_list_of_the_whole_file_goes_on() -> None:
    """Behind its last item, in its own way of writing, with its comments."""
    text = f"{FIRST}这些别管:  # 问过大家\n    - 一起拼车  # 三次了\n\n# 完\n"
    wanted = text.replace("三次了\n", "三次了\n    - 有发票的加我\n")
    assert wanted == leave(text, "有发票的加我", ["ads", "flood"])


def test_a_list_in_one_line_becomes_one_below() -> None:
    """What stood behind the key is the first item."""
    text = f"{FIRST}这些别管：一起拼车  # 三次了\n"
    wanted = f"{FIRST}这些别管：\n  - 一起拼车  # 三次了\n  - 有发票的加我\n"
    assert wanted == leave(text, "有发票的加我", ["ads"])


def test_an_own_rule_gets_its_example() -> None:
    """What one own rule hits is that rule's example; with others, the whole file's."""
    wanted = OWN.rstrip("\n") + "\n      - 考试都不许代考的\n"
    assert wanted == leave(OWN, "考试都不许代考的", [own_id(OWN)])
    both = leave(OWN, "考试都不许代考的", [own_id(OWN), "ads"])
    assert both is not None
    assert both.startswith("这些别管:\n  - 考试都不许代考的\n规则:\n")


def test_an_own_rule_without_examples() -> None:
    """It gets the line for them, as deep as its others."""
    text = OWN[: OWN.index("    这些别管")]
    wanted = f"{text}    这些别管:\n      - 考试都不许代考的\n"
    assert wanted == leave(text, "考试都不许代考的", [own_id(text)])


@pytest.mark.parametrize(
    "example",
    [
        "加微信: zhou_8899 'ok' \"ok\"",
        "- 一条",
        "1. 加我",
        "#话题# 加我",
        "广告: 不许",
        "名字 叫小明",
        "{新人} [看] @我 &amp; *x",
        "no",
        "22:30",
        "见 https://shimo.im/docs/x#a",
        "😀 加我",
    ],
)
def test_whatever_somebody_said(example: str) -> None:
    """It is read as it was said, and nothing else is read otherwise."""
    for text in (FIRST, f"{FIRST}这些别管:\n  - 一起拼车\n"):
        written = leave(text, example, ["ads"])
        assert written
        found = load(written, file="群规.yaml")
        assert found.says is not None
        assert example == found.says.pass_[-1]
        assert len(faults(written)) == len(faults(text))


def test_what_cannot_be_written_is_not() -> None:
    """What a line of a file cuts off has no place there."""
    assert "" == leave(FIRST, "加我 # 急", ["ads"])


def test_the_full_form_is_none_of_it() -> None:
    """Its examples stand elsewhere."""
    assert leave("pack: a\n", "x", ["a"]) is None
    assert leave(b"\x00\xff\xff", "x", ["a"]) is None


def test_line_ends_stay() -> None:
    """A file that Windows wrote keeps its line ends."""
    for text in (FIRST, f"{FIRST}这些别管: 拼车\n"):
        written = leave(text.replace("\n", "\r\n"), "有发票的加我", ["ads"])
        assert written
        assert written.count("\r\n") == written.count("\n")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_the_encoding_stays(codec: str) -> None:
    """A file that Notepad saved in its own way is written in that way."""
    source = FIRST.encode(codec)
    if codec == "utf-16-be":
        source = b"\xfe\xff" + source
    text = decoded(source)
    assert text is not None
    assert source == encoded(text[0], source)


def test_bytes_in_no_encoding_become_utf_8() -> None:
    """What cannot be written back as it was is written in UTF-8."""
    assert "群".encode() == encoded("群", b"\xff\xfe\x00")


def test_a_list_behind_own_rules_is_the_files() -> None:
    """Where own rules are indented, a line that is not is none of theirs."""
    text = f"{OWN}这些别管:\n  - 有发票的加我\n"
    found = load(text, file="群规.yaml")
    assert found.says is not None
    assert ("有发票的加我",) == found.says.pass_
    [own] = [rule for rule in found.says.rules if rule.id == own_id(OWN)]
    assert "有发票的加我" not in own.pass_
