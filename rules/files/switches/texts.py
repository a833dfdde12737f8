"""What a file of switches says as plain data, and which of its lines are about a rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from rules.files.data import plain
from rules.files.switches.document import Document
from rules.files.switches.effects import EFFECTS, EFFECTS_OF_KIND, uses_of
from rules.files.switches.expand import Expansion, exceptional, expansion, overrides, root
from rules.files.switches.nested import OwnRule
from rules.files.switches.own import id_of
from rules.files.trees import child, one_or_more, scalar, without

_DERIVED: Final = ("schema", "pack", "title", "rules")
_TESTS: Final = ("match",)

# All that switches are about, whether the packs of today have it or not.
_KNOWN: Final = frozenset(
    name
    for effect in chain.from_iterable((*EFFECTS.values(), *EFFECTS_OF_KIND.values()))
    for name in uses_of(effect)
)


def said_in(document: Document) -> tuple[dict[str, object], dict[str, object]]:
    """What each own rule says, by its id, and what each switch and section says, by its name."""
    whole = root(document, _KNOWN)
    rules: dict[str, object] = {
        scalar(child(one, "id")): plain(without(one, _TESTS))
        for one in one_or_more(child(whole, "rules"))
        if child(one, "id") is not None
    }
    rest: dict[str, object] = {
        key.text: plain(value) for key, value in without(whole, _DERIVED).entries
    }
    one = expansion(document, _KNOWN)
    rest["kind"] = one.kind
    for key, effect, n in overrides(one):
        rest[f"switch {key}"] = (rest.get(f"switch {key}"), effect, n)
    return rules, rest


def own_of(document: Document, rule: str) -> OwnRule | None:
    """The own rule of an id."""
    return next((one for one in document.rules if id_of(one) == rule), None)


def lines_about(document: Document, names: Collection[str]) -> Iterator[tuple[int, ...]]:
    """The numbers of the lines that change a rule or its category: of a switch, or of the kind of
    group that sets it; for a single group its name first.
    """
    whole = expansion(document, _KNOWN)
    yield from ((line,) for line in _lines_about(whole, names))
    for each in document.exceptions:
        own = _lines_about(exceptional(whole, each), names)
        yield from ((each.line.number, line) for line in own if each.title)


def _lines_about(one: Expansion, names: Collection[str]) -> list[int]:
    keys = [key for key, effect, _ in overrides(one) if not set(names).isdisjoint(uses_of(effect))]
    written = (one.said.get(key) or one.said.get("kind") for key in keys)
    return list(dict.fromkeys(said.line for said in written if said is not None))
