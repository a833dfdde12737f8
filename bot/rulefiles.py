"""The rule files of a home folder: read, and where one is broken, its last good copy instead."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from errno import EINVAL
from functools import cached_property
from pathlib import Path

from rules.files import SHIPPED, Fault, Found, Loaded, clashes, load, names_of
from rules.rulebook import Rulebook

KEPT = ".good"  # the folder in a home where the last good copies are
TESTS = ".test.yaml"  # how the file of tests beside a rule file ends
ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")  # how the names of rule files end
LARGEST = 5_000_000  # bytes; rules.files refuses more, so more is not read


class Home:
    """The library of a folder: shipped packs, its own rule files by name, its lists of words.

    `prefix` stands before the names of its files, where people are told of them. `sources` are the
    files that were asked for, as they were read.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self.sources: dict[str, bytes] = {}
        self._folder = folder
        self._prefix = prefix

    def find(self, name: str) -> Found | None:
        """A shipped pack; or a file of the folder by its class, its pack or its own name."""
        file = self._files.get(name)
        return SHIPPED.find(name) or (self._found(file) if file is not None else None)

    def names(self) -> list[str]:
        """What `extends` may name."""
        return sorted({*SHIPPED.names(), *self._files})

    def words(self, file: str) -> Found | None:
        """A text file of the folder."""
        return self._found(file)

    def source(self, file: str) -> bytes:
        """What stands in a file, the same however often it is asked for; OSError if it cannot be
        read, or is no file.
        """
        if file not in self.sources:
            self.sources[file] = source_of(self._folder / file)
        return self.sources[file]

    def _found(self, file: str) -> Found | None:
        try:
            return Found(file=f"{self._prefix}{file}", source=self.source(file))
        except OSError:
            return None

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """The rule files of the folder by each of their names."""
        files: dict[str, str] = {}
        for path in rule_files(self._folder):
            found = self._found(path.name)
            for name in (*(names_of(found.source) if found else ()), path.stem):
                files.setdefault(name, path.name)
        return files


class RuleFiles:
    """What the folder says now. `faults` are of the files as they stand, by file name; `in_force`
    are those that count, each as it stands or as it was last good.

    With `keeps`, a file that is good is copied aside with all that it names, for the day on which
    it is not. `good` are the files that are in force as they stand, `sources` what was read for
    them.
    """

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        self.folder = folder
        self._keeps = keeps
        self.faults: dict[str, tuple[Fault, ...]] = {}
        self.in_force: list[Loaded] = []
        self.good: list[Loaded] = []
        self.sources: Mapping[str, bytes] = {}
        self.rulebook = Rulebook(())
        self.switched_at: datetime | None = None

    def read(self) -> Rulebook:
        """Read every rule file anew. A file with an error keeps its last good copy in force."""
        library = Home(self.folder)
        loaded = [
            load(library.source(path.name), file=path.name, library=library)
            for path in rule_files(self.folder)
        ]
        against = clashes(loaded)
        self.faults = {one.file: (*one.faults, *against.get(one.file, ())) for one in loaded}
        self.good = [one for one in loaded if self._is_good(one)]
        self.sources = library.sources
        self.in_force = [good for one in loaded if (good := self._good(one, library)) is not None]
        rulesets = [ruleset for one in self.in_force for ruleset in one.rulesets]
        self.rulebook = Rulebook(tuple(rulesets))
        return self.rulebook

    @property
    def errors(self) -> list[str]:
        """The faults for which a file was refused, as file:line:column and a sentence."""
        found = (
            fault.render(name)
            for name, faults in self.faults.items()
            for fault in faults
            if fault.level == "error"
        )
        return list(dict.fromkeys(found))

    def _is_good(self, loaded: Loaded) -> bool:
        return all(fault.level != "error" for fault in self.faults[loaded.file])

    def _good(self, loaded: Loaded, library: Home) -> Loaded | None:
        """The file, or if it has an error, its last good copy; None if it was never good."""
        kept = self.folder / KEPT / loaded.file
        if self._is_good(loaded):
            if self._keeps:
                _keep(loaded, library.sources, kept)
            return loaded
        good = kept / loaded.file
        return load_file(good, name=loaded.file) if good.exists() else None


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, by name; files of tests alone are none."""
    return sorted(path for path in folder.glob("*") if is_rule_file(path) and path.is_file())


def is_rule_file(path: Path) -> bool:
    """Whether a file of that name is one; an editor may have added `.txt` to it."""
    is_hidden = path.name.startswith(".")
    return not is_hidden and path.name.endswith(ENDINGS) and not path.name.endswith(TESTS)


def load_file(path: Path, *, name: str = "") -> Loaded:
    """Load one rule file, which may name others of its folder; OSError if it cannot be read, or is
    no file.
    """
    called = name or path.name
    library = Home(path.parent, called.removesuffix(path.name))
    return load(library.source(path.name), file=called, library=library)


def source_of(path: Path) -> bytes:
    """What stands in a file, up to one byte more than LARGEST; OSError if it cannot be read, or is
    no file: nobody waits for a pipe.
    """
    if path.exists() and not path.is_file():
        raise OSError(EINVAL, "it is no file: name a rule file, such as rules.yaml")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _keep(loaded: Loaded, sources: Mapping[str, bytes], folder: Path) -> None:
    """Copy a file, and those of the home that it names, into a folder of their own."""
    if loaded.effective is None:
        return
    named = {loaded.file, *loaded.effective.files, *loaded.effective.lists} & sources.keys()
    wanted = {folder / name: sources[name] for name in named}
    there = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if wanted == there:
        return
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path, source in wanted.items():
        copy = fresh / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
