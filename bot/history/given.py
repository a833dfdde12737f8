"""The rules that a replay or a judgement goes by, taken as if they were in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.rulefiles import load_file
from rules.decision import Mode
from rules.files import Loaded, load, load_pack, merge
from rules.ruleset import Ruleset


class RulesError(Exception):
    """Rules that cannot be used; `faults` holds every reason with its file:line:column."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def rules_from(paths: Sequence[Path]) -> Ruleset:
    """All rules of these files, in force. RulesError names every fault of every file."""
    loaded = []
    faults = []
    for path in paths:
        try:
            loaded.append((str(path), load_file(path, name=str(path))))
        except OSError as error:
            faults.append(f"{path}: cannot be read ({error.strerror})")
    return _merged(loaded, faults)


def rules_from_packs(names: Sequence[str]) -> Ruleset:
    """All rules of these shipped packs, in force."""
    loaded = []
    faults = []
    for name in names:
        source = load_pack(name)
        if source is None:
            faults.append(f"{name}: there is no pack of this name, give rule files with --rules")
        else:
            loaded.append((name, load(source, file=f"{name}.yaml")))
    return _merged(loaded, faults)


def in_force(ruleset: Ruleset) -> Ruleset:
    """The ruleset without trial: what is off stays off, and what asks first still asks."""
    rules = tuple(replace(rule, mode=_mode(rule.mode, ruleset.mode)) for rule in ruleset.rules)
    return replace(ruleset, rules=rules, mode=Mode.ENFORCE)


def _mode(rule: Mode, file: Mode) -> Mode:
    if Mode.OFF in (rule, file):
        return Mode.OFF
    return Mode.ASK if Mode.ASK in (rule, file) else Mode.ENFORCE


def _merged(loaded: Sequence[tuple[str, Loaded]], faults: list[str]) -> Ruleset:
    for name, one in loaded:
        if one.ruleset is None:
            faults += [fault.render(name) for fault in one.faults]
    if faults:
        raise RulesError(faults)
    try:
        return merge([in_force(one.ruleset) for _, one in loaded if one.ruleset is not None])
    except ValueError as error:
        raise RulesError([str(error)]) from None
