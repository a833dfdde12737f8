"""The effective document of a rule file: itself over everything that it extends, as one file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from rules.files.chinese import in_english
from rules.files.chinese_words import KEYS
from rules.files.faults import Fault, Place, did_you_mean, one_of, quoted
from rules.files.library import Found, Library
from rules.files.nodes import MapNode, Node, ScalarNode, read
from rules.files.origins import Origin, fault_in, stamped_map
from rules.files.overlay import Overlay
from rules.files.schema_written import Written
from rules.files.trees import child, entries_of, one_or_more, scalar, without
from rules.phrases import NOTHING, Phrase, phrase

# The lines with the names of a file, without a look at the others: there may be 200,000.
_NAMES = "|".join(("class", "pack", *KEYS["class"], *KEYS["pack"]))
_NAMING = re.compile(rf"^(?:{_NAMES})[:：][^\r\n]*".encode(), re.MULTILINE)
_BRACED = re.compile(rb"(?:#[^\n]*\n|\s)*\{")

SCHEMA = 1  # the latest format that is read


class Document(Struct, frozen=True, kw_only=True):
    """A rule file laid over all that it extends; values keep their places.

    `changed` are the places of values that replaced another file's; `origins` tells of each rule
    that was changed, by its place, where.
    """

    root: Node
    changed: frozenset[Place] = frozenset()
    origins: Mapping[Place, Origin] = {}


class Effective(Struct, frozen=True, kw_only=True):
    """What a rule file and all that it extends amount to.

    `exceptions` are the documents of single groups; `files` those that were extended, the farthest
    first; `lists` has the sha256 of each file of words.
    """

    document: Document
    exceptions: tuple[Document, ...] = ()
    faults: tuple[Fault, ...] = ()
    files: tuple[str, ...] = ()
    lists: Mapping[str, str] = {}


def effective(own: Node, *, file: str, library: Library) -> Effective:
    """What a file, read as `own` and called `file`, amounts to."""
    if not isinstance(own, MapNode):
        return Effective(document=Document(root=own))
    bases = _Bases(library)
    bases.visit(own, (file,))
    overlay = Overlay(file, library)
    root = MapNode(entries=(), place=own.place)
    for one in (*bases.documents.values(), own):
        root = overlay.documents(root, one)
    exceptions = []
    for group, says in entries_of(child(own, "except_for")):
        branch = overlay.branch()
        exceptions.append(_document(branch.exception(root, group, says), branch))
        overlay.faults += branch.faults
    return Effective(
        document=_document(without(root, {"except_for"}), overlay),
        exceptions=tuple(exceptions),
        faults=tuple(bases.faults or overlay.faults),
        files=tuple(bases.documents),
        lists=overlay.lists,
    )


def _document(root: Node, overlay: Overlay) -> Document:
    return Document(root=root, changed=frozenset(overlay.changed), origins=overlay.origins)


class _Bases:
    """Follows `extends` from file to file; each file is taken once, after those it extends."""

    def __init__(self, library: Library) -> None:
        self.documents: dict[str, MapNode] = {}
        self.faults: list[Fault] = []
        self._library = library

    def visit(self, node: MapNode, ring: tuple[str, ...]) -> None:
        """Take all that a file extends. `ring` are the files that led here, and the file itself."""
        for path, name in _named_bases(node):
            found = self._library.find(name.text)
            if found is None:
                self._refuse(name, path, *_unknown(name.text, self._library))
            elif found.file in ring:
                way = [*ring[ring.index(found.file) :], found.file]
                message = phrase("the files extend one another: {way}", way=" → ".join(way))
                self._refuse(name, path, message, phrase("take one of these names out of its file"))
            elif found.file not in self.documents:
                self._take(found, ring)

    def _take(self, found: Found, ring: tuple[str, ...]) -> None:
        root, faults = read_in_english(found.source)
        self.faults += [fault_in(fault, found.file) for fault in faults]
        if isinstance(root, MapNode):
            base = stamped_map(root, found.file)
            self.visit(base, (*ring, found.file))
            self.documents[found.file] = base
        elif root is not None:
            place = replace(root.place, file=found.file)
            message = phrase("expected the keys of a rule file")
            self.faults.append(
                Fault(place=place, message=message, hint=phrase("begin it with pack: a-name"))
            )

    def _refuse(self, name: ScalarNode, path: str, message: Phrase, hint: Phrase = NOTHING) -> None:
        self.faults.append(Fault(place=name.place, message=message, hint=hint, path=path))


def read_in_english(source: bytes | str) -> tuple[Node | None, list[Fault]]:
    """The nodes of a rule file, with English keys, and what is wrong with its text."""
    root, faults = read(source)
    if root is None:
        return None, faults
    english, twice = in_english(root, Written)
    newer = _newer(child(english, "schema"))
    return (english, [*faults, *twice]) if newer is None else (None, [newer])


def _named_bases(node: MapNode) -> Iterator[tuple[str, ScalarNode]]:
    """The names under `extends`, one or many, each with its way; the models see what is no text."""
    for n, name in enumerate(one_or_more(child(node, "extends"))):
        if isinstance(name, ScalarNode):
            yield f"extends[{n}]", name


def names_of(source: bytes) -> list[str]:
    """What other files may call a file by, beside its own name: its `class` and its `pack`."""
    said = source if _BRACED.match(source) else b"\n".join(_NAMING.findall(source))
    root, _ = read_in_english(said) if said else (None, [])
    return [name for key in ("class", "pack") if (name := scalar(child(root, key)))]


def _newer(schema: Node | None) -> Fault | None:
    """The one fault of a file that a later version can read: the others would be none to it."""
    version = scalar(schema)
    if schema is None or not version.isdecimal() or int(version) <= SCHEMA:
        return None
    message = phrase(
        "this file is of schema {version}; this version of Qunguan reads schema {schema}",
        version=version,
        schema=SCHEMA,
    )
    return Fault(place=schema.place, message=message, hint=phrase("update Qunguan"), path="schema")


def _unknown(name: str, library: Library) -> tuple[Phrase, Phrase]:
    names = library.names()
    hint = did_you_mean(name, names) or phrase(
        "name a pack or a file of the home: {names}", names=one_of(names)
    )
    return phrase("there is no pack {name}", name=quoted(name)), hint
