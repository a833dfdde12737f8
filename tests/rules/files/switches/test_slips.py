"""Slips of people who are no programmers: each is read as meant, or named with its line."""

from __future__ import annotations

import pytest

from rules.files import load
from tests.switchfiles import FIRST, faults, meant, new, told, with_line

# The line of the first file that is written otherwise, how, what it was read to if that is not
# what the first file says, and what is told of it.
AS_MEANT: list[tuple[int, str, str, str]] = [
    (2, "群：创富孵化群*", "", "note: 第2行：“：”我按“:”读了。"),
    (2, "群:创富孵化群*", "", "note: 第2行：“:”后面我补了个空格。"),
    (2, "群 创富孵化群*", "", "note: 第2行：“群”后面少个“:”，我补上了。"),
    (2, "群；创富孵化群*", "", "note: 第2行：“；”我按“:”读了。"),
    (2, "群: “创富孵化群*”", "", "note: 第2行：两头的引号我没算进去。"),
    (2, '群: "创富孵化群*"', "", ""),
    (2, "群: 创富孵化群 #3", "'创富孵化群 #3'", ""),
    (2, "群: 0571", "'0571'", ""),
    (2, "群: *推广*", "'*推广*'", ""),
    (2, "群: 一群、二群", "一群、二群", ""),
    (3, "群类型: 推广群", "", "note: 第3行：“推广群”我按“推广”读了。"),
    (3, "群类型: 二手", "二手", ""),
    (3, "群类型= 推广", "", "note: 第3行：“=”我按“:”读了。"),
    (3, "1. 群类型: 推广", "", "note: 第3行：行首的“1.”我没看。"),
    (3, "- 群类型: 推广", "", "note: 第3行：行首的“-”我没看。"),
    (4, "负责人: @小李", "", ""),
    (4, "负责人：　小李", "", "note: 第4行：“：”我按“:”读了。"),
    (6, "状态: 试运行。", "", "note: 第6行：“试运行。”我按“试运行”读了。"),
    (6, "状态: 试 运 行", "", "note: 第6行：“试 运 行”我按“试运行”读了。"),
    (6, "狀態: 試運行", "", "note: 第6行：“試運行”我按“试运行”读了。"),
    (6, "状态: 试运行 #先看看", "", "note: 第6行：“#”后面的字我当说明，没读。"),
    (6, "  状态: 试运行", "", "note: 第6行：“状态”前面的空格我没看。"),
    (6, "\t状态: 试运行", "", "note: 第6行：“状态”前面的空格我没看。"),
    (6, "\u3000状态: 试运行", "", "note: 第6行：“状态”前面的空格我没看。"),
    (7, "广告: 三分钟内补红包", "", "note: 第7行：“三分钟内补红包”我按“3分钟内补红包”读了。"),
    (7, "广告: ３分钟内补红包", "", "note: 第7行：“３分钟内补红包”我按“3分钟内补红包”读了。"),
    (7, "广告: 十五分钟内补红包", "15分钟内补红包",
     "note: 第7行：“十五分钟内补红包”我按“15分钟内补红包”读了。"),
    (7, "广告: no", "不许", ""),
    (7, "发广告: 先问我", "先问", "note: 第7行：“先问我”我按“先问”读了。"),
    (8, "新人发链接: 第一天先问", "", "note: 第8行：“第一天先问”我按“第1天先问”读了。"),
    (8, "新人发链接: 第3天先问", "前3天先问", "note: 第8行：“第3天先问”我按“前3天先问”读了。"),
    (8, "新人 发链接: 前三天不许", "前3天不许", "note: 第8行：“前三天不许”我按“前3天不许”读了。"),
    (9, "*刷屏*: 提醒", "", "note: 第9行：“刷屏*”我按“刷屏”读了。"),
    (9, "刷屏\u200b: 提醒", "", "note: 第9行：看不见的字符我跳过了。"),
    (9, "刷 屏 ： 提 醒", "", "note: 第9行：“提 醒”我按“提醒”读了。"),
    (11, "骂人: 告诉我", "", "note: 第11行：“告诉我”我按“悄悄告诉我”读了。"),
    (12, "夜里不出声: 23：00－07：00", "",
     "note: 第12行：“23：00－07：00”我按“23:00-07:00”读了。"),
    (12, "夜里不出声: 晚上11点到早上7点", "",
     "note: 第12行：“晚上11点到早上7点”我按“23:00-07:00”读了。"),
    (12, "夜里不出声: 晚上十点半到早上六点半", "22:30-06:30",
     "note: 第12行：“晚上十点半到早上六点半”我按“22:30-06:30”读了。"),
    (12, "夜间免打扰: 23:00~7:00", "", "note: 第12行：“23:00~7:00”我按“23:00-07:00”读了。"),
    (12, "夜里不出声: 11pm to 7am", "", "note: 第12行：“11pm to 7am”我按“23:00-07:00”读了。"),
    (12, "夜里不出声: 晚上12点到早上7点", "00:00-07:00",
     "note: 第12行：“晚上12点到早上7点”我按“00:00-07:00”读了。"),
    (13, "昵称: “名称-地区-职业”", "", "note: 第13行：两头的引号我没算进去。"),
    (14, "自己的: 创富节，chuangfu.example,客服小美", "", ""),
    (14, "自己的: 创富节；chuangfu.example; @客服小美", "", ""),
    (14, "自己的: 创富节 客服小美", "创富节、客服小美",
     "note: 第14行：空格我当“、”读了：创富节、客服小美。"),
    (14, "自己的: [公众号，腾讯文档]", "公众号、腾讯文档", "note: 第14行：两头的括号我没算进去。"),
    (14, "自己的:\n  - 创富节\n  - 客服小美", "创富节、客服小美", ""),
    (14, "自己的:\n－创富节\n－客服小美", "创富节、客服小美", ""),
    (14, "自己的:\n1. 创富节\n2. 客服小美", "创富节、客服小美", ""),
    (15, "欢迎: #置顶# 欢迎{新人}", "'#置顶# 欢迎{新人}'", ""),
    (15, "欢迎: 欢迎{新人}， #新人# 看这里", "'欢迎{新人}， #新人# 看这里'", ""),
    (15, "欢迎: 欢迎｛新人｝", "欢迎{新人}", "note: 第15行：“｛｝”我按“{}”读了。"),
    (15, "欢迎: [公告] 欢迎{新人}: 看“群规”", "'[公告] 欢迎{新人}: 看“群规”'", ""),
    (15, "欢迎: “欢迎{新人}”", "欢迎{新人}", "note: 第15行：两头的引号我没算进去。"),
    (15, "欢迎: @新人 欢迎", "'@新人 欢迎'", ""),
    (15, "欢迎: 欢迎{新人} # 每天都有人来", "欢迎{新人}", ""),
    (15, "----------\n欢迎: 欢迎{新人}", "欢迎{新人}", ""),
]  # fmt: skip

