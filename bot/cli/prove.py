"""`qunguan test`: the tests of rule files, what they reach, and whether they notice changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.faults import loaded_or_said, rule_files_of
from bot.cli.progress import Progress
from bot.mutation import ENOUGH, Score, judged, mutants
from bot.rulefiles import TESTS
from bot.ruletests import Reached, Suite, TestResult, results, suite_of, watched
from rules.files import Loaded
from rules.phrases import phrase, semicolons

Files = Annotated[list[Path], typer.Argument(help="Rule files, or folders of them.")]


class Likeness(StrEnum):
    """A platform whose groups timelines may be played in."""

    TELEGRAM = "telegram"
    WECHAT = "wechat"


@dataclass(frozen=True, slots=True)
class _Subject:
    """A rule file, and its suites: the tests inside it, then those of the file of tests beside."""

    path: Path
    loaded: Loaded
    suites: tuple[Suite, ...]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(name="test")(prove)


def prove(
    files: Files,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Also change each rule a little: does a test notice?")
    ] = False,
    platform: Annotated[
        Likeness | None, typer.Option(help="Play timelines in a group like those of this platform.")
    ] = None,
) -> None:
    """Run the tests of rule files: match, pass, and the timelines.

    Those of `NAME.test.yaml` belong to `NAME.yaml` beside it.
    """
    failed = False
    for path in _with_tests(files):
        subject = _subject(path, platform or "")
        failed |= subject is None or not _passes(subject, mutate)
    raise typer.Exit(1 if failed else 0)


def _with_tests(files: Sequence[Path]) -> list[Path]:
    """The rule files, without files of tests whose rule file is named as well."""
    paths = rule_files_of(files)
    return [path for path in paths if _tested_by(path) not in paths]


def _tested_by(path: Path) -> Path | None:
    is_tests = path.name.endswith(TESTS)
    return path.with_name(path.name.removesuffix(TESTS) + ".yaml") if is_tests else None


def _subject(path: Path, platform: str) -> _Subject | None:
    """The file with its suites; None, and its faults said, if it cannot be tested."""
    beside = path.with_name(path.stem + TESTS)
    loaded = [loaded_or_said(one) for one in (path, beside) if one == path or one.exists()]
    sound = [one for one in loaded if one is not None and one.ruleset is not None]
    if len(sound) < len(loaded):
        return None
    own, *others = sound
    if not all(_extends(one, own) for one in others):
        hint = f"to test {path.name}, write extends: [{path.stem}]"
        sys.stderr.write(f"{beside}:1:1: it does not extend the file that it is beside ({hint})\n")
        return None
    suites = [suite_of(one, platform=platform, only_own=True) for one in others]
    return _Subject(path, own, (suite_of(own, platform=platform), *suites))


def _extends(other: Loaded, own: Loaded) -> bool:
    """Whether a file has all rules of another."""
    ids = [{rule.id for rule in one.ruleset.rules} for one in (other, own) if one.ruleset]
    return ids[0] >= ids[1]


def _passes(subject: _Subject, mutate: bool) -> bool:
    """Run everything, say what came, and whether it is as it should be."""
    found, reached = _run(subject)
    spoken = subject.loaded.tongue
    failures = [one.said(spoken) for one in found if not one.passed]
    for one in failures:
        failed = phrase("FAILED {test}", test=one.name).said(spoken)
        sys.stdout.write(f"{subject.path}: {failed}\n{_indented(one)}\n")
    passed = len(found) - len(failures)
    said = phrase("{passed} of {count} tests passed", passed=passed, count=len(found))
    if reached.rules:
        said = semicolons([said, reached.said()])
    sys.stdout.write(f"{subject.path}: {said.said(spoken)}\n")
    if mutate and failures:
        sys.stdout.write("    nothing was changed: changes show when all tests pass\n")
    is_sound = not failures and (bool(found) or not reached.rules)
    return is_sound and (not mutate or _holds(subject))


def _run(subject: _Subject) -> tuple[list[TestResult], Reached]:
    """The results of all suites, and what they reached of the rules of the file itself."""
    reached = Reached()
    own = {rule.id for rule in subject.suites[0].ruleset.rules if rule.file == subject.loaded.file}
    found: list[TestResult] = []
    for suite in subject.suites:
        ruleset, seen = watched(suite.ruleset, own)
        found += results(suite, ruleset)
        reached = reached.joined(seen)
    return found, reached


def _holds(subject: _Subject) -> bool:
    """Change the file's rules, say what no test notices, and whether enough is noticed."""
    total = len(mutants(subject.loaded))
    if not total:
        return True
    with Progress(f"{subject.path.name}: changes", total) as progress:
        score = judged(subject.loaded, subject.suites, progress.step)
    for one in score.missed:
        place = f"{subject.path}:{one.place.line}:{one.place.column}"
        sys.stdout.write(f"{place}: no test notices: {one.name}\n")
    for name in score.stale:
        sys.stdout.write(f"{subject.path}: marked as equivalent for nothing: {name}\n")
    sys.stdout.write(_line(score))
    return score.percent >= ENOUGH and not score.stale


def _line(score: Score) -> str:
    noticed = len(score.counted) - len(score.missed)
    excused = len(score.judged) - len(score.counted)
    also = f", {excused} equivalent" if excused else ""
    return f"    mutation {score.percent} % ({noticed} of {len(score.counted)} noticed{also})\n"


def _indented(result: TestResult) -> str:
    return "\n".join(f"    {line}" for line in result.message.splitlines())
