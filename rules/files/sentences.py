"""Sentences in rule files: which placeholders they may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rules.files.faults import did_you_mean
from rules.files.values import ValueRefused, text

_PLACEHOLDER: Final = re.compile(r"\{([^{}\s]+)\}")


def said(value: str) -> str:
    """A sentence that is not empty and has no placeholder."""
    return say()(text(value))


def say(*known: str) -> Callable[[str], str]:
    """A reader of sentences that may use these placeholders and no others."""

    def read(value: str) -> str:
        for found in _PLACEHOLDER.findall(value):
            if found not in known:
                raise ValueRefused(
                    f"there is no placeholder {{{found}}} here", _instead(found, known)
                )
        return value

    return read


def _instead(found: str, known: tuple[str, ...]) -> str:
    if not known:
        return "nothing is filled in here"
    near = did_you_mean(found, known).replace('"', "")
    braced = ", ".join(f"{{{one}}}" for one in known)
    return re.sub(r"mean (.+)\?", r"mean {\1}?", near) or f"there are {braced}"
