"""The rule files of a home folder: read, and where one is broken, its last good copy instead."""

from __future__ import annotations

from datetime import datetime
from errno import EINVAL
from pathlib import Path

from rules.files import Fault, Loaded, load, load_pack
from rules.rulebook import Rulebook
from rules.ruleset import Ruleset

LARGEST = 5_000_000  # bytes; rules.files refuses more, so more is not read


class RuleFiles:
    """What the folder says now. `faults` are of the files as they stand, by file name.

    With `keeps`, a file that is good is copied aside, for the day on which it is not.
    """

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        self.folder = folder
        self._keeps = keeps
        self.faults: dict[str, tuple[Fault, ...]] = {}
        self.rulebook = Rulebook(())
        self.switched_at: datetime | None = None

    def read(self) -> Rulebook:
        """Read every rule file anew. A file with an error keeps its last good copy in force."""
        found = [one for path in rule_files(self.folder) if (one := self._read(path)) is not None]
        names = {path.name for path in rule_files(self.folder)}
        self.faults = {name: one for name, one in self.faults.items() if name in names}
        self.rulebook = Rulebook(tuple(found))
        return self.rulebook

    @property
    def errors(self) -> list[str]:
        """The faults for which a file was refused, as file:line:column and a sentence."""
        return [
            fault.render(name)
            for name, faults in self.faults.items()
            for fault in faults
            if fault.level == "error"
        ]

    def _read(self, path: Path) -> Ruleset | None:
        loaded = load_file(path)
        self.faults[path.name] = loaded.faults
        kept = self.folder / ".last-good" / path.name
        if loaded.ruleset is not None:
            if self._keeps:
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(path.read_bytes())
            return loaded.ruleset
        return load_file(kept, name=path.name).ruleset if kept.exists() else None


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, by name."""
    return sorted(path for path in folder.glob("*.yaml") if path.is_file())


def load_file(path: Path, *, name: str = "") -> Loaded:
    """Load one rule file; OSError if it cannot be read, or is no file."""
    if path.exists() and not path.is_file():
        raise OSError(EINVAL, "it is no file: name a rule file, such as rules.yaml")
    with path.open("rb") as file:
        source = file.read(LARGEST + 1)
    return load(source, file=name or path.name, packs=load_pack)
