"""The library of a home folder, and what stays in force when a file of it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rulefiles import Home, RuleFiles, load_file
from rules.decision import Mode

RULES = """\
pack: house
extends: [promo]
applies_to: { groups: [House] }
lists: { bad: { file: lists/bad.txt, add: [rogue] } }
"""
PROMO = """\
class: promo
pack: promotion
mode: enforce
lists: { bad: [knave] }
rules:
  - { id: bad, title: Bad, when: { words: { list: bad } }, then: { strikes: 1 } }
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a class, a file of a group, and a list of words."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "bad.txt").write_text("scoundrel\n", encoding="utf-8")
    (tmp_path / "the-class.yaml").write_text(PROMO, encoding="utf-8")
    (tmp_path / "house.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def in_force(home: Path) -> tuple[tuple[str, ...], ...]:
    """The words that the group's file looks for, as a restarted bot has them."""
    rulesets = RuleFiles(home).read().rulesets
    return next((one.searched.words[0] for one in rulesets if one.name == "house"), ())


def broken(home: Path) -> list[str]:
    """The faults for which files are refused."""
    files = RuleFiles(home)
    files.read()
    return files.errors


@pytest.mark.parametrize("name", ["promo", "promotion", "the-class"])
def test_a_file_of_the_home_is_found_by_its_names(home: Path, name: str) -> None:
    """By its class, its pack and its own name; shipped packs are found beside them."""
    library = Home(home)
    found = library.find(name)
    assert found is not None
    assert ("the-class.yaml", PROMO.encode()) == (found.file, found.source)
    assert {name, "zh-starter"} <= set(library.names())
    shipped = library.find("zh-starter")
    assert shipped is not None
    assert "zh-starter.yaml" == shipped.file
    assert (None, None) == (library.find("nothing"), library.words("lists"))


def test_a_file_alone_finds_its_neighbours(home: Path) -> None:
    """`check` and `test` of one file read what it extends, and name it as the person did."""
    path = home / "house.yaml"
    ruleset = load_file(path, name=str(path)).ruleset
    assert ruleset is not None
    assert (Mode.ENFORCE, str(home / "the-class.yaml")) == (ruleset.mode, ruleset.rules[0].file)
    assert (("scoundrel", "rogue"),) == ruleset.searched.words


@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("house.yaml", b"pack: house\nrules: [", "house.yaml:2:8:"),
        ("house.yaml", b"pack: house\r\nmode: \xff\n", "house.yaml:2:7: the file is not saved"),
        ("the-class.yaml", b"class: promo\nmode: none\n", "the-class.yaml:2:7:"),
        ("lists/bad.txt", b"\xff\xfe\xff", "house.yaml:4:23: lists/bad.txt:1:1:"),
        ("lists/bad.txt", None, "house.yaml:4:23: there is no file lists/bad.txt"),
    ],
)
def test_the_last_good_rules_outlive_a_restart(
    home: Path, file: str, source: bytes | None, expected: str
) -> None:
    """Whichever file of those that belong together is broken or gone, the rules stay as a whole."""
    good = in_force(home)
    assert ("scoundrel", "rogue") == good
    (home / file).unlink()
    if source is not None:
        (home / file).write_bytes(source)
    assert good == in_force(home)
    assert any(error.startswith(expected) for error in broken(home))
    assert len(broken(home)) == len(set(broken(home)))


def test_the_copies_follow_what_is_good(home: Path) -> None:
    """A later good state takes the place of the copy; what is the same is not written again."""
    in_force(home)
    (home / "lists" / "bad.txt").write_text("villain\n", encoding="utf-8")
    assert ("villain", "rogue") == in_force(home)
    copy = home / ".good" / "house.yaml"
    assert "villain\n" == (copy / "lists" / "bad.txt").read_text("utf-8")
    before = (copy / "house.yaml").stat().st_ino
    in_force(home)
    assert before == (copy / "house.yaml").stat().st_ino
    RuleFiles(home, keeps=False).read()
    assert not (home / ".good" / "house.yaml.new").exists()


def test_two_files_of_one_group_are_told_and_the_later_refused(home: Path) -> None:
    """The first governs as before, and the other keeps what it said last without the clash."""
    other = home / "later.yaml"
    other.write_text("pack: later\napplies_to: { groups: [Later] }\n", encoding="utf-8")
    RuleFiles(home).read()
    other.write_text("pack: later\napplies_to: { groups: [House] }\n", encoding="utf-8")
    files = RuleFiles(home)
    titles = {one.name: one.applies_to.groups for one in files.read().rulesets}
    assert {"house": ("House",), "later": ("Later",), "promotion": ()} == titles
    assert ["later.yaml:2:24"] == [error.partition(": ")[0] for error in files.errors]
    assert ["warning"] == [fault.level for fault in files.faults["house.yaml"]]
