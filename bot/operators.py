"""What an operator's command means: in which groups, as which events; and what came of it in words.

Handing it to the bot is `bot.spool`, or `bot.app` where none runs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from bot.decide import decide
from rules.events import OperatorCommanded, Release, Undo
from rules.rulebook import Rulebook
from rules.state import CommunityState, GroupState

_SPAN = re.compile(r"(?:[0-9]{1,5}[smhd]){1,4}")
_PART = re.compile(r"([0-9]+)([smhd])")
_ALL_RULES = ": `qunguan rules` lists all by id and title"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class CommandError(Exception):
    """A command that cannot be carried out: what was expected, what was found, what to do."""


def since_of(written: str, now: datetime, zone: tzinfo) -> datetime:
    """The time that `14:00` (the last one), `2h` or `2026-11-21T14:00` means; CommandError."""
    if _SPAN.fullmatch(written):
        parts = _PART.findall(written)
        spans = (timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts)
        return now - sum(spans, timedelta(0))
    local = now.astimezone(zone)
    try:
        if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", written):
            hour, minute = map(int, written.split(":"))
            at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
            return at if at <= local else at - timedelta(days=1)
        found = datetime.fromisoformat(written)
    except ValueError:
        raise CommandError(
            f"--since must be a time of day, a span or a date such as 14:00, 2h or "
            f"{local:%Y-%m-%dT14:00}, but it is “{written}”"
        ) from None
    at = found if found.tzinfo is not None else found.replace(tzinfo=zone)
    if at > now:
        raise CommandError(f"--since is in the future ({written}): give a time that has passed")
    return at


def events_of(
    name: str, command: Release | Undo, groups: Sequence[GroupState], at: datetime
) -> list[OperatorCommanded]:
    """The events of a command, one for each group. `name`: no command had it before."""
    return [
        OperatorCommanded(
            key=f"operator:{name}:{group.id}", at=at, seen_at=at, group=group.id, command=command
        )
        for group in groups
    ]


def id_of(rule: str, rulebook: Rulebook, state: CommunityState) -> str:
    """The id that a rule has today, by its id, a former one or its title; CommandError if no file
    has the rule and it never did anything, or if several have the title.
    """
    rules = [one for ruleset in rulebook.rulesets for one in ruleset.rules]
    ids = {one.id for one in rules}
    known = ids | {case.rule for case in state.cases.values()}
    meant = {rule} & ids or {one.id for one in rules if rule in one.was} or {rule} & known
    meant = meant or {one.id for one in rules if rule == one.title}
    if not meant:
        names = sorted({*known, *(one.title for one in rules if one.title)})
        raise CommandError(f"there is no rule “{rule}”{_near(rule, names) or _ALL_RULES}")
    if len(meant) > 1:
        said = ", ".join(sorted(meant))
        raise CommandError(f"several rules are called “{rule}”: give the id of one of {said}")
    return meant.pop()


def that_matter(
    events: Sequence[OperatorCommanded], rulebook: Rulebook, state: CommunityState
) -> list[OperatorCommanded]:
    """Those of the events that would do anything: the others need not be journaled."""
    return [one for one in events if decide(rulebook, state, one).decision.actions]


def groups_named(state: CommunityState, named: str) -> list[GroupState]:
    """The group of that id or title, all for ""; CommandError if there is none, or several."""
    groups = sorted(state.groups.values(), key=lambda one: (one.title, one.id))
    if not named:
        return groups
    found = [one for one in groups if named in (one.id, one.title)]
    if len(found) == 1:
        return found
    if found:
        ids = ", ".join(one.id for one in found)
        raise CommandError(f"several groups are called “{named}”: give the id of one of {ids}")
    known = [one.title or one.id for one in groups]
    others = f": there is {', '.join(known[:8])}" if known else ": there is none yet"
    raise CommandError(f"no group is called “{named}”{_near(named, known) or others}")


def zone_of(rule: str, rulebook: Rulebook) -> tzinfo:
    """The clock of the file that has the rule, else of any, else UTC."""
    files = sorted(rulebook.rulesets, key=lambda one: one.rule(rule) is None)
    return files[0].timezone if files else UTC


def _near(found: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(found, known, 1, 0.6)
    return f": did you mean “{near[0]}”?" if near else ""
