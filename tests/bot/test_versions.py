"""Versions of rule files: everything that was in force can be seen, compared and brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

import bot.versions
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
from rules.files import rules_in
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
    """Its own bytes, those that it extends, and those of its lists; a restart adds nothing."""
    version = kept(store, home)
    assert ["own.yaml", "base.yaml", "bad.txt"] == list(version.parts)
    texts = [store.rule_text(one) for one in version.parts.values()]
    assert [(home / one).read_bytes() for one in version.parts] == texts
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
    (change, changed_by), (place, text) = rule_texts(store, version, "swear")
    assert ("own.yaml:5", "  - use: words\n    then: { strikes: 2 }") == (change, changed_by)
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
    (home / "bad.txt").write_text("rascal\n", encoding="utf-8")
    third = kept(store, home, 2)
    assert Change(files=("bad.txt",)) == change_of(store, third, second)
    assert change_of(store, first, None) is None
    assert second == version_of(store.versions(), second.digest)
    assert version_of(store.versions(), "nothing") is None


SWITCHES = """\
groups: Berlin*
owner: Alice
ads: ask
rules:
  - name: no exam cheating
    says: take your exam
    and also: contact
    then: punish
    should catch:
      - I take your exam, write to @exam_pro_77
    should leave:
      - who takes your exam? ask @exam_office
"""


def test_a_file_of_switches_is_compared_and_quoted(store: Store, home: Path) -> None:
    """A switch that is changed counts once, so does an own rule with another exception."""
    first = _kept_switches(store, home, SWITCHES, 0)
    assert ["own.yaml:5"] == [where for where, _ in rule_texts(store, first, _own_id(first, store))]
    assert ("own.yaml:3", "ads: ask") == next(rule_texts(store, first, "ads"))
    louder = SWITCHES.replace("ads: ask", "ads: no")
    second = _kept_switches(store, home, louder, 1)
    assert Change(changed=1) == change_of(store, second, first)
    more = _kept_switches(store, home, louder + "      - exams are near\n", 2)
    assert Change(changed=1) == change_of(store, more, second)
    assert Change(removed=1) == change_of(
        store, _kept_switches(store, home, louder.partition("rules:")[0], 3), more
    )


def _kept_switches(store: Store, home: Path, text: str, minutes: int) -> Version:
    (home / "own.yaml").write_text(text, encoding="utf-8")
    return kept(store, home, minutes)


def _own_id(version: Version, store: Store) -> str:
    said = rules_in(store.rule_text(version.parts[version.file]) or b"")
    return next(one for one in (said or ({}, {}))[0] if one.startswith("own-"))


def test_a_file_of_switches_has_versions_too(store: Store, home: Path) -> None:
    """Its lines are compared, and quoted with the shipped rules that they change, also in GBK."""
    lines = "群: 大群\n群类型: 推广\n负责人: 小李\n广告: 不许\n"
    (home / "own.yaml").write_bytes(lines.encode("gbk"))
    first = kept(store, home)
    (home / "own.yaml").write_bytes(f"{lines.replace('不许', '先问')}状态: 上岗\n".encode("gbk"))
    second = kept(store, home, 1)
    assert Change(changed=2) == change_of(store, second, first)
    texts = dict(rule_texts(store, first, "ads-perhaps"))
    assert "广告: 不许" == texts.pop("own.yaml:4")
    assert ["ads.zh.yaml"] == [place.partition(":")[0] for place in texts]


def changed(home: Path) -> None:
    """Change every file after a version was kept: one is gone, with the list's folder."""
    (home / "own.yaml").write_text(OWN.replace("strikes: 2", "strikes: 3"), encoding="utf-8")
    (home / "base.yaml").unlink()
    (home / "bad.txt").write_text("scoundrel\nthe\n", encoding="utf-8")


def files_of(home: Path) -> dict[str, bytes]:
    """What the rule files and lists of the home say."""
    return {one: (home / one).read_bytes() for one in ("own.yaml", "base.yaml", "bad.txt")}


def test_a_rollback_writes_the_bytes_back(store: Store, home: Path) -> None:
    """Own and extended files and lists are what they were; what was there stays beside them."""
    version, before = kept(store, home), files_of(home)
    changed(home)
    done = roll_back(store, home, version, at(60))
    aside = ".before-rollback-20260302T120100Z"
    assert [
        Restored(file="own.yaml", kept=f"own.yaml{aside}"),
        Restored(file="base.yaml", kept=""),
        Restored(file="bad.txt", kept=f"bad.txt{aside}"),
    ] == done
    assert before == files_of(home)
    assert "strikes: 3" in (home / f"own.yaml{aside}").read_text("utf-8")
    assert "the" in (home / f"bad.txt{aside}").read_text("utf-8").split()
    assert [] == strangers(store, version, home)
    assert [] == roll_back(store, home, version, at(120))
    assert version.digest == kept(store, home, 5).digest


def test_a_long_list_is_not_brought_back(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays as it is, and is named; without it nothing is written, and the place is named."""
    monkeypatch.setattr(bot.versions, "LIST_AT_MOST", 3)
    version = kept(store, home)
    assert [] == strangers(store, version, home)
    changed(home)
    assert ["own.yaml", "base.yaml"] == [
        one.file for one in roll_back(store, home, version, at(60))
    ]
    assert ["bad.txt"] == strangers(store, version, home)
    changed(home)
    (home / "bad.txt").unlink()
    assert ["bad.txt"] == strangers(store, version, home)
    with pytest.raises(VersionError, match=r"cannot be used any more: .*base\.yaml:5"):
        roll_back(store, home, version, at(60))
    assert "strikes: 3" in (home / "own.yaml").read_text("utf-8")


def test_a_pack_of_another_release_is_named(store: Store, home: Path) -> None:
    """What is shipped cannot be brought back: it is said where it is not what it was."""
    (home / "own.yaml").write_text("schema: 1\npack: own\nextends: [ads.en]\n", encoding="utf-8")
    version = kept(store, home)
    assert [] == strangers(store, version, home)
    other = {**version.parts, "ads.en.yaml": "0" * 64}
    assert ["ads.en.yaml"] == strangers(store, replace(version, parts=other), home)


@pytest.mark.parametrize("step", range(11))
def test_a_rollback_that_is_killed_is_done_by_the_next(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Stopped before any of its writes and renames: nothing is lost, and again brings it all."""
    version, before = kept(store, home), files_of(home)
    changed(home)
    mine = {(home / one).read_bytes() for one in ("own.yaml", "bad.txt")}
    with monkeypatch.context() as patch:
        steps = count()

        def dying(work: Callable[..., object]) -> Callable[..., object]:
            def done(*args: object) -> object:
                if next(steps) == step:
                    raise KeyboardInterrupt
                return work(*args)

            return done

        patch.setattr(Path, "write_bytes", dying(Path.write_bytes))
        patch.setattr(Path, "replace", dying(Path.replace))
        with pytest.raises(KeyboardInterrupt):
            roll_back(store, home, version, at(60))
    roll_back(store, home, version, at(120))
    assert before == files_of(home)
    beside = {one.read_bytes() for one in home.glob("*.before-rollback-*")}
    assert mine == beside


def test_a_version_is_named_by_its_beginning() -> None:
    """One that is clear; else the sentence says what there is."""
    versions = [Version(at=T0, file="a.yaml", digest=one) for one in ("ab12", "ab12", "ab34")]
    assert versions[1] is named(versions, "ab1")
    with pytest.raises(VersionError, match="several versions begin with ab: ab12, ab34"):
        named(versions, "ab")
    with pytest.raises(VersionError, match="no version begins with cd"):
        named(versions, "cd")
