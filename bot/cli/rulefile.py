"""`qunguan explain`: why the bot decided as it did."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.effective import print_effective
from bot.cli.homes import HomeFolder, settings_of
from bot.clock import SystemClock
from bot.rulefiles import RuleFiles
from bot.storage import Store
from bot.whys import case_story


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(explain)


def explain(
    case: Annotated[int | None, typer.Argument(help="The number of a case.")] = None,
    effective: Annotated[
        str, typer.Option(help="In place of a case: a rule file, or a group's title or id.")
    ] = "",
    home: HomeFolder = None,
) -> None:
    """Say why a case was decided as it was; or with --effective, what rule files amount to."""
    if effective:
        print_effective(effective, home)
        return
    if case is None:
        raise typer.BadParameter("name the number of a case, or --effective and a group or file")
    settings = settings_of(home)
    store = Store.read(settings.database, home=settings.home, now=SystemClock().now)
    try:
        rulebook = RuleFiles(settings.home, keeps=False).read()
        story = case_story(store, rulebook, case, settings.speaks)
    finally:
        store.close()
    if story is None:
        sys.stderr.write(f"qunguan: there is no case {case} in {settings.home}\n")
        raise typer.Exit(1)
    sys.stdout.write(story)
