"""The operator's rule file while examples are tried in it: read, loaded and tested aside."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from bot.atomic import replace
from bot.history.given import in_force
from bot.rulefiles import Home
from bot.ruletests import run
from rules.files import Loaded, load
from rules.ruleset import Ruleset


class RefusedError(Exception):
    """Something that is not done; `key` is that of the sentence, `values` fill it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Text(Struct, frozen=True, kw_only=True):
    """One state of the file: its bytes, what they were loaded to, and its rules in force."""

    source: bytes
    loaded: Loaded
    ruleset: Ruleset

    @property
    def failures(self) -> dict[str, str]:
        """What its tests say that fail, by their names."""
        failed = (one.said(self.loaded.tongue) for one in run(self.loaded) if not one.passed)
        return {one.name: one.message for one in failed}


class RuleFile:
    """One rule file. What cannot be done is a RefusedError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Text:
        """The file as it stands."""
        return self.aside(self._source())

    def aside(self, source: bytes) -> Text:
        """The file as if it held these bytes."""
        home = Home(self.path.parent)
        loaded = load(source, file=self.path.name, library=home)
        if loaded.ruleset is None:
            errors = (one.render(self.path.name) for one in loaded.faults if one.level == "error")
            raise RefusedError("faults", faults="\n".join(errors))
        return Text(source=source, loaded=loaded, ruleset=in_force(loaded.ruleset))

    def write(self, source: bytes, *, over: bytes) -> None:
        """Write the file whole, if it still holds what it held."""
        if self._source() != over:
            raise RefusedError("changed", file=self.path.name)
        try:
            replace(self.path, source)
        except OSError as error:
            raise RefusedError("no_write", file=str(self.path), why=str(error.strerror)) from None

    def _source(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise RefusedError("no_read", file=str(self.path), why=str(error.strerror)) from None
