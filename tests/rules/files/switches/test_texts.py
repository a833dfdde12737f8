"""What the lines of a file of switches say, one by one."""

import pytest

from rules.files import category_in, rules_in, texts_of

FILE = """\
群: 大群*
群类型: 推广
状态: 上岗   # 看过了
另外:
  大群7:
    广告: 不许
规则:
  - 名字: 不发代考
    说了: 代考
    就: 提醒
    这些要管:
      - 代考包过
  - 名字: 不发枪手
    说了: 枪手
"""
OWN = "own-17d31cd8"  # 不发代考


@pytest.mark.parametrize(
    ("was", "then", "rules", "rest"),
    [
        ("状态: 上岗   # 看过了", "状态: 先问", set(), {"mode"}),
        ("状态: 上岗   # 看过了", "状态：上岗", set(), set()),
        ("状态: 上岗", "刷屏: 处罚\n状态: 上岗", set(), {"switch flood"}),
        ("    广告: 不许", "    广告: 先问", set(), {"except_for"}),
        ("说了: 代考", "说了: 替考", {OWN}, set()),
        ("代考包过", "代考，包过", set(), set()),
    ],
)
def test_versions_differ_by_what_is_meant(
    was: str, then: str, rules: set[str], rest: set[str]
) -> None:
    """A switch, a group's exception or an own rule; comments, signs and examples are nothing."""
    assert FILE.count(was) == 1
    before, after = rules_in(FILE.encode()), rules_in(FILE.replace(was, then).encode())
    assert before is not None
    assert after is not None
    found = [
        {key for key in one if one[key] != old.get(key)}
        for one, old in zip(after, before, strict=True)
    ]
    assert [rules, rest] == found


def test_a_kind_of_group_changes_what_it_sets() -> None:
    """The kind itself, and the switches that are not written."""
    before, after = (rules_in(f"群: a\n群类型: {one}\n".encode()) for one in ("推广", "聊天"))
    assert before is not None
    assert after is not None
    differing = {key for key in after[1] if after[1][key] != before[1].get(key)}
    assert {"kind", *(f"switch {one}" for one in ("ads", "links", "cards", "private"))} == differing


def test_the_lines_about_a_rule() -> None:
    """The switch, or the kind that sets it; a group's exception under its name; an own rule."""
    source = FILE.encode()
    ads = list(texts_of(source, "ads-perhaps", "ads"))
    assert [(2, "群类型: 推广"), (6, "  大群7:\n    广告: 不许")] == ads
    ((line, text),) = texts_of(source, OWN, "")
    assert 8 == line
    assert text.splitlines()[0].endswith("名字: 不发代考")
    assert text.endswith("      - 代考包过")
    assert [] == list(texts_of(source, "nobody", ""))
    assert "" == category_in(source, OWN)


def test_what_nothing_says_has_no_line() -> None:
    """A file without a kind says nothing about rules of which it has no switch."""
    source = "群: 大群\n另外:\n  语音: 提醒\n  大群7:\n    刷屏: 处罚\n".encode()
    assert [] == list(texts_of(source, "ads", "ads"))


@pytest.mark.parametrize("source", [b"[", b"- a", b""])
def test_what_cannot_be_read_says_nothing(source: bytes) -> None:
    """A list, half a file and an empty one have no rules to compare or to quote."""
    assert rules_in(source) is None
    assert [] == list(texts_of(source, "ads", "ads"))
