"""`qunguan backup` and `restore`: a home folder is kept safe, and brought back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.homes import HomeFolder, settings_of
from bot.clock import SystemClock
from bot.storage.backup import backup as save
from bot.storage.backup import restore as bring_back


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(backup)
    app.command()(restore)


def backup(
    target: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    home: HomeFolder = None,
) -> None:
    """Copy the database of the home, also while the bot runs."""
    settings = settings_of(home)
    save(settings.database, target)
    sys.stdout.write(f"saved to {target}\n")


def restore(
    source: Annotated[Path, typer.Argument(help="A copy that `qunguan backup` made.")],
    home: HomeFolder = None,
) -> None:
    """Bring a copy back. The bot must be stopped; what was there is kept beside it."""
    settings = settings_of(home)
    replaced = bring_back(source, settings.database, home=settings.home, now=SystemClock().now)
    kept = f"; what was there is in {replaced}" if replaced else ""
    sys.stdout.write(f"restored into {settings.home}{kept}\n")
