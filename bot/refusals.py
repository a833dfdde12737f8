"""A rule file with mistakes, as events: which group's admins hear of it, and of its mending.

What they hear is `bot.undo`. Who looks into the log or the room sees all mistakes there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from bot.rulefiles import RuleFiles
from rules.events import OperatorCommanded, Saved
from rules.state import CommunityState, GroupState


def events_of(files: RuleFiles, state: CommunityState, at: datetime) -> list[OperatorCommanded]:
    """What is new about mistakes since the admins were last told."""
    return [
        OperatorCommanded(
            key=f"saved:{secrets.token_hex(8)}", at=at, seen_at=at, group=group.id, command=saved
        )
        for file in files.faults
        for group, saved in _news(_saved(files, file), _governed(files, file, state))
    ]


def _news(saved: Saved, groups: list[GroupState]) -> Iterator[tuple[GroupState, Saved]]:
    """A mistake is told in one group of many: whoever mends it need not read it sixty times."""
    told = [one for one in groups if saved.file in one.refused]
    if not saved.faults:
        yield from ((one, saved) for one in told)
    elif groups and all(one.refused[saved.file] != saved for one in told):
        yield ((told or groups)[0], saved)


def _saved(files: RuleFiles, file: str) -> Saved:
    """How a file stands. What is wrong in another rule file is told of that one."""
    others = files.faults.keys() - {file}
    faults = files.faults[file]
    errors = [one for one in faults if one.level == "error" and one.place.file not in others]
    if not errors:
        return Saved(file=file)
    first = errors[0]
    hint = f" ({first.hint})" if first.hint else ""
    return Saved(
        file=file,
        faults=len(errors),
        place=first.place.file or file,
        line=first.place.line,
        message=f"{first.message}{hint}",
    )


def _governed(files: RuleFiles, file: str, state: CommunityState) -> list[GroupState]:
    """The groups that a file has a part in, as it stands or as it was last good; by title."""
    rulesets = [
        ruleset
        for one in files.in_force
        if file == one.file or (one.effective is not None and file in one.effective.files)
        for ruleset in one.rulesets
    ]
    governed = [
        group
        for group in state.groups.values()
        if any(files.rulebook.governing(group) is one for one in rulesets)
    ]
    return sorted(governed, key=lambda one: (one.title, one.id))
