"""Rules of the operator's own: five plain lines as a rule of the full form."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from rules.files.faults import Place
from rules.files.nodes import Node
from rules.files.switches.built import node
from rules.files.switches.choices import picked
from rules.files.switches.effects import ALSO_WHEN, THEN, Data
from rules.files.switches.nested import OwnRule
from rules.files.switches.table import ALSO
from rules.files.switches.values import Picked, Text, choice_of, texts_of

OWN: Final = "own-"
"""How the id of an own rule begins; the rest is made of its name."""


def own_rule(rule: OwnRule, language: str) -> Node:
    """One own rule in the full form."""
    said = rule.settings
    also = [ALSO_WHEN[one.choice.key] for one in beside(rule, language)]
    words: Data = {"words": texts_of(said["says"])}
    data: Data = {
        "id": id_of(rule),
        "title": _title(rule),
        "when": {"all": (words, *also)} if also else words,
        "then": THEN[choice_of(said.get("then")) or "remind"],
        "match": texts_of(said.get("match")),
        "pass": texts_of(said.get("pass")),
    }
    return node(data, Place(line=rule.line.number, column=rule.line.column), language)


def id_of(rule: OwnRule) -> str:
    """The id of an own rule."""
    return f"{OWN}{short(_title(rule))}"


def _title(rule: OwnRule) -> str:
    name = rule.settings["name"]
    return name.value.text if isinstance(name.value, Text) else ""


def beside(rule: OwnRule, language: str) -> list[Picked]:
    """What an own rule wants beside its words, as far as it can be read."""
    wanted = (picked(text, ALSO) for text in texts_of(rule.settings.get("also")))
    return [one for one in wanted if one is not None]


def short(*texts: str) -> str:
    """Eight hex digits that stand for some texts."""
    return sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:8]
