"""A rule file in the full form, written cleanly: its comments, order and language stay.

Only when asked for it is rewritten into the other language. What it means never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct
from ruamel.yaml import YAML

from rules.files.chinese import (
    chinese_key,
    chinese_word,
    english_key,
    english_word,
    in_english,
)
from rules.files.faults import START, Fault, Place
from rules.files.keys import known_keys, known_words
from rules.files.nodes import LIMIT_BYTES, ListNode, MapNode, Node, ScalarNode, read
from rules.files.schema_written import Written
from rules.files.source import lines_of, text_of
from rules.files.switches.write import clean
from rules.files.tongue import tongue_of
from rules.phrases import phrase

Language = Literal["zh", "en"]
Loc = tuple[str | int, ...]

_NO_LIMIT: Final = 1 << 20  # columns: lines are not folded


class Tidied(Struct, frozen=True, kw_only=True):
    """The clean text; or, of a file that cannot be read, its faults and no text."""

    text: str = ""
    faults: tuple[Fault, ...] = ()


class _Edit(NamedTuple):
    """Words of the file, where they stand, and those that take their place."""

    place: Place
    typed: str
    becomes: str


class _Written:
    """Where ruamel writes to; io has no place in the pure part."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self.parts.append(part)


def tidy(source: bytes | str, *, to: Language | None = None) -> Tidied:
    """The file in its clean form, in its own language or in `to`."""
    switches = clean(source, to=to or "")
    if switches is not None:
        return Tidied(text=switches)
    text = text_of(source, limit_bytes=LIMIT_BYTES)
    if isinstance(text, Fault):
        return _refused(source, text)
    root, faults = read(text)
    if root is None or faults:
        return _refused(source, *faults)
    edits = list(_edits(root, (), to)) if to is not None else []
    written = _laid_out(_edited(text, edits))
    if _meaning(written) != _meaning(text):
        message = phrase("this file cannot be rewritten without changing what it says")
        return _refused(
            source, Fault(place=START, message=message, hint=phrase("it stays as it is"))
        )
    return Tidied(text=written)


def _refused(source: bytes | str, *faults: Fault) -> Tidied:
    spoken = tongue_of(source)
    return Tidied(faults=tuple(fault.said(spoken) for fault in faults))


def _laid_out(text: str) -> str:
    """The text as ruamel writes it: two spaces a level, lists indented, no line folded."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NO_LIMIT
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = _Written()
    yaml.dump(yaml.load("\n".join(lines_of(text))), written)
    lines = [line.rstrip() for line in b"".join(written.parts).decode().split("\n")]
    return "\n".join(lines).rstrip("\n") + "\n"


def _meaning(text: str) -> object:
    """What the file says: plain data with English keys and words."""
    root, _ = read(text)
    return None if root is None else _said(in_english(root, Written)[0], ())


def _said(node: Node, loc: Loc) -> object:
    if isinstance(node, MapNode):
        return [(key.text, _said(value, (*loc, key.text))) for key, value in node.entries]
    if isinstance(node, ListNode):
        return [_said(item, (*loc, n)) for n, item in enumerate(node.items)]
    return english_word(node.text, _words_at(loc)), node.is_empty


def _words_at(loc: Loc) -> tuple[str, ...]:
    """The words that a value is one of, also where it stands for a list or a condition."""
    if loc and loc[-1] == "link":
        return ("any",)
    short = ((), (0,), ("is", 0))
    return next(filter(None, (known_words(Written, (*loc, *more)) for more in short)), ())


def _edits(node: Node, loc: Loc, to: Language) -> Iterator[_Edit]:
    """Every key and every word of a choice, with its word in the language."""
    if isinstance(node, ScalarNode):
        yield from _edit(node, _words_at(loc), _WORD[to])
    elif isinstance(node, ListNode):
        for n, item in enumerate(node.items):
            yield from _edits(item, (*loc, n), to)
    else:
        known = known_keys(Written, loc)
        for key, value in node.entries:
            yield from _edit(key, known, _KEY[to])
            yield from _edits(value, (*loc, english_key(key.text, known)), to)


def _edit(
    node: ScalarNode, known: Sequence[str], write: Callable[[str, Sequence[str]], str]
) -> Iterator[_Edit]:
    becomes = write(node.text, known)
    if becomes != node.text:
        yield _Edit(node.place, node.text, becomes)


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    lines = lines_of(text)
    for edit in sorted(edits, reverse=True):
        line = lines[edit.place.line - 1]
        start = line.index(edit.typed, edit.place.column - 1)
        rest = line[start + len(edit.typed) :]
        lines[edit.place.line - 1] = line[:start] + edit.becomes + rest
    return "\n".join(lines)


_KEY: Final = {"zh": chinese_key, "en": english_key}
_WORD: Final = {"zh": chinese_word, "en": english_word}
"""What writes a key or a word of a choice in each language."""