WHAT = "一行写一项，像“广告: 不许”；接着上一行的话，前面空两格。"
NIGHT = "要写从几点到几点，像“23:00-07:00”；不要就写“不管”。"
NAMED: list[tuple[int, str, str]] = [
    (2, "群:", "error: 第2行：“群”后面没写群名。"),
    (3, "群类型: 推荐",
     ("error: 第3行：“群类型”不能写“推荐”，只能是：聊天 / 家长 / 二手 / 业主 / 学习 / 会员 / 推广"
     " / 币圈。是不是“推广”？")),
    (3, "群类形: 推广", "error: 第3行：没有“群类形”这一项。是不是“群类型”？"),
    (3, "【群类型】推广", f"error: 第3行：“【群类型】推广”我看不懂：{WHAT}"),
    (6, "状态: 试运行 / 上岗",
     ("error: 第6行：“状态”不能写“试运行 / 上岗”，只能是：试运行 / 先问 / 上岗 / 停。"
     "是不是“试运行”？")),
    (7, "广告: 三分钟发红包",
     ("error: 第7行：“广告”不能写“三分钟发红包”，只能是：不许 / 先问 / 3分钟内补红包 / 可以。"
     "是不是“3分钟内补红包”？")),
    (7, "广告: 0分钟内补红包", "error: 第7行：“0分钟内补红包”里的数要在1到60之间。"),
    (7, "广告:", "warning: 第7行：“广告”后面没写东西，我当没写。"),
    (7, "广告，不许", f"error: 第7行：“广告，不许”我看不懂：{WHAT}"),
    (9, "刷屏: 提醒 处罚",
     "error: 第9行：“刷屏”不能写“提醒 处罚”，只能是：提醒 / 处罚 / 不管。是不是“提醒”？"),
    (10, "黄毒赌和诈骗: 处罚",
     "error: 第10行：没有“黄毒赌和诈骗”这一项。是不是“黄赌毒和诈骗”？"),
    (10, "骂人: 提醒", "error: 第11行：“骂人”写了两次，第10行已经有了，留一个。"),
    (12, "夜里不出声: 11点到7点",
     "error: 第12行：“11点到7点”有20个小时，是不是写反了？夜里请按24小时写，像“23:00-07:00”。"),
    (12, "夜里不出声: 23:00", f"error: 第12行：“夜里不出声”不能写“23:00”，{NIGHT}"),
    (12, "夜里不出声: 25:00-07:00", f"error: 第12行：“夜里不出声”不能写“25:00-07:00”，{NIGHT}"),
    (13, "昵称: -", "warning: 第13行：“昵称”后面只有一个“-”，我当没写。"),
    (15, "欢迎: 欢迎{新人名字}",
     "error: 第15行：“欢迎”里没有“{新人名字}”可填，能填的是 {新人}。"),
    (15, "欢迎: 欢迎{新人}\n这里聊创业", f"error: 第16行：“这里聊创业”我看不懂：{WHAT}"),
    (15, "处罚: 提醒、歇7、请出", "error: 第15行：“歇7”是7分钟、7小时还是7天？写清楚，像“歇7天”。"),
    (15, "处罚: 提醒、拍死",
     "error: 第15行：“处罚”里不能写“拍死”，只能是：提醒 / 歇1天 / 请出，中间用“、”隔开。"),
    (15, "放行: shimo.im kdocs.cn",
     "error: 第15行：“shimo.im kdocs.cn”不像一个网址，像 shimo.im 这样写，几个之间用“、”隔开。"),
    (15, "满员: 快满了告诉我", "error: 第15行：“满员”要写到多少人告诉你，像“480人告诉我”。"),
    (15, "定时:\n  有空的时候: 早安",
     ("error: 第15行：“有空的时候: 早安”我看不懂："
     "写哪天几点，像“每天 08:30: 早安”“周五 20:00: 聊聊”。")),
]  # fmt: skip

