"""Examples written into files in the full form: what is added, and that every other byte stays."""

from __future__ import annotations

import pytest

from rules.files import load
from rules.files.leave import example_of, leave_alone
from tests.switchfiles import FIRST

ASKED = "发票: 加我 'ok'"
ITEM = "'发票: 加我 ''ok'''"


APPEND = """\
pack: a
rules:
  - id: ad
    why: |
      一
  # 下一条
  - id: b
topics: []
"""
COMMENT_LIKE = """\
pack: a
rules:
  - id: ad
    why: |
      一
      # 二
"""
OVERRIDE = """\
pack: a
extends: b
rules:
  - id: x
    why: y

topics: []
"""
USED = """\
pack: a
rules:
  - use: ad
    mode: ask
  - use: [ad, b]
"""
ADDED = "    pass:\n      - {}\n"
FLOW = "pass: [\"发票: 加我 'ok'\""
RULES = "pack: a\nrules:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"{RULES}  - id: ad\n    pass:\n      - 一 # 说\n\n  - id: b\n",
            f"{RULES}  - id: ad\n    pass:\n      - 一 # 说\n      - {{}}\n\n  - id: b\n",
        ),
        (
            f"{RULES}- id: ad\n  pass:\n  - |\n    一\n    二\n",
            f"{RULES}- id: ad\n  pass:\n  - {{}}\n  - |\n    一\n    二\n",
        ),
        (
            f"{RULES}- {{ id: ad, pass: [ 一 ] }}  # 说\n",
            f"{RULES}- {{ id: ad, {FLOW},  一 ] }}  # 说\n",
        ),
        (f"{RULES}- {{ id: ad, pass: [] }}\n", f"{RULES}- {{ id: ad, {FLOW}] }}\n"),
        (APPEND, APPEND.replace("  # 下", f"{ADDED}  # 下")),
        (COMMENT_LIKE, COMMENT_LIKE.replace("    why", f"{ADDED}    why")),
        (f"{RULES}  - {{ id: ad, why: 一 }}\n", f"{RULES}  - {{ {FLOW}], id: ad, why: 一 }}\n"),
        (OVERRIDE, OVERRIDE.replace("\n\n", f"\n  - use: ad\n{ADDED}\n")),
        (USED, USED.replace("ask\n", f"ask\n{ADDED}")),
        ("pack: a\nextends: b", f"pack: a\nextends: b\nrules:\n  - use: ad\n{ADDED}"),
        (
            "pack: a\nrules: [{ use: b, mode: ask }]\n",
            f"pack: a\nrules: [{{ use: ad, {FLOW}] }}, {{ use: b, mode: ask }}]\n",
        ),
        ("pack: a\nrules: []\n", f"pack: a\nrules: [{{ use: ad, {FLOW}] }}]\n"),
        (
            "代号: a\n规则:\n  - 编号: x\n",
            "代号: a\n规则:\n  - 编号: x\n  - 改: ad\n    这些别管:\n      - {}\n",
        ),
    ],
)
def test_where_an_example_is_written(before: str, after: str) -> None:
    """Behind what is there, in its way of writing; where that cannot be, in front of it."""
    wanted = after.replace("{}", ITEM)
    found = leave_alone(before.encode(), ASKED, ["ad"])
    assert found is not None
    assert wanted == found.decode()
    windows = leave_alone(before.replace("\n", "\r\n").encode(), ASKED, ["ad"])
    assert windows is not None
    assert wanted == windows.decode().replace("\r\n", "\n")


def test_all_rules_that_hit_get_it() -> None:
    """Each rule gets the example of its own, and the file loads."""
    own = "{ id: b, title: B, when: { words: [bb] }, then: {} }"
    text = f"pack: a\nextends: [ads.zh]\nrules:\n  - {own}\n"
    found = leave_alone(text.encode(), ASKED, ["ads-perhaps", "b"])
    assert found is not None
    loaded = load(found, file="a.yaml")
    assert loaded.ruleset is not None, loaded.faults
    assert ["ads-perhaps", "b"] == sorted(one.id for one in loaded.ruleset.rules if one.spares)


def test_a_file_of_switches() -> None:
    """It has a list for all rules; the encoding stays."""
    found = leave_alone(FIRST.encode("gb18030"), ASKED, ["ads"])
    assert f"{FIRST}这些别管:\n  - {ITEM}\n".encode("gb18030") == found


@pytest.mark.parametrize(
    "source", ["pack: [", "rules: {}\n", "- a\n", "pack: a\nrules:\n  ad: x\n"]
)
def test_a_file_that_cannot_be_written_in(source: str) -> None:
    """Nothing is written that would mean something else than one more example."""
    assert leave_alone(source.encode(), ASKED, ["ad"]) is None


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("一\n 二\t三", "一 二 三"),
        ("a\u200bb\u202e", "ab"),
        ("# 一 # 二 #三", "一 二 #三"),
        ("👍\n……", ""),
        ("", ""),
    ],
)
def test_a_message_as_an_example(text: str, example: str) -> None:
    """It is one line without what nobody sees; without a letter there is nothing to compare."""
    assert example == example_of(text)
