"""Looking into nodes and making others of them; nodes themselves never change."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rules.files.nodes import ListNode, MapNode, Node, ScalarNode


def child(node: Node | None, key: str) -> Node | None:
    """What stands under a key of a mapping; None if nothing does, or it is no mapping."""
    return next((value for name, value in entries_of(node) if name.text == key), None)


def entries_of(node: Node | None) -> tuple[tuple[ScalarNode, Node], ...]:
    """The keys of a mapping with their values; none of anything else."""
    return node.entries if isinstance(node, MapNode) else ()


def scalar(node: Node | None) -> str:
    """The text of a scalar; "" of anything else."""
    return node.text if isinstance(node, ScalarNode) else ""


def one_or_more(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; a single text stands for a list of one."""
    if isinstance(node, ListNode):
        return node.items
    return (node,) if isinstance(node, ScalarNode) else ()


def without(node: Node, keys: Collection[str]) -> MapNode:
    """The mapping without some keys; an empty one, if it is none."""
    entries = tuple(entry for entry in entries_of(node) if entry[0].text not in keys)
    return MapNode(entries=entries, place=node.place)


def joined(
    below: MapNode, above: MapNode, value: Callable[[str, Node | None, Node], Node]
) -> MapNode:
    """All keys of both; `value` says what stands under a key of the upper one."""
    entries = {key.text: (key, node) for key, node in below.entries}
    for key, node in above.entries:
        _, before = entries.get(key.text, (key, None))
        entries[key.text] = (key, value(key.text, before, node))
    return MapNode(entries=tuple(entries.values()), place=below.place)
