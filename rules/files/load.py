"""Load a rule file: its text to a ruleset and its tests, or to all its faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources

from pydantic import ValidationError

from rules.files.compile import Source, compile_file
from rules.files.data import faults_of, path_of, place_of, plain
from rules.files.faults import Fault, did_you_mean, in_order, quoted
from rules.files.lint import Finding, expectations, findings, list_of, nothings
from rules.files.nodes import Node, read
from rules.files.schema import RuleFile
from rules.files.schema_tests import Timeline
from rules.ruleset import Ruleset

Packs = Callable[[str], bytes | None]
"""Gives the text of a shipped pack, or None if there is none of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of a rule file. `ruleset` is None if there is an error among `faults`.

    `tests` are its timeline tests; examples of single messages are with their rules.
    """

    file: str
    ruleset: Ruleset | None
    faults: tuple[Fault, ...]
    tests: tuple[Timeline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A file that was read: what it says (None: too broken), its faults, the packs it extends."""

    faults: tuple[Fault, ...]
    says: RuleFile | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    packs: tuple[Source, ...] = ()

    def source(self, file: str) -> Source | None:
        """The file, ready to be compiled; None if it has an error."""
        if self.says is None or any(fault.level == "error" for fault in self.faults):
            return None
        return Source(file=file, says=self.says, lines=self.lines)


def load(source: bytes | str, *, file: str, packs: Packs) -> Loaded:
    """Read a rule file that people call `file`; never raises for what stands in it."""
    reading = _read(source, packs)
    own = reading.source(file)
    if own is None:
        return Loaded(file=file, ruleset=None, faults=reading.faults)
    ruleset = compile_file(own, reading.packs)
    return Loaded(file=file, ruleset=ruleset, faults=reading.faults, tests=own.says.tests)


def load_pack(name: str) -> bytes | None:
    """The text of a shipped pack; None if there is none of that name."""
    if name not in shipped_packs():
        return None
    return (resources.files("rules") / "packs" / f"{name}.yaml").read_bytes()


def shipped_packs() -> list[str]:
    """The names of the shipped packs, in order."""
    folder = resources.files("rules") / "packs"
    files = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    return sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml"))


def _read(source: bytes | str, packs: Packs) -> _Reading:
    root, faults = read(source)
    if root is None:
        return _Reading(faults=tuple(faults))
    data = plain(root)
    extended, refused = _extended(data, packs)
    found = [*refused, *findings(data, _lists_of(extended))]
    found += expectations(data, {rule.id for pack in extended for rule in pack.says.rules})
    says: RuleFile | None = None
    try:
        says = RuleFile.model_validate(data)
    except ValidationError as error:
        faults += faults_of(root, error, RuleFile)
    faults += [_fault(root, one) for one in found]
    known = {fault.place for fault in faults}
    empty = [_fault(root, one) for one in nothings(data)]
    faults += [fault for fault in empty if fault.place not in known]
    return _Reading(
        faults=tuple(in_order(faults)),
        says=says,
        lines=_lines(root, says) if says is not None else {},
        packs=tuple(extended),
    )


def _extended(data: object, packs: Packs) -> tuple[list[Source], list[Finding]]:
    """The packs that a file extends, and what is wrong with those that it names in vain."""
    names = data.get("extends") if isinstance(data, Mapping) else None
    sources: list[Source] = []
    refused: list[Finding] = []
    for n, name in enumerate([names] if isinstance(names, str) else list_of(names)):
        pack = _pack(name, packs) if isinstance(name, str) else None
        if isinstance(pack, Source):
            sources.append(pack)
        elif pack is not None:
            refused.append(pack._replace(loc=("extends", n)))
    return sources, refused


def _pack(name: str, packs: Packs) -> Source | Finding:
    text = packs(name)
    if text is None:
        shipped = shipped_packs()
        hint = did_you_mean(name, shipped) or f"there are: {', '.join(shipped) or 'none'}"
        return Finding((), f"there is no pack {quoted(name)}", hint)
    file = f"{name}.yaml"
    reading = _read(text, _no_packs)
    source = reading.source(file)
    if source is None:
        first = next(fault for fault in reading.faults if fault.level == "error")
        return Finding((), f"the pack {quoted(name)} cannot be used", first.render(file))
    return source


def _no_packs(_: str) -> None:
    """A pack extends no other."""


def _lists_of(packs: list[Source]) -> dict[str, object]:
    return {name: list(words) for pack in packs for name, words in pack.says.lists.items()}


def _lines(root: Node, says: RuleFile) -> dict[str, int]:
    places = (place_of(root, ("rules", n)) for n in range(len(says.rules)))
    return {rule.id: place.line for rule, place in zip(says.rules, places, strict=True)}


def _fault(root: Node, found: Finding) -> Fault:
    return Fault(
        place=place_of(root, found.loc, key=found.at_key),
        message=found.message,
        hint=found.hint,
        path=path_of(found.loc),
        level="warning" if found.is_warning else "error",
    )
