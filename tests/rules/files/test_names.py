"""What other files may call a rule file by is read from it without a look at its lists."""

from __future__ import annotations

import pytest

from rules.files import names_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pack: a\nclass: b\nlists: { pack: [x] }\n", ["b", "a"]),
        ("格式: 1\n名称: a # 名\n群类: b\n", ["b", "a"]),
        ("# one line\n{ schema: 1, pack: a }\n", ["a"]),
        ("title: x\nrules:\n  - pack: inner\n", []),
        ("群: 创富孵化群\n负责人: 小李\n", []),
        ("pack: [a]\n", []),
        ("pack: 'a\n", []),
        ("", []),
    ],
)
def test_the_names_of_a_file(text: str, expected: list[str]) -> None:
    """Its class and its pack, in either language; none of what cannot be read."""
    assert expected == names_of(text.encode())
    assert expected == names_of(text.replace("\n", "\r\n").encode())
