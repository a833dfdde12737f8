"""Files that no rule file can be: each is named in a sentence, and none is waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.rulefiles import load_file

LIMIT = "the 5.0 MB that are read"
WORDS = [f"词语{n}号" for n in range(200_000)]
RULE = "rules: [{ id: a, title: A, when: { words: { list: long } }, then: { say: hello } }]\n"


def _check(path: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", str(path)])
    return result.exit_code, result.output.replace(str(path), "FILE")


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _nothing(path: Path) -> None:
    """No file of that name."""


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_large, f"FILE:1:1: the file is larger than {LIMIT} (split it into several files)\n"),
        (_loop, "FILE:1:1: the file cannot be read: Too many levels of symbolic links\n"),
        (_nothing, "FILE:1:1: the file cannot be read: No such file or directory\n"),
    ],
)
def test_what_is_no_rule_file_is_named(
    make: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    """With its name, and what to do where something can be done."""
    path = tmp_path / "a.yaml"
    make(path)

    assert (2, said) == _check(path)


def _in_full(folder: Path) -> str:
    return "pack: p\nlists:\n  long:\n" + "".join(f"    - {one}\n" for one in WORDS) + RULE


def _in_a_file(folder: Path) -> str:
    (folder / "long.txt").write_text("\n".join(WORDS), encoding="utf-8")
    return "pack: p\nlists: { long: { file: long.txt } }\n" + RULE


def _in_switches(folder: Path) -> str:
    return "群: 大群\n群类型: 聊天\n负责人: 小李\n不许说: " + "、".join(WORDS) + "\n"


@pytest.mark.parametrize("write", [_in_full, _in_a_file, _in_switches])
def test_a_list_of_200_000_words_is_a_list_like_others(
    write: Callable[[Path], str], tmp_path: Path
) -> None:
    """In the full form, from a text file, in switches; `bench_check` has the time it takes."""
    path = tmp_path / "a.yaml"
    path.write_text(write(tmp_path), encoding="utf-8")

    loaded = load_file(path)

    assert loaded.ruleset is not None, loaded.faults
    assert len(WORDS) == max(len(words) for words in loaded.ruleset.searched.words)
