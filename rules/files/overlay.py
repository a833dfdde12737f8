"""One rule file laid over what it extends, as nodes: every value keeps the place it came from.

Which files are laid over one another is for `rules.files.effective` to say; whether the whole is a
valid rule file, for the models.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace
from pydantic import ValidationError

from rules.files.data import faults_of, plain
from rules.files.faults import Fault, Place, did_you_mean, quoted
from rules.files.library import Library
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.origins import Origin, written
from rules.files.schema_written import OF_ITS_OWN, Override
from rules.files.trees import child, entries_of, joined, one_or_more, scalar, without
from rules.files.values import is_off
from rules.files.wordlists import listed
from rules.phrases import NOTHING, Key, phrase

WHOLE: Final = frozenset(("when", "except"))
"""A condition is replaced, never mixed with another."""

EXAMPLES: Final = frozenset(("match", "pass"))
"""What was true of a rule before its condition was replaced."""

LEFT_ALONE: Final = "pass"
"""The examples that every file adds to those of the files that it extends."""

REMOVABLE: Final = frozenset(("unless", "except", "at_most", "greeting", "quiet"))
"""What `off` takes away, where an extended file says it."""


class Overlay:
    """Lays files over one another, and notes what was changed and what could not be.

    `changed` are the places of values that took the place of another's; `origins` tells of each
    rule that was changed, by its place, where; `lists` has the sha256 of each file of words.
    """

    def __init__(self, file: str, library: Library) -> None:
        self.faults: list[Fault] = []
        self.changed: set[Place] = set()
        self.origins: dict[Place, Origin] = {}
        self.lists: dict[str, str] = {}
        self._file = file
        self._library = library

    def branch(self) -> Overlay:
        """Another that begins with what this one has changed, and leaves this one as it is."""
        other = Overlay(self._file, self._library)
        other.changed, other.origins, other.lists = (
            set(self.changed),
            dict(self.origins),
            self.lists,
        )
        return other

    def documents(self, below: MapNode, above: MapNode) -> MapNode:
        """The file `above` over all that it extends."""
        kept = MapNode(entries=without(below, OF_ITS_OWN).entries, place=above.place)
        return _settled(joined(kept, above, self._section))

    def exception(self, document: MapNode, group: ScalarNode, says: Node) -> MapNode:
        """The document for one group, of which the file says something else."""
        self.faults += [
            Fault(
                place=key.place,
                message=phrase("an exception has no {key} of its own", key=Key(key.text)),
                hint=phrase("leave it out, or write a file for this group"),
            )
            for key, _ in entries_of(says)
            if key.text in OF_ITS_OWN
        ]
        where = entries_of(child(document, "applies_to"))
        platforms = tuple(one for one in where if one[0].text == "platforms")
        own = MapNode(entries=((_GROUPS, group), *platforms), place=group.place)
        kept = without(document, OF_ITS_OWN - {"schema", "pack", "title"})
        above = MapNode(
            entries=((_APPLIES_TO, own), *without(says, OF_ITS_OWN).entries), place=says.place
        )
        return _settled(joined(kept, above, self._section))

    def _section(self, key: str, below: Node | None, above: Node) -> Node:
        """The value of a key of the whole file."""
        if key == "rules" and isinstance(above, ListNode):
            return self._rules(below, above)
        if key == "lists" and isinstance(above, MapNode):
            return joined(_map(below, above), above, self._list)
        if key == "signs" and isinstance(above, MapNode):
            return joined(_map(below, above), above, self._replaced)
        return self._value(key, below, above)

    def _value(self, key: str, below: Node | None, above: Node) -> Node:
        if isinstance(below, MapNode) and isinstance(above, MapNode) and key not in WHOLE:
            kept = without(below, _outdone(above)) if key == "then" else below
            return _settled(joined(kept, above, self._value))
        if key == LEFT_ALONE and below is not None:
            self.changed.add(above.place)
            items = (*one_or_more(below), *one_or_more(above))
            return ListNode(items=items, place=above.place)
        return self._replaced(key, below, above)

    def _replaced(self, _: str, below: Node | None, above: Node) -> Node:
        if below is not None:
            self.changed.add(above.place)
        return above

    def _list(self, name: str, below: Node | None, above: Node) -> Node:
        if not isinstance(above, MapNode):
            return self._replaced(name, below, above)
        found = listed(above, below, self._library)
        self.faults += [_within(f"lists.{name}", fault) for fault in found.faults]
        self.lists.update(found.files)
        return self._replaced(name, below, found.words)

    def _rules(self, below: Node | None, above: ListNode) -> ListNode:
        """The extended rules as this file changes them, then its own."""
        extended = list(one_or_more(below))
        own: list[Node] = []
        for n, item in enumerate(above.items):
            path = f"rules[{n}]"
            if isinstance(item, MapNode) and child(item, "use") is not None:
                self._override(extended, item, path)
            elif self._is_new(extended, item, path):
                own.append(item)
        return ListNode(items=(*extended, *own), place=above.place)

    def _override(self, extended: list[Node], item: MapNode, path: str) -> None:
        """Change every rule that the item names."""
        wrong = [_within(path, fault) for fault in _wrong(item)]
        self.faults += wrong
        for name in one_or_more(child(item, "use")):
            meant = [n for n, rule in enumerate(extended) if scalar(name) in _names(rule)]
            for n in meant if not wrong else ():
                extended[n] = self._overridden(extended[n], item)
            if not meant and isinstance(name, ScalarNode):
                self.faults.append(_unknown(name, extended, f"{path}.use"))

    def _overridden(self, rule: Node, item: MapNode) -> Node:
        said = {key.text for key, _ in item.entries}
        kept = without(rule, EXAMPLES if said & WHOLE else ())
        before = self.origins.get(rule.place, Origin(place=rule.place))
        overrides = (*before.overrides, item.place)
        self.origins[rule.place] = Origin(place=rule.place, overrides=overrides)
        return _settled(joined(kept, without(item, {"use"}), self._value))

    def _is_new(self, extended: list[Node], item: Node, path: str) -> bool:
        """Whether the id of a rule is free; if not, the fault names both places."""
        own = child(item, "id")
        taken = next((rule for rule in extended if scalar(own) in _ids(rule) - {""}), None)
        if own is None or taken is None:
            return True
        at = written(taken.place, self._file)
        message = phrase("the id {own} is taken by a rule of {at}", own=quoted(scalar(own)), at=at)
        hint = phrase(
            "write use: {own} to change that rule, or give this one another id", own=scalar(own)
        )
        self.faults.append(Fault(place=own.place, message=message, hint=hint, path=f"{path}.id"))
        return False


def _map(node: Node | None, other: MapNode) -> MapNode:
    """The node if it is a mapping; else an empty one, where the other stands."""
    return node if isinstance(node, MapNode) else MapNode(entries=(), place=other.place)


def _settled(node: MapNode) -> MapNode:
    """The mapping without what `off` takes away."""
    left = tuple(
        (key, value)
        for key, value in node.entries
        if key.text not in REMOVABLE or not is_off(scalar(value))
    )
    return MapNode(entries=left, place=node.place)


def _settled_within(node: Node) -> Node:
    if not isinstance(node, MapNode):
        return node
    entries = tuple((key, _settled_within(value)) for key, value in _settled(node).entries)
    return MapNode(entries=entries, place=node.place)


def _outdone(then: MapNode) -> set[str]:
    """The measures of a breach that do not fit the ones that take their place."""
    gone = {"severity"} if child(then, "strikes") is not None else set[str]()
    gone |= {"strikes"} if child(then, "severity") is not None else set()
    gone |= {"aggravate", "start_at"} if scalar(child(then, "strikes")) == "0" else set()
    return gone


def _wrong(item: MapNode) -> list[Fault]:
    """What is wrong with an override, whatever it changes."""
    try:
        Override.model_validate(plain(_settled_within(item)))
    except ValidationError as error:
        return faults_of(item, error, Override)
    return []


def _within(path: str, fault: Fault) -> Fault:
    """The fault with the whole way to its value."""
    return replace(fault, path=".".join(filter(None, (path, fault.path))))


def _names(rule: Node) -> set[str]:
    """What `use` may call a rule by."""
    return {*_ids(rule), scalar(child(rule, "category"))} - {""}


def _ids(rule: Node) -> set[str]:
    """What the rule is and was called."""
    return {scalar(one) for key in ("id", "was") for one in one_or_more(child(rule, key))}


def _unknown(name: ScalarNode, extended: list[Node], path: str) -> Fault:
    names = sorted({one for rule in extended for one in _names(rule)})
    message = phrase("no extended rule has the id or the category {name}", name=quoted(name.text))
    hint = did_you_mean(name.text, names) or (
        NOTHING if names else phrase("name what has it under extends:")
    )
    return Fault(place=name.place, message=message, hint=hint, path=path)


_NOWHERE: Final = Place(line=1, column=1)
_APPLIES_TO: Final = ScalarNode(text="applies_to", place=_NOWHERE, quoted=False)
_GROUPS: Final = ScalarNode(text="groups", place=_NOWHERE, quoted=False)
