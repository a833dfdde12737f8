"""`qunguan explain --effective` and `diff`, as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.simulator.room import Room
from bot.app import running
from bot.cli import app
from bot.clock import FrozenClock
from bot.settings import load_settings
from bot.storage import StorageError
from rules.message import Author
from tests.builders import T0

FILE = """\
pack: house
applies_to: { groups: ["House *"] }
lists: { bad: [knave] }
rules:
  - { id: bad, title: Bad, when: { words: { list: bad } }, then: { strikes: 1 } }
except_for:
  House 7: { rules: [ { use: bad, mode: "off" } ] }
"""


def run(*words: str | Path) -> tuple[int, str]:
    """The exit code of a command and what it said."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rule file of a home."""
    monkeypatch.setenv("QUNGUAN_HOME", str(tmp_path))
    path = tmp_path / "house.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_file_is_shown_as_it_counts(file: Path) -> None:
    """What it amounts to is printed as one rule file."""
    code, output = run("explain", "--effective", file)
    assert 0 == code
    assert output.startswith("pack: house\napplies_to:\n  groups: [House *]\nlists:\n")
    assert "except_for" not in output


def test_a_group_is_shown_with_the_rules_that_govern_it(file: Path) -> None:
    """By its title, whether the bot has run or not; an exception says where it comes from."""
    marked = f"mode: off  # {file.name}:7"
    assert "mode: off" in run("explain", "--effective", "House 7")[1]
    assert marked not in run("explain", "--effective", "House 8")[1]
    code, output = run("explain", "--effective", "Elsewhere")
    assert (1, True) == (code, "no rule file of" in output)


async def test_a_group_is_known_by_its_id(file: Path) -> None:
    """The title that the group has now decides which rules are shown."""
    people = {"a": Author(id="a", name="Ann")}
    room = Room(id="g1", title="House 7", likeness="telegram", people=people)
    async with running(load_settings(), [room], FrozenClock(T0)) as running_app:
        await running_app.simulator.say("g1", "a", "hello")
    assert "mode: off" in run("explain", "--effective", "g1")[1]


def test_explain_wants_a_case_or_a_file() -> None:
    """Without either it says what to name."""
    code, output = run("explain")
    assert (2, True) == (code, "--effective" in output)


def test_a_difference_is_told_and_has_its_exit_code(file: Path) -> None:
    """Rules, lists and the rest, each with what was and what is; none: exit code 0."""
    other = file.with_name("other.txt")
    changed = FILE.replace("strikes: 1", "strikes: 2").replace("[knave]", "[rogue]")
    changed = changed.replace("applies_to:", "mode: ask\napplies_to:")
    other.write_text(changed, encoding="utf-8")
    assert (0, "no difference in meaning\n") == run("diff", file, file)
    code, output = run("diff", file, other)
    assert 1 == code
    assert [
        "~ rule bad",
        "    then.strikes: 1 → 2",
        "~ list bad",
        "    + rogue",
        "    - knave",
        "~ the file",
        "    mode: nothing → ask",
    ] == output.splitlines()
    code, output = run("diff", file, other, "--json")
    assert (1, {"bad": ["knave"]}) == (code, json.loads(output)["words_removed"])


def test_rules_that_come_and_go_are_told(file: Path) -> None:
    """A long list of words is cut, and the rest counted."""
    other = file.with_name("other.txt")
    words = ", ".join(f"w{n}" for n in range(25))
    text = FILE.replace("bad, title", "new, title").replace("use: bad", "use: new")
    other.write_text(text.replace("[knave]", f"[knave, {words}]"), encoding="utf-8")
    output = run("diff", file, other)[1]
    assert ["+ rule new", "- rule bad", "~ list bad"] == output.splitlines()[:3]
    assert output.endswith("w19 … and 5 more\n")


@pytest.mark.parametrize("command", [["diff", "good"], ["explain", "--effective"]])
def test_a_file_with_errors_is_refused(file: Path, command: list[str]) -> None:
    """Its faults are told as `check` tells them, with exit code 2."""
    words = [str(file) if word == "good" else word for word in command]
    bad = file.with_name("bad.yaml")
    bad.write_text("pack: bad\nmode: none\n", encoding="utf-8")
    code, output = run(*words, bad)
    assert (2, True) == (code, f"{bad}:2:7: expected" in output)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    """`diff` compares files, and says which one it cannot read."""
    code, output = run("diff", file, file.with_name("none.yaml"))
    assert (2, True) == (code, "cannot read" in output)


def test_a_damaged_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which rules govern a group is not guessed where the journal cannot be read."""
    monkeypatch.setenv("QUNGUAN_HOME", str(tmp_path))
    (tmp_path / "qunguan.db").write_bytes(b"no database" * 1000)
    result = CliRunner().invoke(app, ["explain", "--effective", "some group"])
    assert isinstance(result.exception, StorageError)
    assert "is not a database" in str(result.exception)
