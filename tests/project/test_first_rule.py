"""What docs/first-rule*.md lets a newcomer write is read without a word, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.ruletests import run
from rules.files import Loaded, load

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"zh": "first-rule.zh-CN.md", "en": "first-rule.md"}


def written(page: str) -> Loaded:
    """The file that somebody has who does what the page says."""
    blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    assert 2 == len(blocks)
    return load("".join(blocks), file="rules.yaml")


@pytest.mark.parametrize("page", PAGES.values())
def test_the_walk_is_read_as_meant(page: str) -> None:
    """Nothing but notes on what a later version will do."""
    loaded = written(page)
    assert loaded.ruleset is not None
    assert [] == [fault for fault in loaded.faults if fault.level != "note"]
    assert "shadow" == loaded.ruleset.mode


@pytest.mark.parametrize("page", PAGES.values())
def test_the_examples_of_the_walk_hold(page: str) -> None:
    """The rule of one's own has examples of both sorts, and they come out as they are written."""
    loaded = written(page)
    assert loaded.ruleset is not None
    own = next(rule for rule in loaded.ruleset.rules if rule.id.startswith("own-"))
    assert own.match
    assert own.passes
    results = [one for one in run(loaded) if one.name.startswith(own.title)]
    assert len(own.match) + len(own.passes) == len(results)
    assert [] == [one.name for one in results if not one.passed]
