"""`qunguan schema`: what editors need to complete and check rule files."""

from __future__ import annotations

import json
import sys

import typer

from rules.files.jsonschema import either


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(schema)


def schema() -> None:
    """Print the JSON Schema of rule files in both forms, each key in English and in Chinese."""
    sys.stdout.write(json.dumps(either(), ensure_ascii=False, indent=1) + "\n")
