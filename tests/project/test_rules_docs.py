"""The reference of rule files is what the models say, and leaves none of them out."""

from __future__ import annotations

from scripts import rules_docs


def test_the_reference_is_fresh() -> None:
    """The page in docs/ is what the models make of it."""
    text = rules_docs.PAGE.read_text("utf-8")
    assert rules_docs.page(text) == text, "run: make docs"


def test_every_model_has_its_table() -> None:
    """No key of a rule file is missing from the reference, and every link in it leads somewhere."""
    text = rules_docs.PAGE.read_text("utf-8")
    names = rules_docs.tables_in(text)
    assert sorted(rules_docs.models()) == sorted(names)
    assert [] == [name for name in names if f"# {name}\n" not in text]


def test_a_changed_key_is_noticed() -> None:
    """A page that says something else of a key is not fresh."""
    text = rules_docs.PAGE.read_text("utf-8")
    assert rules_docs.page(text.replace("who answers for it", "nobody")) == text
