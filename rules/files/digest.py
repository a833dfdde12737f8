"""The digest of what rule files mean: comments, order of keys and tests have no say in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from pydantic.main import IncEx

from rules.files.schema import RuleFile

_WITHOUT: dict[str, bool | IncEx] = {
    "tests": True,
    "rules": {"__all__": {"match": True, "pass_": True}},
}
"""What changes no decision."""


def digest_of(files: Sequence[RuleFile]) -> str:
    """16 hex digits of what these files say together, in their order."""
    says = [one.model_dump(exclude=_WITHOUT) for one in files]
    return digest_of_texts(json.dumps(says, default=str, sort_keys=True, ensure_ascii=False))


def digest_of_texts(*texts: str) -> str:
    """16 hex digits of some texts in their order; where one ends and the next begins counts."""
    return sha256("\0".join(texts).encode()).hexdigest()[:16]
