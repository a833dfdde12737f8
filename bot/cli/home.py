"""`qunguan init`, `backup` and `restore`: a home folder is made, kept safe, and brought back."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.clock import SystemClock
from bot.settings import load_settings
from bot.storage.backup import backup as save
from bot.storage.backup import restore as bring_back

RULES = "rules.yaml"

_WORDS = {
    "zh": """写好了：{path}
现在是【试运行】：只看不说，不碰任何人。
  看看我怎么管群    qunguan run {folder}
  查一查有没有写错  qunguan check {path}
  开始管：把这一行  mode: shadow
          改成      mode: enforce
""",
    "en": """Written: {path}
It is in TRIAL: the bot reads, says nothing in the group and touches nobody.
  see it at work     qunguan run {folder}
  look for mistakes  qunguan check {path}
  go live: change    mode: shadow
           to        mode: enforce
""",
}


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(init)
    app.command()(backup)
    app.command()(restore)


def init(
    folder: Annotated[Path, typer.Argument(help="The home folder to make.")],
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The language of the rule file.")
    ] = None,
) -> None:
    """Make a home folder with a commented rule file, in trial mode."""
    path = folder / RULES
    if path.exists():
        sys.stderr.write(f"qunguan: {path} is there already; choose another folder or edit it\n")
        raise typer.Exit(1)
    language = lang or load_settings().speaks
    source = resources.files("bot").joinpath("starter", f"{language}.yaml")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
    except OSError as error:
        sys.stderr.write(f"qunguan: cannot make {path}: {error.strerror}; choose another folder\n")
        raise typer.Exit(1) from None
    sys.stdout.write(_WORDS[language].format(path=path, folder=folder))


def backup(
    target: Annotated[Path, typer.Argument(help="Where the copy goes.")],
) -> None:
    """Copy the database of the home, also while the bot runs."""
    settings = load_settings()
    save(settings.database, target)
    sys.stdout.write(f"saved to {target}\n")


def restore(
    source: Annotated[Path, typer.Argument(help="A copy that `qunguan backup` made.")],
) -> None:
    """Bring a copy back. The bot must be stopped; what was there is kept beside it."""
    settings = load_settings()
    replaced = bring_back(source, settings.database, home=settings.home, now=SystemClock().now)
    kept = f"; what was there is in {replaced}" if replaced else ""
    sys.stdout.write(f"restored into {settings.home}{kept}\n")
