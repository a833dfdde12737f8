"""Exceptions for groups that the file does not govern: the name is probably a slip."""

from __future__ import annotations

from collections.abc import Iterator

from rules.files import Fault, Loaded
from rules.files.faults import quoted
from rules.files.trees import child, one_or_more
from rules.phrases import Key, phrase
from rules.rulebook import is_like


def strays(loaded: Loaded) -> Iterator[Fault]:
    """A warning at each title of an exception that none of the file's titles fits.

    Ids and classes say nothing of titles: a file that names groups by them is not asked.
    """
    if loaded.ruleset is None or loaded.effective is None:
        return
    wanted = loaded.ruleset.applies_to
    if not wanted.groups or wanted.ids or wanted.classes:
        return
    for ruleset, document in zip(loaded.exceptions, loaded.effective.exceptions, strict=True):
        (title,) = ruleset.applies_to.groups
        if not any(is_like(title, pattern) for pattern in wanted.groups):
            (place,) = one_or_more(child(child(document.root, "applies_to"), "groups"))
            yield Fault(
                place=place.place,
                message=phrase("{title} is no group that this file governs", title=quoted(title)),
                hint=phrase(
                    "write its name as the group has it, or name it under {key} too",
                    key=Key("groups"),
                ),
                path="except_for",
                level="warning",
            )
