"""`qunguan undo`: everything that a rule did is taken back."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from bot.cli.command import Home, carry_out, looked_at, new_name
from bot.cli.homes import HomeFolder, settings_of
from bot.decide import decide
from bot.operators import events_of, groups_named, id_of, since_of, that_matter, zone_of
from rules.decision import Mode, softest
from rules.events import OperatorCommanded, Undo

Group = Annotated[str, typer.Option("--group", help="A group's title or id; all without it.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(undo)


def undo(
    rule: Annotated[
        str, typer.Option("--rule", help="The rule that was wrong, by its id or title.")
    ],
    since: Annotated[str, typer.Option("--since", help="From when: 14:00, 2h, 2026-11-21T14:00.")],
    group: Group = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done, and change nothing.")
    ] = False,
    home: HomeFolder = None,
) -> None:
    """Take back what a rule did: mutes, strikes and what followed from them; say sorry once."""
    with looked_at(settings_of(home)) as seen:
        rule = id_of(rule, seen.rulebook, seen.state)
        zone = zone_of(rule, seen.rulebook)
        command = Undo(rule=rule, since=since_of(since, seen.now, zone))
        for line in _lines(seen, command, group, dry_run=dry_run):
            sys.stdout.write(f"{line}\n")


def _lines(home: Home, command: Undo, group: str, *, dry_run: bool) -> Iterator[str]:
    name = new_name()
    groups = groups_named(home.state, group)
    events = events_of(name, command, groups, home.now)
    events = that_matter(events, home.rulebook, home.state)
    if not events:
        zone = zone_of(command.rule, home.rulebook)
        since = f"{command.since.astimezone(zone):%Y-%m-%d %H:%M}"
        yield home.words("nothing_undone", rule=command.rule, since=since)
    elif dry_run:
        yield from (home.told(decide(home.rulebook, home.state, one)) for one in events)
        yield home.words("dry")
    else:
        yield from carry_out(home, name, events)
        yield from _still_live(home, command.rule, events)


def _still_live(home: Home, rule: str, events: Sequence[OperatorCommanded]) -> Iterator[str]:
    """Whoever takes back what a rule did hardly wants it to go on."""
    places = []
    for group in (home.state.group(one.group) for one in events):
        ruleset = home.rulebook.governing(group)
        found, history = ruleset.rule(rule), group.history.get(rule)
        is_braked = history is not None and history.is_braked
        if found is None or is_braked:
            continue
        if softest(found.mode, ruleset.mode).hardness >= Mode.ASK.hardness:
            places.append(f"{found.file}:{found.line}")
    for place in dict.fromkeys(places):
        yield home.words("still_live", rule=rule, place=place)
