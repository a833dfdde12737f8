"""Names: their parts, and which are in a format."""

from __future__ import annotations

import pytest

from rules.conditions import Nickname
from rules.conditions.names import is_in_format, parts_of
from tests.builders import posted, view

FORMAT = "名称-地区-职业"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("小李-上海-会计", 3),
        ("小李－上海—会计", 3),
        ("小李_上海/会计", 3),
        ("小李·上海|会计", 3),
        ("小李+上海 会计", 3),
        ("小李　上海・会计", 3),
        ("小李--上海", 2),
        ("-小李-🌱-", 1),
        ("", 0),
        ("小李上海会计", 1),
        ("Ann Berlin-baker 2", 4),
    ],
)
def test_parts_stand_between_any_separators(name: str, parts: int) -> None:
    """What holds no letter is no part; full width is no difference."""
    assert parts == len(parts_of(name))
    assert (parts >= 3) is is_in_format(name, FORMAT)


def test_the_condition_looks_at_the_name() -> None:
    """Not at what was said."""
    condition = Nickname(format="M-1")
    assert None is condition.ask(view(posted("a-b-c", by="m1")))
    found = condition.ask(view(posted("x", by="m-1")))
    assert found is not None
    assert {"format": "M-1"} == found[0].values
