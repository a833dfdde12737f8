"""Which messages the files of operators tell each rule to leave alone: their examples under `pass`.

Examples of shipped packs are tests and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from rules.files.effective import Document
from rules.files.library import shipped_packs
from rules.files.nodes import Node
from rules.files.origins import Origin
from rules.files.trees import child, one_or_more, scalar


def origins_of(document: Document, *, is_ours: bool) -> list[Origin]:
    """Where each rule comes from, and what it leaves alone, in their order.

    `is_ours`: the file itself is no operator's either.
    """
    ours = {f"{name}.yaml" for name in shipped_packs()} | ({""} if is_ours else set())
    of_all = list(_texts(document.root, ours))
    return [
        replace(
            document.origins.get(rule.place, Origin(place=rule.place)),
            spares=tuple(dict.fromkeys((*_texts(rule, ours), *of_all))),
        )
        for rule in one_or_more(child(document.root, "rules"))
    ]


def _texts(node: Node, ours: set[str]) -> Iterator[str]:
    """The texts under `pass` that stand in no file of ours."""
    return (scalar(one) for one in one_or_more(child(node, "pass")) if one.place.file not in ours)