KEYS = (
    "", "", "groups", "kind", "owner", "admin_chat", "mode", "ads", "newcomer_links", "flood",
    "scams", "insults", "night", "nickname", "ours", "welcome",
)  # fmt: skip


def test_the_list_is_long() -> None:
    """At least 42 different slips are tried, as first-hour.md asks."""
    slips = {line for _, line, *_ in (*AS_MEANT, *NAMED)}
    assert len(AS_MEANT) + len(NAMED) == len(slips)
    assert len(slips) >= 42


@pytest.mark.parametrize(("number", "line", "read", "note"), AS_MEANT)
def test_a_slip_is_read_as_it_was_meant(number: int, line: str, read: str, note: str) -> None:
    """Every other line keeps its meaning, and what was read by grace is told."""
    text = with_line(number, line)
    expected = {**meant(FIRST), **({KEYS[number]: read} if read else {})}
    assert expected == meant(text)
    assert not note or note in new(text)
    assert all(one.startswith("note: ") for one in new(text))


@pytest.mark.parametrize(("number", "line", "sentence"), NAMED)
def test_a_slip_that_cannot_be_read_is_named(number: int, line: str, sentence: str) -> None:
    """The sentence has the line and the choices, and every other line keeps its meaning."""
    text = with_line(number, line)
    assert sentence in told(text)
    concerned = {KEYS[number], "insults" if line.startswith("骂人") else ""}
    expected = {key: value for key, value in meant(FIRST).items() if key not in concerned}
    assert expected == {key: value for key, value in meant(text).items() if key in expected}


def test_a_whole_file_with_chinese_colons() -> None:
    """A file in which every colon is the full-width one means the same."""
    assert meant(FIRST) == meant(FIRST.replace(":", "："))


@pytest.mark.parametrize(
    ("codec", "name"), [("gbk", "GBK"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")]
)
def test_what_notepad_writes_is_read(codec: str, name: str) -> None:
    """A file saved as GBK or UTF-16 means the same, and is told of."""
    text = FIRST.replace("🌱", "")
    note = f"note: 第1行：文件是按 {name} 存的，我照样读了；存成 UTF-8 最稳。"
    assert meant(text) == meant(text.encode(codec))
    assert note in told(text.encode(codec))


def test_a_file_name_that_notepad_made() -> None:
    """`群规.yaml.txt` is read, with a note."""
    found = load(FIRST, file="群规.yaml.txt").faults
    assert "第1行：文件名后面多了“.txt”，我照样读了；去掉最好。" in [one.message for one in found]


def test_all_faults_at_once() -> None:
    """Three slips of a file are told together, in the order of its lines."""
    text = with_line(3, "群类型: 推荐", with_line(7, "广告: 发", with_line(10, "黄毒赌: 处罚一")))
    errors = [fault.place.line for fault in faults(text) if fault.level == "error"]
    assert [3, 7, 10] == errors


def test_an_english_file_is_answered_in_english() -> None:
    """The sentence is in the language of the file."""
    text = "groups: Flea Market\nkind: market\nowner: Alice\nads: noo\n"
    sentence = "line 4: “ads” cannot be “noo”; it is one of: no / ask / red packet within 3m / yes."
    assert f"error: {sentence} Did you mean “no”?" in told(text)
