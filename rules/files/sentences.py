"""Sentences in rule files: which placeholders they may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rules.files.faults import nearest
from rules.files.refusals import ValueRefused
from rules.files.values import text
from rules.phrases import Phrase, joined, phrase

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
                    phrase("there is no placeholder {{{found}}} here", found=found),
                    _instead(found, known),
                )
        return value

    return read


def _instead(found: str, known: tuple[str, ...]) -> Phrase:
    if not known:
        return phrase("nothing is filled in here")
    near = nearest(found, known)
    if near is not None:
        return phrase("did you mean {{{near}}}?", near=near)
    return phrase("there are {names}", names=joined([f"{{{one}}}" for one in known]))
