"""A document written out as one YAML file, with the places of what its nearer files changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from rules.files.effective import Document
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.origins import written
from rules.files.schema_written import OF_ITS_OWN
from rules.files.trees import child, entries_of, one_or_more, without

_WIDTH: Final = 100  # columns that a list may take in one line
_PLAIN: Final = re.compile(r"[\w/+<.][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*", re.UNICODE)
_NEEDS_QUOTES: Final = re.compile(r": |:$| #|\s$|[\[\]{},]|^[.<]{2,}")


def shown(document: Document, file: str) -> str:
    """The document as a rule file that extends nothing and means the same.

    A rule that another file brought in has its place behind it, and so has every value that took
    the place of another one. `file` is what the file that was asked about is called.
    """
    writer = _Writer(document, file)
    return "".join(f"{line}\n" for line in writer.lines())


class _Writer:
    """Writes nodes as lines; comments stand behind the key or the dash that they are about."""

    def __init__(self, document: Document, file: str) -> None:
        self._document = document
        self._file = file
        self._rules = {
            rule.place for rule in one_or_more(child(document.root, "rules")) if rule.place.file
        }

    def lines(self) -> Iterator[str]:
        """The document without what it extends, which is in it; first what is the file's own."""
        entries = entries_of(without(self._document.root, {"extends"}))
        for key, value in sorted(entries, key=lambda entry: entry[0].text not in OF_ITS_OWN):
            yield from self._entry(key, value, "")

    def _entry(self, key: ScalarNode, value: Node, indent: str) -> Iterator[str]:
        note = self._note(value)
        short = _short(value)
        if short is not None:
            yield f"{indent}{_scalar(key.text)}: {short}{note}"
        else:
            yield f"{indent}{_scalar(key.text)}:{note}"
            yield from self._block(value, f"{indent}  ")

    def _block(self, node: Node, indent: str) -> Iterator[str]:
        for key, value in entries_of(node):
            yield from self._entry(key, value, indent)
        for item in node.items if isinstance(node, ListNode) else ():
            yield from self._item(item, indent)

    def _item(self, item: Node, indent: str) -> Iterator[str]:
        short = _short(item)
        if short is not None:
            yield f"{indent}- {short}"
            return
        first, *others = self._block(item, f"{indent}  ")
        origin = f"  # {written(item.place, self._file)}" if item.place in self._rules else ""
        yield f"{indent}- {first.removeprefix(f'{indent}  ')}{origin}"
        yield from others

    def _note(self, value: Node) -> str:
        changed = value.place in self._document.changed
        return f"  # {written(value.place, self._file)}" if changed else ""


def _short(node: Node) -> str | None:
    """The node in one line, if it fits: a text, an empty mapping, a short list of texts."""
    if isinstance(node, ScalarNode):
        return _scalar(node.text)
    if isinstance(node, MapNode):
        return None if node.entries else "{}"
    texts = [_scalar(one.text) for one in node.items if isinstance(one, ScalarNode)]
    line = f"[{', '.join(texts)}]"
    return line if len(texts) == len(node.items) and len(line) <= _WIDTH else None


def _scalar(text: str) -> str:
    """The text so that it is read as it is: in quotes, where YAML would take it for something."""
    if _PLAIN.fullmatch(text) and not _NEEDS_QUOTES.search(text):
        return text
    return json.dumps(text, ensure_ascii=False)
