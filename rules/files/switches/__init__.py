"""Rule files in switches: one line each, in plain words, read to what the full form would say."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from rules.files.faults import START, Fault
from rules.files.nodes import MapNode
from rules.files.switches.built import node
from rules.files.switches.document import Document, document
from rules.files.switches.expand import PACK, expansion, root, unruled
from rules.files.switches.notes import faults_of, remarks
from rules.files.switches.values import Remark


class Switches(Struct, frozen=True):
    """A file of switches, read."""

    document: Document
    file: str

    @property
    def bases(self) -> MapNode:
        """The document that extends what the file extends, and says nothing else."""
        extends = node({"extends": (PACK[self.document.speaks],)}, START)
        sections = tuple(one for one in self.document.sections if one[0].text == "extends")
        own = MapNode(entries=sections, place=START) if sections else extends
        return own if isinstance(own, MapNode) else MapNode(entries=(), place=START)

    def root(self, known: Collection[str]) -> MapNode:
        """The file in the full form; of what switches change, only `known` rules are named."""
        return root(self.document, known)

    def faults(self, known: Collection[str]) -> list[Fault]:
        """All that is to be told of the file, in its language."""
        found = list(remarks(self.document))
        if self.file.endswith(".txt"):
            found.append(Remark("note", "txt", 1, 1, {}))
        found += unruled(expansion(self.document, known))
        return [*faults_of(found, self.document.language), *self.document.faults]


def read_switches(source: bytes | str, *, file: str) -> Switches | None:
    """A file of switches; None if it is in the full form, or no text."""
    found = document(source)
    return Switches(found, file) if found is not None else None


__all__ = ["Switches", "read_switches"]
