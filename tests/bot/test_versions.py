"""Versions of rule files: everything that was in force can be seen, compared and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.rulefiles import RuleFiles
from bot.storage import Store, Version
from bot.storage.database import default_url
from bot.versions import (
    Change,
    Restored,
    VersionError,
    change_of,
    named,
    record,
    roll_back,
    rule_texts,
    strangers,
    version_of,
)
from tests.builders import T0, at

BASE = """\
schema: 1
pack: base
applies_to: { groups: [nobody] }
lists:
  bad: { file: bad.txt }
rules:
  - id: swear
    title: Mind your words
    category: words
    when: { words: { list: bad } }
    then: { strikes: 1 }

  - id: long
    title: Short please
    when: { length: { at_least: 500 } }
    then: { ask: true }
"""
OWN = """\
schema: 1
pack: own
extends: [base]
rules:
  - use: words
    then: { strikes: 2 }
  - id: own
    title: Own  # and a comment
    when: { length: { at_least: 900 } }
    then: { strikes: 1 }
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a file that extends another, which takes its words from a list."""
    for name, body in (("base.yaml", BASE), ("own.yaml", OWN), ("bad.txt", "scoundrel\n")):
        (tmp_path / name).write_bytes(body.replace("\n", "\r\n").encode())
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The database of the home."""
    opened = Store.open(default_url(home), home=home, now=lambda: T0)
    yield opened
    opened.close()


def kept(store: Store, home: Path, minutes: int = 0) -> Version:
    """Read the home, keep its versions, and give that of own.yaml."""
    files = RuleFiles(home)
    files.read()
    assert [] == files.errors
    record(store, files, T0 + timedelta(minutes=minutes))
    return next(one for one in reversed(store.versions()) if one.file == "own.yaml")


def test_a_version_is_all_that_a_file_consists_of(store: Store, home: Path) -> None:
    """Its own bytes, those that it extends, and the sha256 of its lists; a restart adds nothing."""
    version = kept(store, home)
    assert ["own.yaml", "base.yaml", "bad.txt"] == list(version.parts)
    texts = [store.rule_text(one) for one in version.parts.values()]
    assert [(home / "own.yaml").read_bytes(), (home / "base.yaml").read_bytes(), None] == texts
    assert 2 == len(store.versions())
    kept(store, home, 5)
    assert 2 == len(store.versions())


def test_a_broken_file_is_no_version(store: Store, home: Path) -> None:
    """What was never in force cannot be brought back."""
    (home / "own.yaml").write_text("rules: [", encoding="utf-8")
    files = RuleFiles(home)
    files.read()
    record(store, files, T0)
    assert ["base.yaml"] == [one.file for one in store.versions()]


def test_the_text_of_a_rule_is_what_it_was(store: Store, home: Path) -> None:
    """The rule, and each change of it or of its category, with file and line."""
    version = kept(store, home)
    (home / "base.yaml").write_text(BASE.replace("strikes: 1", "strikes: 3"), encoding="utf-8")
    kept(store, home, 5)
    (place, text) = next(iter(rule_texts(store, version, "swear")))
    assert ("base.yaml:7", "  - id: swear\n    title: Mind your words") == (place, text[:40])
    assert text.endswith("then: { strikes: 1 }")
    assert [] == list(rule_texts(store, version, "nobody"))
    assert ["own.yaml:7"] == [where for where, _ in rule_texts(store, version, "own")]


def test_versions_are_compared_by_their_rules(store: Store, home: Path) -> None:
    """New, gone and changed rules are counted, other keys as changes; comments are none."""
    first = kept(store, home)
    text = OWN.replace("strikes: 2", "strikes: 3").replace("id: own", "id: mine")
    (home / "own.yaml").write_text(text.replace("schema: 1", "schema: 1\nmode: ask"), "utf-8")
    second = kept(store, home, 1)
    assert Change(added=1, removed=1, changed=2) == change_of(store, second, first)
    assert Change() == change_of(store, second, second)
    assert change_of(store, first, None) is None
    assert second == version_of(store.versions(), second.digest)
    assert version_of(store.versions(), "nothing") is None


def test_a_rollback_writes_the_bytes_back(store: Store, home: Path) -> None:
    """Own and extended files are what they were; what was there stays beside them."""
    version = kept(store, home)
    (home / "own.yaml").write_text(OWN.replace("strikes: 2", "strikes: 3"), encoding="utf-8")
    (home / "base.yaml").unlink()
    (home / "bad.txt").write_text("rascal\n", encoding="utf-8")
    aside = "own.yaml.before-rollback-20260302T120100Z"
    done = roll_back(store, home, version, at(60))
    assert [Restored(file="own.yaml", kept=aside), Restored(file="base.yaml", kept="")] == done
    assert OWN.replace("\n", "\r\n").encode() == (home / "own.yaml").read_bytes()
    assert BASE.replace("\n", "\r\n").encode() == (home / "base.yaml").read_bytes()
    assert "strikes: 3" in (home / aside).read_text("utf-8")
    assert ["bad.txt"] == strangers(store, version, home)
    assert [] == roll_back(store, home, version, at(120))
    (home / "bad.txt").unlink()
    assert ["bad.txt"] == strangers(store, version, home)


def test_a_rollback_that_cannot_be_read_writes_nothing(store: Store, home: Path) -> None:
    """Its list is gone: the sentence names the place."""
    version = kept(store, home)
    (home / "own.yaml").write_text(OWN.replace("strikes: 2", "strikes: 3"), encoding="utf-8")
    (home / "bad.txt").unlink()
    with pytest.raises(VersionError, match=r"cannot be used any more: .*base\.yaml:5"):
        roll_back(store, home, version, at(60))
    assert "strikes: 3" in (home / "own.yaml").read_text("utf-8")


def test_a_version_is_named_by_its_beginning() -> None:
    """One that is clear; else the sentence says what there is."""
    versions = [Version(at=T0, file="a.yaml", digest=one) for one in ("ab12", "ab12", "ab34")]
    assert versions[1] is named(versions, "ab1")
    with pytest.raises(VersionError, match="several versions begin with ab: ab12, ab34"):
        named(versions, "ab")
    with pytest.raises(VersionError, match="no version begins with cd"):
        named(versions, "cd")
