"""Rule files: from text to rules, with every fault of the file named by its line and column."""

from __future__ import annotations

from rules.files.clashes import clashes
from rules.files.compile import GRAVE
from rules.files.effective import names_of
from rules.files.faults import Fault, Place
from rules.files.library import SHIPPED, Found, Library, load_pack, shipped_packs
from rules.files.load import Loaded, load
from rules.files.merge import enforced, merge
from rules.files.texts import category_in, rules_in, texts_of

__all__ = [
    "GRAVE",
    "SHIPPED",
    "Fault",
    "Found",
    "Library",
    "Loaded",
    "Place",
    "category_in",
    "clashes",
    "enforced",
    "load",
    "load_pack",
    "merge",
    "names_of",
    "rules_in",
    "shipped_packs",
    "texts_of",
]
