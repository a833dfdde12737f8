"""`qunguan test`, as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

SOUND = """\
schema: 1
pack: sound
mode: enforce
rules:
  - id: ad
    title: 群里不发广告
    when: { words: [加微信, 代购] }
    then: { strikes: 1, delete: true }
    match: ["加微信 abc123"]
    pass: ["微信好用"]
"""


def _run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["test", *map(str, words)])
    return result.exit_code, result.output


def _file(folder: Path, text: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_inside_the_file_is_run(tmp_path: Path) -> None:
    """Passing tests are counted, a failing one is shown and gives exit code 1."""
    good = _file(tmp_path, SOUND)
    passed = _run(good)
    failed = _run(_file(tmp_path, SOUND.replace("微信 abc123", "好友 abc123")))

    assert passed == (0, f"{good}: 2 of 2 tests passed; rules 1/1, conditions 1/1\n")
    assert failed[0] == 1
    assert "1 of 2 tests passed" in failed[1]
    assert "FAILED ad: match" in failed[1]


def test_a_file_without_tests_has_not_passed(tmp_path: Path) -> None:
    """Nothing tested is not the same as nothing wrong; where there are no rules, nothing is."""
    bare = SOUND[: SOUND.index("    match")]

    assert _run(_file(tmp_path, bare))[0] == 1
    assert _run(_file(tmp_path, "pack: empty\n"))[0] == 0


def test_a_folder_stands_for_its_rule_files(tmp_path: Path) -> None:
    """All of them are tested, and files of tests with the rule file beside them."""
    _file(tmp_path, SOUND)
    _file(tmp_path, "pack: b\nextends: [a]\n", "a.test.yaml")

    code, output = _run(tmp_path)

    assert (0, 1) == (code, len(output.splitlines()))
    assert _run(tmp_path / "a.yaml", tmp_path / "a.test.yaml") == (code, output)


BESIDE = """\
pack: sound.test
extends: [a]
tests:
  - { name: 代购, steps: [{ at: "10:00", from: 甲, text: 代购 }], expect: [%s] }
"""


def test_tests_beside_a_file_are_run_with_it(tmp_path: Path) -> None:
    """They count as its own, and one that fails there fails the file."""
    path = _file(tmp_path, SOUND)
    _file(tmp_path, BESIDE % "{ rule: ad }", "a.test.yaml")
    passed = _run(path)
    _file(tmp_path, BESIDE % "", "a.test.yaml")
    code, output = _run(path)

    assert (0, f"{path}: 3 of 3 tests passed; rules 1/1, conditions 1/1\n") == passed
    assert 1 == code
    assert "FAILED 代购" in output


def test_a_failure_is_told_in_the_language_of_the_file(tmp_path: Path) -> None:
    """With the name that the operator gave the rule, and the key under which the example stands."""
    rule = "规则:\n  - 名字: 不发代考\n    说了: 代考\n    就: 提醒\n    这些要管:\n      - 作弊\n"
    code, output = _run(_file(tmp_path, f"群: 学习群\n{rule}"))
    said = output.splitlines()
    assert (1, True) == (code, said[0].endswith("没通过 不发代考: 这些要管 “作弊”"))
    assert said[1].startswith("    你写的：不发代考 (own-")
    assert "    结果：没管" == said[2]


def test_a_file_of_tests_extends_its_rule_file(tmp_path: Path) -> None:
    """Otherwise it would test nothing of it, and looks as if it did."""
    path = _file(tmp_path, SOUND)
    beside = _file(tmp_path, "pack: b\n", "a.test.yaml")

    code, output = _run(path)

    assert 1 == code
    assert f"{beside}:1:1: it does not extend the file that it is beside" in output
    assert "extends: [a]" in output


@pytest.mark.parametrize("broken", ["a.yaml", "a.test.yaml"])
def test_a_broken_file_is_not_tested(tmp_path: Path, broken: str) -> None:
    """Its faults are said, and the exit code is 1."""
    _file(tmp_path, SOUND)
    _file(tmp_path, "rules: [", broken)

    code, output = _run(tmp_path / "a.yaml")

    assert 1 == code
    assert f"{tmp_path / broken}:1:" in output


def test_changes_that_no_test_notices_are_named(tmp_path: Path) -> None:
    """Each with its place; too many of them give exit code 1."""
    rule = "when: { all: [{ words: [加微信] }, { link: any }] }"
    path = _file(tmp_path, SOUND.replace("when: { words: [加微信, 代购] }", rule))
    text = path.read_text("utf-8").replace("加微信 abc123", "加微信 example.com")
    path.write_text(text, encoding="utf-8")

    code, output = _run("--mutate", path)

    assert 1 == code
    assert f"{path}:7:19: no test notices: ad: drop when.all[0]\n" in output
    assert "    mutation 33 % (1 of 3 noticed)\n" in output


def test_enough_is_noticed(tmp_path: Path) -> None:
    """Exit code 0; changes that are excused with a reason are counted apart."""
    rule = "when: { any: [{ words: [加微信] }, { words: [加微信号] }] }"
    excuse = "equivalent:\n  - { mutant: 'ad: drop when.any[1]', reason: 前一个词包着它 }\n"
    text = SOUND.replace("when: { words: [加微信, 代购] }", rule) + excuse

    code, output = _run("--mutate", _file(tmp_path, text))

    assert 0 == code
    assert "mutation 100 % (2 of 2 noticed, 1 equivalent)" in output


def test_an_excuse_for_nothing_is_told(tmp_path: Path) -> None:
    """A change that is noticed needs no excuse: the exit code is 1."""
    excuse = "equivalent: [{ mutant: 'ad: drop', reason: none }]\n"

    code, output = _run("--mutate", _file(tmp_path, SOUND + excuse))

    assert 1 == code
    assert "marked as equivalent for nothing: ad: drop" in output


def test_nothing_is_changed_while_tests_fail(tmp_path: Path) -> None:
    """A change cannot be noticed by a test that fails anyway."""
    code, output = _run("--mutate", _file(tmp_path, SOUND.replace("微信 abc123", "好友 abc123")))

    assert 1 == code
    assert "nothing was changed" in output
    assert "mutation" not in output


def test_nothing_of_its_own_to_change(tmp_path: Path) -> None:
    """A file that only extends others has no changes."""
    code, output = _run("--mutate", _file(tmp_path, "pack: own\nextends: [en-starter]\n"))

    assert 0 == code
    assert "mutation" not in output


RED = """\
pack: red
rules:
  - id: ad
    title: 广告要配红包
    when: { words: [代购] }
    unless: { followed_by: { kind: red_packet, within: 3m } }
    then: { strikes: 1 }
tests:
  - name: 补了红包
    steps: [{ at: "10:00", from: 甲, text: 代购 }, { at: "10:01", from: 甲, kind: red_packet }]
    expect: []
"""


def test_timelines_can_be_played_on_a_platform(tmp_path: Path) -> None:
    """WeChat shows a red packet, and Telegram has none to show."""
    path = _file(tmp_path, RED)

    assert 0 == _run("--platform", "wechat", path)[0]
    assert 1 == _run("--platform", "telegram", path)[0]
    assert 2 == _run("--platform", "mars", path)[0]
