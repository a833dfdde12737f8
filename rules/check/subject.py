"""A rule file as the checks look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules.decision import Mode
from rules.files import Loaded
from rules.files.nodes import Node
from rules.files.schema import RuleFile
from rules.ruleset import Rule, Ruleset


class Numbered(NamedTuple):
    """A rule, and its number in the whole file: the way to it is `rules[number]`."""

    number: int
    rule: Rule


class Subject(NamedTuple):
    """What a file says together with all that it extends, in three forms."""

    file: str
    root: Node
    says: RuleFile
    ruleset: Ruleset

    def rules(self) -> Iterator[Numbered]:
        """The rules that are not off, with their numbers."""
        for n, rule in enumerate(self.ruleset.rules):
            if rule.mode is not Mode.OFF:
                yield Numbered(n, rule)

    def own(self) -> Iterator[Numbered]:
        """Those of the rules that stand in the file itself."""
        return (one for one in self.rules() if one.rule.file == self.file)


def subject_of(loaded: Loaded) -> Subject | None:
    """The subject, or None of a file with errors."""
    says, ruleset, effective = loaded.says, loaded.ruleset, loaded.effective
    if says is None or ruleset is None or effective is None:
        return None
    return Subject(loaded.file, effective.document.root, says, ruleset)
