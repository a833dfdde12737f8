"""Which home folder a command is about: that of `--home`, else that of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, load_settings

HomeFolder = Annotated[
    Path | None,
    typer.Option("--home", help="The bot's home folder; QUNGUAN_HOME if it is not given."),
]


def settings_of(home: Path | None) -> Settings:
    """The settings, with this home if one is named."""
    settings = load_settings()
    return settings if home is None else settings.model_copy(update={"home": home})
