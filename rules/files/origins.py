"""Where the values of several files merged into one come from."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from rules.files.faults import Fault, Place
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode


class Origin(Struct, frozen=True, kw_only=True):
    """Where a rule stands, and where it was changed, from the first change to the nearest.

    `spares` are the messages that operators' files tell it to leave alone.
    """

    place: Place
    overrides: tuple[Place, ...] = ()
    spares: tuple[str, ...] = ()


def written(place: Place, file: str) -> str:
    """The place as `file:line`; `file` is what the file that was asked about is called."""
    return f"{place.file or file}:{place.line}"


def stamped(node: Node, file: str) -> Node:
    """The node with every place in it as one of that file."""
    if isinstance(node, MapNode):
        return stamped_map(node, file)
    place = replace(node.place, file=file)
    if isinstance(node, ScalarNode):
        return ScalarNode(text=node.text, place=place, quoted=node.quoted)
    return ListNode(items=tuple(stamped(item, file) for item in node.items), place=place)


def stamped_map(node: MapNode, file: str) -> MapNode:
    """The mapping with every place in it as one of that file."""
    entries = [
        (replace(key, place=replace(key.place, file=file)), value) for key, value in node.entries
    ]
    place = replace(node.place, file=file)
    return MapNode(
        entries=tuple((key, stamped(value, file)) for key, value in entries), place=place
    )


def fault_in(fault: Fault, file: str) -> Fault:
    """The fault as one of that file."""
    return replace(fault, place=replace(fault.place, file=file))
