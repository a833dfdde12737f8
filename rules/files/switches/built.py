"""Plain data as the nodes of a rule file."""

from __future__ import annotations

from collections.abc import Mapping

from rules.files.faults import Place
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.switches.effects import Data
from rules.files.switches.sentences import Said
from rules.files.switches.switch import ZH


def node(data: Data, place: Place, language: str = ZH, n: int | None = None) -> Node:
    """Plain data as nodes that all stand at one place."""
    if isinstance(data, Said):
        data = data.zh if language == ZH else data.en
    if isinstance(data, str):
        text = data if n is None else data.replace("{n}", str(n))
        return ScalarNode(text=text, place=place, quoted=True)
    if isinstance(data, Mapping):
        entries = tuple(
            (key(name, place), node(value, place, language, n)) for name, value in data.items()
        )
        return MapNode(entries=entries, place=place)
    return ListNode(items=tuple(node(item, place, language, n) for item in data), place=place)


def key(text: str, place: Place) -> ScalarNode:
    """A key of a mapping."""
    return ScalarNode(text=text, place=place, quoted=False)
