"""Files of switches written cleanly, and into the other language."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.files.switches import read_switches
from rules.files.switches.blocks import blocks
from rules.files.switches.lines import lines
from rules.files.switches.switch import LANGUAGES
from rules.files.switches.table import SWITCHES
from rules.files.switches.write import clean, meaning
from tests.switchfiles import FIRST, FIRST_FOLDER, with_line

MESSY = """\
＃ 我们的群规
——————
群：“一群”
群 类型 ＝ 推广群
负责人：@小李\u3000# 我
状态：試運行
夜间免打扰：23：00－7：00   # 夜里
放行：
\t－ shimo.im   # 文档
  2、闲鱼、转转
  # 还有别的
自己的: [0571，创富节]
欢迎：#置顶# 欢迎
  {新人}，看公告
处罚: 警告 → 禁言1天 → 踢出
定时：
  每天 8：30：早安: 大家好
# 下面是例外
另外：
  一群（二）：   # 只这个群
    # 严一点
    发广告：不准
规矩：
  - 名称：不发代考
    说：代考，替考
    就：提醒
    要管：
      - 加V abc: 12345
"""
CLEAN = """\
# 我们的群规
# ——————
群: 一群
群类型: 推广
负责人: 小李  # 我
状态: 试运行
夜里不出声: 23:00-07:00   # 夜里
放行:
  - shimo.im   # 文档
  - 闲鱼
  - 转转
  # 还有别的
自己的: 0571、创富节
欢迎: |-
  #置顶# 欢迎
  {新人}，看公告
处罚: 提醒、歇1天、请出
定时:
  每天 08:30: '早安: 大家好'
# 下面是例外
另外:
  一群（二）:   # 只这个群
    # 严一点
    广告: 不许
规则:
  - 名字: 不发代考
    说了: 代考、替考
    就: 提醒
    这些要管:
      - '加V abc: 12345'
"""


def test_a_messy_file_is_written_cleanly() -> None:
    """Names, answers, signs and lists get their clean form; comments and order stay."""
    assert CLEAN == clean(MESSY)


def test_the_clean_form_is_strict_yaml() -> None:
    """Any reader of YAML finds the keys, and texts that are not cut."""
    data = yaml.safe_load(CLEAN)
    assert "0571、创富节" == data["自己的"]
    assert "#置顶# 欢迎\n{新人}，看公告" == data["欢迎"]
    assert {"广告": "不许"} == data["另外"]["一群（二）"]
    assert "创富孵化群 #3" == yaml.safe_load(clean(with_line(2, "群: 创富孵化群 #3")) or "")["群"]


@pytest.mark.parametrize("path", sorted(FIRST_FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_the_examples_are_clean(path: object) -> None:
    """What the documents show is what is written, byte for byte."""
    text = FIRST_FOLDER.joinpath(str(path)).read_text("utf-8")
    assert text == clean(text)


def test_a_line_with_a_fault_stays() -> None:
    """What cannot be read is nobody's to rewrite."""
    text = with_line(7, "广告: 三分钟发红包  # 嗯")
    assert text == clean(text)


def test_a_file_in_the_other_language_and_back() -> None:
    """Keys and answers are translated when asked; names and texts are not, and meaning stays."""
    english = clean(FIRST, to="en") or ""
    assert "ads: red packet within 3m       # 不许" in english
    assert "welcome: 欢迎{newcomer}🌱" in english
    assert english.endswith("locale: zh-CN\n")
    assert meaning(blocks(lines(FIRST))) == meaning(blocks(lines(english)))[:-1]
    assert FIRST == clean(english, to="zh")


def test_what_is_no_file_of_switches_is_not_written() -> None:
    """A file in the full form, or of bytes that are no text, is left to others."""
    assert clean("schema: 1\npack: a\n") is None
    assert clean(b"\x00\xff\x00") is None


def test_rules_of_the_full_form_stay_as_they_are() -> None:
    """A block that holds such a rule is not touched."""
    text = f"{FIRST}规则:\n  - id: a   # eins\n    title:   x\n"
    assert text == clean(text)


NAMES = [name for one in SWITCHES for language in LANGUAGES for name in one.names(language)]
ANSWERS = [
    form for one in SWITCHES for each in one.choices for form in (each.zh, each.en, *each.also)
]
PIECES = st.sampled_from(
    [*NAMES, *ANSWERS, ":", "：", ": ", "\n", "\n  ", "\n- ", "\n    - ", " # ", "#", "、", ",",
     "“", "”", "'", '"', "[", "]", "|", "|-", "{新人}", "23:00-07:00", "歇1天", "每天 08:30: 早",
     "名字", "说了", "就", "这些要管", "a.cn", "一群", "\u3000", "\t", "\u200b", "=", "- id: a"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS | st.binary(max_size=40))
def test_reading_never_raises(source: str | bytes) -> None:
    """Whatever stands in a file, it is read or its faults are told."""
    switches = read_switches(source, file="x.yaml")
    if switches is not None:
        assert switches.root(()).entries
        switches.faults(("ads",))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["", *LANGUAGES]))
def test_writing_twice_is_writing_once(text: str, to: str) -> None:
    """A clean file stays as it is, and means what the other meant."""
    once = clean(text, to=to)
    if once is None:
        return
    assert once == clean(once, to=to)
    kept = meaning(blocks(lines(once)))
    if not to:
        assert meaning(blocks(lines(text))) == kept


def test_a_text_of_many_lines_keeps_its_blank_ones() -> None:
    """What stands behind | is written as it was, two spaces deep."""
    assert "群: 一群\n欢迎: |-\n  早\n\n  晚\n" == clean("群: 一群\n欢迎: |\n   早\n\n   晚\n")
