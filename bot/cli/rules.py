"""`qunguan rules`: what each rule did and how often it was right; versions, and the way back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from bot.cli.command import Home, carry_out, looked_at, new_name
from bot.cli.homes import HomeFolder, settings_of
from bot.cli.undo import Group
from bot.operators import events_of, groups_named, id_of, that_matter
from bot.precision import Record, record
from bot.storage import Version
from bot.versions import Change, change_of, named, roll_back, strangers
from rules.decision import softest
from rules.events import Release
from rules.ruleset import Rule, Ruleset
from rules.state import GroupState

WIDTH = 130  # characters of the table where no terminal says its own
COLUMNS = (
    "rule",
    "title",
    "category",
    "mode",
    "shadow",
    "acted",
    "asked",
    "confirmed",
    "overturned",
    "precision",
    "brake",
)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(rules)


def rules(
    group: Group = "",
    release: Annotated[
        str,
        typer.Option(
            "--release", help="Let a rule act again that has stopped itself: its id or title."
        ),
    ] = "",
    history: Annotated[bool, typer.Option("--history", help="List the versions.")] = False,
    rollback: Annotated[
        str, typer.Option("--rollback", help="Bring a version back, by its digest's beginning.")
    ] = "",
    home: HomeFolder = None,
) -> None:
    """Show each rule's mode, what it did, and how often it was right."""
    with looked_at(settings_of(home)) as seen:
        if release:
            _write(_released(seen, release, group))
        elif rollback:
            _write(_rolled_back(seen, rollback))
        elif history:
            _write(_history(seen))
        else:
            _show(seen, group)


def _released(home: Home, rule: str, group: str) -> Iterator[str]:
    rule = id_of(rule, home.rulebook, home.state)
    name, groups = new_name(), groups_named(home.state, group)
    events = events_of(name, Release(rule=rule), groups, home.now)
    events = that_matter(events, home.rulebook, home.state)
    if events:
        yield from carry_out(home, name, events)
    else:
        yield home.words("nothing_released", rule=rule)


def _history(home: Home) -> Iterator[str]:
    versions = home.store.versions()
    if not versions:
        yield home.words("no_versions")
    before: dict[str, Version] = {}
    digests = {one.digest for one in home.rulebook.rulesets}
    latest = {one.file: one for one in versions if one.digest in digests}
    for version in versions:
        change = change_of(home.store, version, before.get(version.file))
        line = home.words(
            "version",
            at=home.local(version.at),
            digest=version.digest,
            file=version.file,
            change=_change(home, change, is_first=version.file not in before),
        )
        yield line + (home.words("in_force") if latest.get(version.file) is version else "")
        before[version.file] = version


def _change(home: Home, change: Change | None, *, is_first: bool) -> str:
    if is_first:
        return home.words("version_first")
    if change is None:
        return home.words("version_unreadable")
    if change == Change():
        return home.words("version_same")
    counts = {"added": change.added, "removed": change.removed, "changed": change.changed}
    said = home.words("version_change", **{key: str(count) for key, count in counts.items()})
    if not change.files:
        return said
    files = home.words("version_files", files=home.words("list_separator").join(change.files))
    return f"{said}{files}" if any(counts.values()) else files.strip()


def _rolled_back(home: Home, prefix: str) -> Iterator[str]:
    version = named(home.store.versions(), prefix)
    folder = home.settings.home
    at = home.local(version.at)
    done = roll_back(home.store, folder, version, home.now)
    for one in done:
        kept = one.kept or "-"
        yield home.words("rolled_back", file=one.file, digest=version.digest, at=at, kept=kept)
    for name in strangers(home.store, version, folder):
        yield home.words("rolled_back_list", file=name)
    ends = "rolled_back_live" if done else "rolled_back_already"
    yield home.words(ends, digest=version.digest)


def _show(home: Home, group: str) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = max(console.width, WIDTH)
    groups = groups_named(home.state, group)
    shown = False
    for ruleset in home.rulebook.rulesets:
        governed = [one for one in groups if home.rulebook.governing(one) is ruleset]
        if governed or not group:
            shown = True
            console.print(_heading(home, ruleset, governed), highlight=False, markup=False)
            console.print(_table(home, ruleset, governed))
    if not shown:
        console.print(home.words("no_rules"), highlight=False)


def _heading(home: Home, ruleset: Ruleset, governed: list[GroupState]) -> str:
    titles = home.words("list_separator").join(one.title or one.id for one in governed)
    return home.words(
        "ruleset",
        title=ruleset.title or ruleset.name,
        pack=ruleset.name,
        digest=ruleset.digest,
        groups=titles or home.words("no_groups"),
    )


def _table(home: Home, ruleset: Ruleset, governed: list[GroupState]) -> Table:
    table = Table(*(Column(home.words(f"column_{one}"), no_wrap=one == "rule") for one in COLUMNS))
    ids, separator = [one.id for one in governed], home.words("list_separator")
    for rule in ruleset.rules:
        mode = softest(rule.mode, ruleset.mode)
        found = record(home.state, (rule.id, *rule.was), ids)
        table.add_row(*_row(rule, home.words(f"mode_{mode}"), found, separator))
    return table


def _row(rule: Rule, mode: str, found: Record, separator: str) -> Iterator[str]:
    yield from (rule.id, rule.title, rule.category, mode)
    counts = (found.shadow, found.acted, found.asked, found.confirmed, found.overturned)
    yield from map(str, counts)
    precision = found.precision_percent
    yield "" if precision is None else f"{precision} %"
    yield separator.join(found.braked_in)


def _write(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
