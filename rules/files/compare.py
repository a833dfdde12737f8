"""What is different between two rule files, as data: rules, lists, and everything else they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from pydantic import BaseModel

from rules.files.data import plain
from rules.files.effective import Document
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.schema import RuleFile
from rules.files.schema_rule import Rule
from rules.files.trees import child, entries_of, one_or_more, scalar, without

Change = tuple[str, str]
"""What was written, and what is; "" where nothing is written."""

_APART = ("rules", "lists", "extends", "tests", "equivalent")
_EXAMPLES = ("match", "pass")


class Difference(Struct, frozen=True, kw_only=True):
    """What B has more, less or other than A; changes by the way to the value, `then.strikes`.

    Lists that are new or gone are those whose words are all added or removed.
    """

    rules_added: tuple[str, ...] = ()
    rules_removed: tuple[str, ...] = ()
    rules_changed: Mapping[str, Mapping[str, Change]] = {}
    words_added: Mapping[str, tuple[str, ...]] = {}
    words_removed: Mapping[str, tuple[str, ...]] = {}
    file_changed: Mapping[str, Change] = {}

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return self == Difference()


def compare(a: Document, b: Document) -> Difference:
    """The way from document A to B, both without errors.

    Compared is what they mean: a key with the value that it has anyway is no difference, nor are
    examples and tests, and a rule that B has renamed is the same rule.
    """
    before, after = _rules(a), _rules(b)
    former = {one: _former(rule, before) for one, rule in after.items()}
    changed = {one: _changes(before[old], after[one], Rule) for one, old in former.items() if old}
    words = _words(a), _words(b)
    return Difference(
        rules_added=tuple(one for one, old in former.items() if not old),
        rules_removed=tuple(one for one in before if one not in former.values()),
        rules_changed={one: changes for one, changes in changed.items() if changes},
        words_added=_more(*words),
        words_removed=_more(*reversed(words)),
        file_changed=_changes(without(a.root, _APART), without(b.root, _APART), RuleFile),
    )


def _rules(document: Document) -> dict[str, MapNode]:
    rules = one_or_more(child(document.root, "rules"))
    return {scalar(child(rule, "id")): without(rule, _EXAMPLES) for rule in rules}


def _former(rule: Node, before: Mapping[str, Node]) -> str:
    """The id that the rule had before, "" if there was no such rule."""
    names = (child(rule, "id"), *one_or_more(child(rule, "was")))
    return next((scalar(name) for name in names if scalar(name) in before), "")


def _words(document: Document) -> dict[str, list[str]]:
    lists = entries_of(child(document.root, "lists"))
    return {name.text: [scalar(word) for word in one_or_more(words)] for name, words in lists}


def _more(
    some: Mapping[str, list[str]], others: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    """The words of each list that it does not have among `some`."""
    known = {name: set(words) for name, words in some.items()}
    found = {
        name: tuple(word for word in words if word not in known.get(name, ()))
        for name, words in others.items()
    }
    return {name: words for name, words in found.items() if words}


def _changes(a: MapNode, b: MapNode, model: type[BaseModel]) -> dict[str, Change]:
    """What is written otherwise under the keys that mean something else."""
    means, meant = (model.model_validate(plain(one)).model_dump(by_alias=True) for one in (b, a))
    other = {key for key, value in means.items() if value != meant[key]}
    old, new = (
        {
            path: text
            for key, value in entries_of(one)
            if key.text in other
            for path, text in _flat(value, key.text)
        }
        for one in (a, b)
    )
    return {
        path: (old.get(path, ""), new.get(path, ""))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    }


def _flat(node: Node, path: str) -> Iterator[tuple[str, str]]:
    """Every text in the node with the way to it; a list of texts is one."""
    if isinstance(node, ScalarNode):
        yield path, node.text
    elif isinstance(node, ListNode) and all(isinstance(one, ScalarNode) for one in node.items):
        yield path, ", ".join(map(scalar, node.items))
    elif isinstance(node, ListNode):
        for n, item in enumerate(node.items):
            yield from _flat(item, f"{path}[{n}]")
    for key, value in entries_of(node):
        yield from _flat(value, f"{path}.{key.text}")
