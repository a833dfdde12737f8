"""Single rules of a rule file as it is written: their text, and what each says as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from rules.files.data import plain
from rules.files.effective import read_in_english
from rules.files.nodes import MapNode, Node
from rules.files.switches import read_switches
from rules.files.trees import child, one_or_more, scalar, without

Said = tuple[dict[str, object], dict[str, object]]
_TESTS = ("match",)  # what `pass` names is an exception as well


def rules_in(source: bytes) -> Said | None:
    """What each rule of a file says, by its id or by what it changes, and what all else says.

    What changes no decision, its tests, is left out. None if the file cannot be read.
    """
    root = _root(source)
    if not isinstance(root, MapNode):
        return None
    rules = {
        scalar(child(one, "id")) or f"use {' '.join(_used(one))}": plain(without(one, _TESTS))
        for one in _rules(root)
    }
    rest = without(root, ("rules", "tests"))
    return rules, {key.text: plain(value) for key, value in rest.entries}


def texts_of(source: bytes, rule: str) -> Iterator[tuple[int, str]]:
    """Where a file says what a rule is, and where it changes it: the line, and the text.

    A change is one of the rule, or of its category.
    """
    root = _root(source)
    lines = source.decode("utf-8", "replace").splitlines()
    names = {rule, *_categories(root, rule)}
    for one in _rules(root):
        if names.intersection((scalar(child(one, "id")), *_used(one))):
            yield one.place.line, _text(lines, one)


class _Whatever(tuple[str, ...]):
    """Every rule, category and list is in it: what a file extends is not at hand."""

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        return True


def _root(source: bytes) -> Node | None:
    """A file in the full form, with English keys."""
    switches = read_switches(source, file="")
    return read_in_english(source)[0] if switches is None else switches.root(_Whatever())


def _rules(root: Node | None) -> tuple[Node, ...]:
    return one_or_more(child(root, "rules"))


def _used(item: Node) -> tuple[str, ...]:
    """The rules and categories that an item changes."""
    return tuple(map(scalar, one_or_more(child(item, "use"))))


def _categories(root: Node | None, rule: str) -> Iterator[str]:
    for one in _rules(root):
        if scalar(child(one, "id")) == rule and scalar(child(one, "category")):
            yield scalar(child(one, "category"))


def _text(lines: list[str], item: Node) -> str:
    """From the line of an item up to the first that is indented less than what stands in it."""
    first, indent = item.place.line - 1, item.place.column - 1
    end = first + 1
    while end < len(lines) and _belongs(lines[end], indent):
        end += 1
    return "\n".join(lines[first:end]).rstrip()


def _belongs(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) >= indent
