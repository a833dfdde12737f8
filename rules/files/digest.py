"""The digest of what a rule file means: comments, order of keys and tests have no say in it."""

from __future__ import annotations

import json
from hashlib import sha256

from pydantic.main import IncEx

from rules.files.schema import RuleFile

_WITHOUT: dict[str, bool | IncEx] = {
    "extends": True,
    "tests": True,
    "equivalent": True,
    "rules": {"__all__": {"match": True, "pass_": True}},
}
"""What changes no decision."""


def digest_of(file: RuleFile) -> str:
    """16 hex digits of what a file says together with all that it extends."""
    says = file.model_dump(exclude=_WITHOUT)
    return digest_of_texts(json.dumps(says, default=str, sort_keys=True, ensure_ascii=False))


def digest_of_texts(*texts: str) -> str:
    """16 hex digits of some texts in their order; where one ends and the next begins counts."""
    return sha256("\0".join(texts).encode()).hexdigest()[:16]
