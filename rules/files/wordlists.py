"""Lists that are not written out in a rule file: words of a text file, more words, fewer words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Final

from msgspec import Struct
from pydantic import ValidationError

from rules.files.data import faults_of, plain
from rules.files.faults import Fault, Place, did_you_mean, quoted
from rules.files.library import Found, Library
from rules.files.nodes import LIMIT_BYTES, ListNode, MapNode, Node, ScalarNode
from rules.files.origins import written
from rules.files.schema_written import ListFrom
from rules.files.source import lines_of, text_of
from rules.files.trees import child, one_or_more, scalar
from rules.phrases import phrase

_COMMENT: Final = re.compile(r"(?:^|\s)#.*$")


class Listed(Struct, frozen=True, kw_only=True):
    """The words of a list, what is wrong with it, and the sha256 of the file that it comes from."""

    words: ListNode
    faults: tuple[Fault, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


class _Refused(Exception):  # noqa: N818 - an operator's mistake, no error of the program
    """A list whose words cannot be known."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def listed(node: MapNode, below: Node | None, library: Library) -> Listed:
    """The list that a mapping (`file`, `add`, `remove`) describes over the one that is extended.

    Each word keeps its place: in the rule file, or in the text file. A list that cannot be read is
    empty, and has a fault at its place in the rule file.
    """
    try:
        says = _said(node)
        known, files = _known(node, says, below, library)
    except _Refused as refused:
        return Listed(words=ListNode(items=(), place=node.place), faults=refused.faults)
    added, removed = _items(node, "add"), _items(node, "remove")
    gone = {one.text for one in removed}
    words = {scalar(one): one for one in (*known, *added) if scalar(one) not in gone}
    texts = {scalar(one) for one in known}
    strange = tuple(_not_there(one, texts) for one in removed if one.text not in texts)
    items = ListNode(items=tuple(words.values()), place=node.place)
    return Listed(words=items, faults=strange, files=files)


def _said(node: MapNode) -> ListFrom:
    try:
        return ListFrom.model_validate(plain(node))
    except ValidationError as error:
        raise _Refused(*faults_of(node, error, ListFrom)) from None


def _known(
    node: MapNode, says: ListFrom, below: Node | None, library: Library
) -> tuple[tuple[Node, ...], tuple[tuple[str, str], ...]]:
    """The words to begin with: those of the file if one is named, else the extended ones."""
    if says.file is None:
        if not isinstance(below, ListNode):
            hint = phrase("write the words as a list, or name its pack under extends:")
            message = phrase("no list of this name is extended")
            raise _Refused(Fault(place=node.place, message=message, hint=hint))
        return below.items, ()
    place = _place(node, "file")
    found = library.words(says.file)
    if found is None:
        hint = phrase("it is looked for from the folder of the rule file on")
        raise _Refused(
            Fault(place=place, message=phrase("there is no file {file}", file=says.file), hint=hint)
        )
    digest = sha256(found.source).hexdigest()
    if says.sha256 not in (None, digest):
        hint = phrase("if the change is meant, write sha256: {digest}", digest=digest)
        message = phrase("{file} holds something else than this sha256 says", file=found.file)
        raise _Refused(Fault(place=_place(node, "sha256"), message=message, hint=hint))
    return tuple(_words_in(found, place)), ((found.file, digest),)


def _words_in(found: Found, place: Place) -> Iterator[ScalarNode]:
    """The words of a text file; a fault of the file is told at `place`."""
    text = text_of(found.source, limit_bytes=LIMIT_BYTES)
    if isinstance(text, Fault):
        where = f"{written(text.place, found.file)}:{text.place.column}"
        raise _Refused(
            Fault(
                place=place,
                message=phrase("{where}: {message}", where=where, message=text.message),
                hint=text.hint,
            )
        )
    for number, line in enumerate(lines_of(text), start=1):
        word = _COMMENT.sub("", line).strip()
        if word:
            at = Place(file=found.file, line=number, column=line.index(word) + 1)
            yield ScalarNode(text=word, place=at, quoted=True)


def _items(node: MapNode, key: str) -> list[ScalarNode]:
    return [one for one in one_or_more(child(node, key)) if isinstance(one, ScalarNode)]


def _place(node: MapNode, key: str) -> Place:
    return (child(node, key) or node).place


def _not_there(word: ScalarNode, words: Collection[str]) -> Fault:
    message = phrase("the list does not hold {word}", word=quoted(word.text))
    hint = did_you_mean(word.text, words)
    return Fault(place=word.place, message=message, hint=hint, level="warning")
