"""Versions of rule files: kept once each, in order, byte for byte, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.storage import StorageError, Store, Version
from bot.storage.versions import sha256_of
from tests.golden.samples import START

ONE, TWO = b"pack: one\r\n", "pack: 二\n".encode()


def version(body: bytes, digest: str, minutes: int = 0, file: str = "a.yaml") -> Version:
    """A file with these bytes, and a list of words of which only the sha256 is known."""
    return Version(
        at=START + timedelta(minutes=minutes),
        file=file,
        digest=digest,
        also=("e1", "e2"),
        parts={file: sha256_of(body), "lists/ads.txt": "ab" * 32},
    )


def test_versions_come_back_in_order_byte_for_byte(store: Store) -> None:
    """What was in force, when, and what stood in it; one that came back is a version again."""
    first, second = version(ONE, "d1"), version(TWO, "d2", 1)
    again = version(ONE, "d1", 2)
    for one, body in ((first, ONE), (second, TWO), (again, ONE)):
        assert store.save_version(one, {"a.yaml": body})
    assert [first, second, again] == store.versions()
    assert [ONE, TWO] == [store.rule_text(one.parts["a.yaml"]) for one in (first, second)]
    assert store.rule_text("ab" * 32) is None


def test_a_file_that_says_the_same_is_no_new_version(store: Store) -> None:
    """A restart adds nothing; the same meaning in other words is a version of its own."""
    assert store.save_version(version(ONE, "d1"), {"a.yaml": ONE})
    assert not store.save_version(version(ONE, "d1", 1), {"a.yaml": ONE})
    assert store.save_version(version(ONE, "d1", 2, "b.yaml"), {"b.yaml": ONE})
    assert store.save_version(version(TWO, "d1", 3), {"a.yaml": TWO})
    assert ["a.yaml", "b.yaml", "a.yaml"] == [one.file for one in store.versions()]


def test_a_damaged_text_is_not_given_out(store: Store) -> None:
    """It would be written over an operator's file."""
    store.save_version(version(ONE, "d1"), {"a.yaml": ONE})
    with store._database.writing() as connection:
        connection.execute(text("UPDATE rule_sources SET body = :body"), {"body": TWO})
    with pytest.raises(StorageError, match="a kept rule file is damaged"):
        store.rule_text(sha256_of(ONE))
