"""The digest of what a rule file means: comments, order of keys and tests have no say in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from pydantic.main import IncEx

from rules.files.schema import RuleFile

_WITHOUT: dict[str, bool | IncEx] = {
    "extends": True,
    "tests": True,
    "equivalent": True,
    "pass_": True,
    "rules": {"__all__": {"match": True, "pass_": True}},
}
"""What changes no decision."""


def digest_of(file: RuleFile, spares: Mapping[str, Sequence[str]]) -> str:
    """16 hex digits of what a file says together with all that it extends.

    `spares` are the messages that rules leave alone, by rule.
    """
    says = file.model_dump(exclude=_WITHOUT)
    said = [json.dumps(says, default=str, sort_keys=True, ensure_ascii=False)]
    said += [json.dumps(spares, sort_keys=True)] if spares else []
    return digest_of_texts(*said)


def digest_of_texts(*texts: str) -> str:
    """16 hex digits of some texts in their order; where one ends and the next begins counts."""
    return sha256("\0".join(texts).encode()).hexdigest()[:16]
