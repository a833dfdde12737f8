"""The words of a comparison in both languages; what `bot.trial` says already is said the same."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from bot.trial import words as trial


@cache
def words_of(language: str) -> Mapping[str, str]:
    """All words of a comparison, by key."""
    file = resources.files("bot.impact").joinpath(f"{language}.toml")
    own = {key: str(value) for key, value in tomllib.loads(file.read_text("utf-8")).items()}
    return {**trial.words_of(language), **own}
