"""The text of a rule file to nodes: every scalar as it was typed, every node with its place.

Built from libyaml's events, because composing loses what was typed (`22:30` becomes 1350, the last
of two equal keys wins) and recurses. What the keys mean is left to the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from msgspec import Struct
from msgspec.structs import replace

from rules.files.faults import START, Fault, Place, in_order, quoted
from rules.files.lines import colon_slip, dash_slip, needs_quotes, odd_space, swallowed_list
from rules.files.slips import explain
from rules.files.source import lines_of, second_document, text_of
from rules.files.stumble import Stumble
from rules.phrases import phrase

LIMIT_BYTES = 5_000_000  # 250,000 list words; the largest published ban list has 40,000
MOST_DEPTH = 50  # the deepest shipped rule has 8
MOST_NODES = 500_000  # twice as many as words fit into a file; a second's work
MOST_FAULTS = 100  # nobody reads more at once, and an alias bomb has one at every turn

_QUOTES = ('"', "'")


class ScalarNode(Struct, frozen=True, kw_only=True, gc=False):
    """A text as it was typed; `quoted` when it stood in quotes or in a block (`|`, `>`)."""

    text: str
    place: Place
    quoted: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed: `key:` and then the end of the line."""
        return not self.text and not self.quoted


class ListNode(Struct, frozen=True, kw_only=True):
    """A list, in block form or in brackets; its place is the first dash or the bracket."""

    items: tuple[Node, ...]
    place: Place


class MapNode(Struct, frozen=True, kw_only=True):
    """Keys with their values in the order of the file; its place is the first key or the brace.

    A key that stands twice is a fault of the reader, and stays here twice.
    """

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place


Node: TypeAlias = ScalarNode | ListNode | MapNode


def read(source: bytes | str, *, limit_bytes: int = LIMIT_BYTES) -> tuple[Node | None, list[Fault]]:
    """The root node of a YAML text, and all faults in the order of the file.

    A text that is no YAML gives no node and one fault. Where only a part cannot be used (a key
    that stands twice, an alias, a tag) the node holds the rest, so that its faults are found too.
    """
    text = text_of(source, limit_bytes=limit_bytes)
    if isinstance(text, Fault):
        return None, [text]
    reader = _Reader(text)
    try:
        root = reader.read()
    except yaml.MarkedYAMLError as error:
        return None, [explain(reader.stumble(error))]
    except _Stop as stop:
        return None, in_order([*reader.faults, stop.fault])
    return root, in_order(reader.faults)


class _Stop(Exception):  # noqa: N818 (it ends the reading, and is no error of the program)
    """A fault after which the rest of the text would not mean what its writer meant."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _OpenList:
    """A list whose end has not been read."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.items: list[Node] = []

    def step(self) -> str:
        return f"[{len(self.items)}]"

    def close(self) -> Node:
        return ListNode(items=tuple(self.items), place=self.place)


