"""Rule files for the tests of checks."""

from __future__ import annotations

from adapters.simulator.room import ALIKE
from rules.check import analysed
from rules.files import Fault, load

FILE = """\
pack: p
locale: en
applies_to: { platforms: [telegram] }
lists: { two: [qqzx, qqzy] }
"""


def found(text: str, *, head: str = FILE) -> list[Fault]:
    """What is found in a file without faults."""
    loaded = load(head + text, file="p.yaml")
    assert loaded.ruleset is not None, loaded.faults
    return analysed(loaded, ALIKE)


def rule(when: str, *more: str, id_: str = "a", then: str = "{ say: no }") -> str:
    """A rule, with its condition and keys."""
    lines = [f"  - id: {id_}", "    title: T", f"    when: {when}", *(f"    {o}" for o in more)]
    return "\n".join([*lines, f"    then: {then}", ""])


def messages(*rules: str) -> list[str]:
    """What is said about a file with these rules, without hints."""
    return [f"{one.level} {one.path}: {one.message}" for one in found("rules:\n" + "".join(rules))]
