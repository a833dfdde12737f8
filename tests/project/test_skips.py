"""Skipped tests under CI: what CI can run must not be skipped there."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
MODULE = """
import pytest
def test_runs(): pass
@pytest.mark.skip(reason="needs chromium")
def test_marked(): pass
def test_called(): pytest.skip("needs chromium")
@pytest.fixture
def browser(): pytest.skip("needs chromium")
def test_fixture(browser): pass
@pytest.mark.skip(reason="only on Windows")
def test_elsewhere(): pass
@pytest.mark.xfail(reason="needs thought", strict=True)
def test_expected(): assert False
"""
WHOLE_MODULE = 'import pytest\npytest.skip("needs chromium", allow_module_level=True)\n'


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with our conftest in its tests folder."""
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    folder = pytester.mkdir("tests")
    (folder / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (folder / "test_some.py").write_text(MODULE)
    (folder / "test_whole.py").write_text(WHOLE_MODULE)
    return pytester


def test_skips_are_failures_in_ci(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under CI a test that needs something installable fails, with a sentence that says so."""
    monkeypatch.setenv("CI", "true")
    result = project.runpytest(
        "-p", "no:randomly", "-p", "no:cov", "--continue-on-collection-errors"
    )
    result.assert_outcomes(passed=1, skipped=1, failed=1, errors=3, xfailed=1)
    result.stdout.fnmatch_lines(["*needs chromium: .ci/run must install it*"])


@pytest.mark.parametrize("ci", ["", "false"])
def test_skips_are_skips_elsewhere(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str
) -> None:
    """On a developer's machine a test that lacks something is skipped."""
    monkeypatch.setenv("CI", ci)
    result = project.runpytest("-p", "no:randomly", "-p", "no:cov")
    result.assert_outcomes(passed=1, skipped=5, xfailed=1)
