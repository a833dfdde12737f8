"""`qunguan schema`: what editors need to complete and check rule files."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from rules.files.jsonschema import full_form, switches


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(schema)


def schema(
    short: Annotated[
        bool, typer.Option("--switches", help="Of files of fifteen plain lines.")
    ] = False,
) -> None:
    """Print the JSON Schema of rule files, each key in English and in Chinese."""
    text = json.dumps(switches() if short else full_form(), ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
