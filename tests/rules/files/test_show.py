"""A document written out as one file: it says the same, and names where its changes came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.files import load, shipped_packs
from rules.files.data import plain
from rules.files.digest import digest_of
from rules.files.effective import Document
from rules.files.faults import Place
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode, read
from rules.files.show import shown
from tests.library import Shelf

BASE = """\
pack: base
lists: { ads: [wares, "a: b"] }
limits: {}
rules:
  - id: ads
    title: No, ads
    when: { words: { list: ads } }
    then: { strikes: 1, say: "{member}: # no" }
"""
OWN = """\
pack: own
extends: base
lists: { ads: { add: ["1, 2"] } }
rules:
  - { use: ads, mode: ask, when: { any: [ kind: [voice, image], words: [x] ] } }
  - { id: own, title: Own, when: { kind: image }, then: {} }
"""
SHOWN = """\
pack: own
lists:
  ads: [wares, "a: b", "1, 2"]  # own.yaml:3
limits: {}
rules:
  - id: ads  # base.yaml:5
    title: "No, ads"
    when:  # own.yaml:5
      any:
        - kind: [voice, image]
        - words: [x]
    then:
      strikes: 1
      say: "{member}: # no"
    mode: ask
  - id: own
    title: Own
    when:
      kind: image
    then: {}
"""
HERE = Place(line=1, column=1)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=20)


def nodes(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Lists and mappings of other nodes."""
    entries = st.dictionaries(TEXTS.filter(bool), children, max_size=4)
    return st.lists(children, max_size=4).map(
        lambda items: ListNode(items=tuple(items), place=HERE)
    ) | entries.map(mapping)


def scalar(text: str) -> Node:
    """A text."""
    return ScalarNode(text=text, place=HERE, quoted=True)


def mapping(entries: dict[str, Node]) -> Node:
    """A mapping of these keys."""
    pairs = ((ScalarNode(text=key, place=HERE, quoted=True), one) for key, one in entries.items())
    return MapNode(entries=tuple(pairs), place=HERE)


def test_a_document_names_what_was_changed_and_where() -> None:
    """Rules of other files have their place behind them, and so have values that replaced one."""
    effective = load(OWN, file="own.yaml", library=Shelf({"base": BASE})).effective
    assert effective is not None
    assert SHOWN == shown(effective.document, "own.yaml")


@pytest.mark.parametrize("name", shipped_packs())
def test_what_is_shown_means_the_same(name: str) -> None:
    """Written out, a pack and all that it extends load as one file of the same digest; only its
    examples are then the operator's own.
    """
    pack = load(f"pack: own\nextends: [{name}]\n", file="own.yaml")
    assert pack.ruleset is not None
    assert pack.effective is not None
    alone = load(shown(pack.effective.document, "own.yaml"), file="alone.yaml")
    assert [] == [fault for fault in alone.faults if fault.level == "error"]
    assert pack.says is not None
    assert alone.says is not None
    assert digest_of(pack.says, {}) == digest_of(alone.says, {})


@given(st.dictionaries(TEXTS.filter(bool), st.recursive(TEXTS.map(scalar), nodes, max_leaves=12)))
def test_whatever_a_document_holds_is_read_as_it_was(entries: dict[str, Node]) -> None:
    """Texts that YAML would take for something else are in quotes."""
    entries.pop("extends", None)
    root = mapping(entries or {"a": scalar("b")})
    again, faults = read(shown(Document(root=root), "f"))
    assert [] == faults
    assert again is not None
    assert plain(root) == plain(again)
