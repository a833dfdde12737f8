"""Pages of `qunguan try` for tests: made under the rules of tests, and read as a reader does."""

from __future__ import annotations

import re
from pathlib import Path

from bot.trial import Month, month, page_of
from tests.bot.history.histories import RULES


def tried(path: Path, *, language: str | None = None, rules: str = RULES) -> Month:
    """The month of a file under the rules of tests."""
    file = path.parent / "own.rules.yaml"
    file.write_text(rules, encoding="utf-8")
    return month(path, [file], language=language, progress=lambda _: None)


def shown(path: Path, **options: str) -> str:
    """The page of a file."""
    return page_of(tried(path, **options))


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("</head>")[1]))
