"""One folding of text for every condition, with spans back to the original, and word boundaries."""

from __future__ import annotations

from rules.text.folding import Folded, fold
from rules.text.tables import TABLES_DIGEST
from rules.text.words import at_word_boundary, has_cjk, is_word_char

__all__ = ["TABLES_DIGEST", "Folded", "at_word_boundary", "fold", "has_cjk", "is_word_char"]
