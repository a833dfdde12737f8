"""Rule files: from text to rules, with every fault of the file named by its line and column."""

from __future__ import annotations

from rules.files.faults import Fault, Place
from rules.files.load import Loaded, Packs, load, load_pack, shipped_packs
from rules.files.merge import enforced, merge

__all__ = [
    "Fault",
    "Loaded",
    "Packs",
    "Place",
    "enforced",
    "load",
    "load_pack",
    "merge",
    "shipped_packs",
]
