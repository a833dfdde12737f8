"""Whether the tests of a rule file notice small changes of its own rules.

The changes are those of `rules.files.mutants`. Only tests that a change can touch are run: the
examples of the rules that came out different, and the timelines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.ruletests import Suite, some_results, unspared
from rules.files import Loaded
from rules.files.compile import recompiled
from rules.files.faults import Place
from rules.files.mutants import Mutant, of_rule, of_sign
from rules.ruleset import Ruleset

ENOUGH: Final = 95  # percent of the changes, for tests that are worth their name


class Judged(NamedTuple):
    """A change, where it is made, whether a test noticed it, and why none can ("": one should)."""

    name: str
    place: Place
    is_noticed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What became of all changes of a file; `stale` are those that it excuses for nothing."""

    judged: tuple[Judged, ...]
    stale: tuple[str, ...] = ()

    @property
    def counted(self) -> list[Judged]:
        """Those that are noticed, or that nothing excuses."""
        return [one for one in self.judged if one.is_noticed or not one.reason]

    @property
    def missed(self) -> list[Judged]:
        """Those that a test should notice, and none does."""
        return [one for one in self.counted if not one.is_noticed]

    @property
    def percent(self) -> int:
        """The share that is noticed, rounded down; of none, all are."""
        total = len(self.counted)
        return 100 * (total - len(self.missed)) // total if total else 100


def mutants(loaded: Loaded) -> list[Mutant]:
    """Every small change of the rules and signs that stand in the file itself, in its order."""
    says, ruleset = loaded.says, loaded.ruleset
    if says is None or ruleset is None:
        return []
    own = {rule.id for rule in ruleset.rules if rule.file == loaded.file}
    changes = [one for rule in says.rules if rule.id in own for one in of_rule(rule)]
    signs = (name for name in says.signs if not loaded.place("signs", name).file)
    return changes + [one for name in signs for one in of_sign(name, says.signs[name])]


def judged(
    loaded: Loaded, suites: Sequence[Suite], step: Callable[[], None] = lambda: None
) -> Score:
    """What the tests notice. `suites` pass as they are; `step` is called after each change."""
    reasons = {one.mutant: one.reason for suite in suites for one in suite.says.equivalent}
    found: list[Judged] = []
    suites = [unspared(suite) for suite in suites]
    for mutant in mutants(loaded):
        name = mutant.name
        is_noticed = any(_notices(suite, mutant) for suite in suites)
        found.append(Judged(name, _place(loaded, mutant), is_noticed, reasons.get(name, "")))
        step()
    needed = {one.name for one in found if not one.is_noticed}
    return Score(tuple(found), tuple(name for name in reasons if name not in needed))


def _notices(suite: Suite, mutant: Mutant) -> bool:
    changed = recompiled(suite.ruleset, mutant.on(suite.says))
    rules = _differing(suite.ruleset, changed)
    return any(not one.passed for one in some_results(suite, changed, rules))


def _differing(before: Ruleset, after: Ruleset) -> set[str]:
    others = {rule.id: rule for rule in after.rules}
    return {rule.id for rule in before.rules if others.get(rule.id) != rule}


def _place(loaded: Loaded, mutant: Mutant) -> Place:
    section = "signs" if mutant.is_sign else "rules"
    return loaded.place(section, mutant.of, *mutant.loc)