class _OpenMap:
    """A map whose end has not been read; `key` waits for its value."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.entries: list[tuple[ScalarNode, Node]] = []
        self.key: ScalarNode | None = None
        self.is_kept = True
        self.seen: dict[str, Place] = {}

    def step(self) -> str:
        return f".{self.key.text}" if self.key is not None else ""

    def close(self) -> Node:
        return MapNode(entries=tuple(self.entries), place=self.place)


class _Reader:
    """Takes libyaml's events one by one; `faults` grows as it reads."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._open: list[_OpenList | _OpenMap] = []
        self._brackets: list[Place] = []
        self._last_quote: Any = None
        self._root: Node | None = None
        self._count = 0

    def read(self) -> Node | None:
        events: Iterator[Any] = yaml.parse(self._text, Loader=yaml.CSafeLoader)
        for event in events:  # untyped: the types let every mark be missing, and none ever is
            if isinstance(event, yaml.ScalarEvent):
                self._take_scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._take_start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._take_end()
            elif isinstance(event, yaml.AliasEvent):
                self._take_alias(event)
            elif isinstance(event, yaml.DocumentEndEvent):
                self._take_document_end(event)
        self._check_root()
        return self._root

    def stumble(self, error: yaml.MarkedYAMLError) -> Stumble:
        """What is known at the moment at which libyaml gave up."""
        at = _place(error.problem_mark) if error.problem_mark is not None else START
        last = self._last_quote
        return Stumble(
            lines=lines_of(self._text),
            problem=error.problem or "",
            context=error.context or "",
            at=at,
            began=_place(error.context_mark) if error.context_mark is not None else at,
            quote=(_place(last.start_mark), _place(last.end_mark)) if last is not None else None,
            bracket=self._brackets[-1] if self._brackets else None,
        )

    def _take_scalar(self, event: Any) -> None:
        start = event.start_mark
        if event.style in _QUOTES:
            self._last_quote = event
        elif event.end_mark.line != start.line:
            fault = swallowed_list(self._text[start.index : event.end_mark.index], _place(start))
            if fault is not None:
                self._report(fault)
        if event.anchor is not None or event.tag is not None:
            self._refuse_sign(event)
        self._add(ScalarNode(text=event.value, place=_place(start), quoted=bool(event.style)))

    def _take_alias(self, event: Any) -> None:
        """Refuse it, and go on as if nothing stood there."""
        self._refuse_sign(event)
        nothing = _nothing(_place(event.start_mark))
        parent = self._open[-1] if self._open else None
        if isinstance(parent, _OpenMap) and parent.key is None:
            parent.key, parent.is_kept = nothing, False
        else:
            self._add(nothing)

    def _take_start(self, event: Any) -> None:
        place = _place(event.start_mark)
        if len(self._open) >= MOST_DEPTH:
            message = phrase("this is nested more than {most} levels deep", most=MOST_DEPTH)
            raise _Stop(Fault(place, message, phrase("write it with fewer levels")))
        if event.anchor is not None or event.tag is not None:
            self._refuse_sign(event)
        if event.flow_style:
            self._brackets.append(place)
        open_ = _OpenMap if isinstance(event, yaml.MappingStartEvent) else _OpenList
        self._open.append(open_(place))

    def _take_document_end(self, event: Any) -> None:
        second = second_document(self._text, event.end_mark.index)
        if second is not None:
            raise _Stop(second)

    def _take_end(self) -> None:
        closed = self._open.pop()
        if self._brackets and self._brackets[-1] == closed.place:
            self._brackets.pop()
        self._add(closed.close())

    def _add(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            message = phrase("the file holds more than {most:,} values", most=MOST_NODES)
            raise _Stop(Fault(node.place, message, phrase("split it")))
        parent = self._open[-1] if self._open else None
        if parent is None:
            self._root = node
        elif isinstance(parent, _OpenList):
            parent.items.append(node)
        elif parent.key is None:
            self._take_key(parent, node)
        else:
            self._take_value(parent, parent.key, node)

    def _take_key(self, parent: _OpenMap, node: Node) -> None:
        fault = _refused_key(node)
        parent.is_kept = fault is None
        parent.key = node if isinstance(node, ScalarNode) else _nothing(node.place)
        if fault is not None:
            self._report(fault)
        elif parent.key.text in parent.seen:
            first, key = parent.seen[parent.key.text].line, quoted(parent.key.text)
            message = phrase(
                "the key {key} stands twice; the first is in line {first}", key=key, first=first
            )
            self._report(Fault(node.place, message, phrase("keep one of them"), self._path()))
        else:
            parent.seen[parent.key.text] = node.place

    def _take_value(self, parent: _OpenMap, key: ScalarNode, node: Node) -> None:
        # {within:3m} is a key without a value to YAML, which nobody means.
        in_braces = bool(self._brackets) and self._brackets[-1] == parent.place
        if in_braces and isinstance(node, ScalarNode) and node.is_empty and not key.quoted:
            slip = colon_slip(key.text, key.place)
            if slip is not None:
                self._report(slip)
                parent.is_kept = False
        if parent.is_kept:
            parent.entries.append((key, node))
        parent.key = None

    def _check_root(self) -> None:
        root = self._root
        if root is None or (isinstance(root, ScalarNode) and root.is_empty):
            hint = phrase("qunguan init writes a first file")
            raise _Stop(Fault(START, phrase("the file says nothing"), hint))
        if isinstance(root, ScalarNode) and not root.quoted:
            at = Place(line=root.place.line, column=1)
            slip = colon_slip(lines_of(self._text)[at.line - 1], at)
            if slip is not None:
                raise _Stop(slip)

    def _refuse_sign(self, event: Any) -> None:
        fault = needs_quotes(self._text[event.start_mark.index], _place(event.start_mark))
        self._report(replace(fault, path=self._path()))

    def _report(self, fault: Fault) -> None:
        self.faults.append(fault)
        if len(self.faults) >= MOST_FAULTS:
            message = phrase(
                "there are more than {most} mistakes; the rest is not read", most=MOST_FAULTS
            )
            raise _Stop(Fault(fault.place, message, phrase("mend those above first")))

    def _path(self) -> str:
        return "".join(frame.step() for frame in self._open).removeprefix(".")


def _place(mark: Any) -> Place:
    return Place(line=mark.line + 1, column=mark.column + 1)


def _nothing(place: Place) -> ScalarNode:
    return ScalarNode(text="", place=place, quoted=False)


def _refused_key(node: Node) -> Fault | None:
    """Why the node cannot be a key; one that shifts the whole indentation ends the reading."""
    if not isinstance(node, ScalarNode):
        return Fault(node.place, phrase("a key must be a text"), phrase("put it in quotes"))
    if node.is_empty:
        return Fault(node.place, phrase("a key is missing here"), phrase("write key: value"))
    if node.quoted:
        return None
    if node.text == "<<":
        message = phrase("the merge key << is not read")
        return Fault(node.place, message, phrase("write the keys out"))
    stop = odd_space(node.text, node.place) or dash_slip(node.text, node.place)
    if stop is not None:
        raise _Stop(stop)
    return None
