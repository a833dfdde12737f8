"""Single rules of a rule file as it is written: their text, and what each says as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rules.files.data import plain
from rules.files.effective import read_in_english
from rules.files.nodes import MapNode, Node
from rules.files.source import lines_of
from rules.files.switches import read_switches
from rules.files.switches.document import Document
from rules.files.switches.lines import decoded
from rules.files.switches.texts import lines_about, own_of, said_in
from rules.files.trees import child, one_or_more, scalar, without

Said = tuple[dict[str, object], dict[str, object]]
_TESTS = ("match",)  # what `pass` names is an exception as well


def rules_in(source: bytes) -> Said | None:
    """What each rule of a file says, by its id or by what it changes, and what all else says.

    What changes no decision, its tests, is left out. None if the file cannot be read.
    """
    switches = read_switches(source, file="")
    if switches is not None:
        return said_in(switches.document)
    root, _ = read_in_english(source)
    if not isinstance(root, MapNode):
        return None
    rules = {
        scalar(child(one, "id")) or f"use {' '.join(_used(one))}": plain(without(one, _TESTS))
        for one in _rules(root)
    }
    rest = without(root, ("rules", "tests"))
    return rules, {key.text: plain(value) for key, value in rest.entries}


def texts_of(source: bytes, rule: str, category: str) -> Iterator[tuple[int, str]]:
    """Where a file says what a rule is, and where it changes it: the line, and the text.

    A change is one of the rule, or of its category ("" if it has none).
    """
    switches = read_switches(source, file="")
    names = {rule, category} - {""}
    if switches is not None:
        yield from _switched(source, switches.document, rule, names)
        return
    rows = lines_of(source.decode("utf-8", "replace"))
    for one in _rules(read_in_english(source)[0]):
        if _is(one, rule) or names.intersection(_used(one)):
            yield one.place.line, _text(rows, one.place.line, one.place.column)


def category_in(source: bytes, rule: str) -> str:
    """The category that a file in the full form gives a rule; "" if it gives none."""
    root = None if read_switches(source, file="") else read_in_english(source)[0]
    found = (scalar(child(one, "category")) for one in _rules(root) if _is(one, rule))
    return next(found, "")


def _switched(
    source: bytes, document: Document, rule: str, names: Collection[str]
) -> Iterator[tuple[int, str]]:
    text, _ = decoded(source) or ("", "")
    rows = lines_of(text)
    own = own_of(document, rule)
    if own is not None:
        yield own.line.number, _text(rows, own.line.number, own.line.column)
    for numbers in lines_about(document, names):
        yield numbers[-1], "\n".join(rows[number - 1].rstrip() for number in numbers)


def _rules(root: Node | None) -> tuple[Node, ...]:
    return one_or_more(child(root, "rules"))


def _used(item: Node) -> tuple[str, ...]:
    """The rules and categories that an item changes."""
    return tuple(map(scalar, one_or_more(child(item, "use"))))


def _is(one: Node, rule: str) -> bool:
    return scalar(child(one, "id")) == rule


def _text(rows: list[str], line: int, column: int) -> str:
    """From the line of an item up to the first that is indented less than what stands in it."""
    first, indent = line - 1, column - 1
    end = first + 1
    while end < len(rows) and _belongs(rows[end], indent):
        end += 1
    return "\n".join(rows[first:end]).rstrip()


def _belongs(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) >= indent
