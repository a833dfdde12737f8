"""`qunguan check`, `test` and `explain`: what a rule file says, proves, and why it decided."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.rulefiles import RuleFiles, load_file
from bot.ruletests import TestResult, run
from bot.settings import load_settings
from bot.storage import Store
from bot.whys import case_story
from rules.files import Loaded

Files = Annotated[list[Path], typer.Argument(help="Rule files.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(check)
    app.command(name="test")(test)
    app.command()(explain)


def check(files: Files) -> None:
    """Name every mistake in rule files, each as file:line:column."""
    broken = False
    for path in files:
        loaded = _load(path)
        if loaded is None:
            broken = True
            continue
        broken |= loaded.ruleset is None
        if loaded.ruleset is not None:
            sys.stdout.write(f"{path}: ok, {len(loaded.ruleset.rules)} rules\n")
    raise typer.Exit(2 if broken else 0)


def test(files: Files) -> None:
    """Run the tests inside rule files: match, pass, and the timelines."""
    failed = False
    for path in files:
        loaded = _load(path)
        if loaded is None or loaded.ruleset is None:
            failed = True
            continue
        results = run(loaded)
        for result in results:
            if not result.passed:
                sys.stdout.write(f"{path}: FAILED {result.name}\n{_indented(result)}\n")
        passed = sum(result.passed for result in results)
        sys.stdout.write(f"{path}: {passed} of {len(results)} tests passed\n")
        failed |= passed < len(results) or not results
    raise typer.Exit(1 if failed else 0)


def explain(
    case: Annotated[int, typer.Argument(help="The number of a case.")],
) -> None:
    """Say why a case was decided as it was: rule, evidence, strikes, and other platforms."""
    settings = load_settings()
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


def _load(path: Path) -> Loaded | None:
    """Load a file and print its faults; None if it cannot be read at all."""
    try:
        loaded = load_file(path, name=str(path))
    except OSError as error:
        sys.stderr.write(f"qunguan: cannot read {path}: {error.strerror}\n")
        return None
    for fault in loaded.faults:
        sys.stderr.write(f"{fault.render(str(path))}\n")
    return loaded


def _indented(result: TestResult) -> str:
    return "\n".join(f"    {line}" for line in result.message.splitlines())
