"""The project's own checks and generated pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts import settings_docs, size_check

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", settings_docs.PAGES)
def test_generated_pages_are_fresh(name: str) -> None:
    """What is written about settings is what the bot reads."""
    assert settings_docs.PAGES[name]() == (ROOT / name).read_text("utf-8"), "run: make docs"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n" * 300, []),
        ("x = 1\n" * 301, ["a.py: 301 lines; at most 300: split it by subject"]),
        ("def f():\n" + "    x = 1\n" * 39, []),
        (
            "\n\nasync def f():\n" + "    x = 1\n" * 40,
            ["a.py:3: f has 41 lines; at most 40: take a step out"],
        ),
        ("class A:\n    def f(self):\n" + "        x = 1\n" * 40, ["a.py:2: f has 41 lines; "]),
    ],
)
def test_what_is_too_long_is_told(text: str, said: list[str]) -> None:
    """A file above 300 lines and a function above 40 are told with their place."""
    found = list(size_check.faults(Path("a.py"), text))
    assert len(said) == len(found)
    assert all(fault.startswith(start) for fault, start in zip(found, said, strict=True))


def test_all_that_people_write_is_measured() -> None:
    """The sizes of all our sources are checked, and generated files are left out."""
    paths = [path.as_posix() for path in size_check.sources(ROOT)]
    assert {"bot/settings.py", "scripts/size_check.py", "tests/conftest.py"} <= set(paths)
    assert len(paths) > 20
    assert not [path for path in paths if path.startswith(("rules/tables", "tests/golden"))]


def test_make_says_what_it_can_do() -> None:
    """`make help` lists the commands that the README promises."""
    done = subprocess.run(["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True)
    promised = ("run", "test", "bench", "lock", "docs", "screenshots", "lint", "clean")
    assert [] == [name for name in promised if f"  make {name} " not in done.stdout]


def test_a_python_that_is_too_old_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Without a Python that will do, set-up says which one it needs and what it found."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *) echo 3.9.18;; esac\n')
    old.chmod(0o755)
    copy = tmp_path / "project"
    (copy / "scripts").mkdir(parents=True)
    (copy / "scripts/setup.sh").write_bytes((ROOT / "scripts/setup.sh").read_bytes())
    done = subprocess.run(
        ["sh", copy / "scripts/setup.sh"],
        env={"PYTHON": str(old), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 != done.returncode
    assert "needs Python 3.11, 3.12, 3.13 or 3.14 with venv (found: 3.9.18)" in done.stderr
    assert 1 == len(done.stderr.splitlines())
