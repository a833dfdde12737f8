"""What all tests share: under CI nothing may be skipped that CI could run.

A test that lacks something outside the project skips with a reason that begins with "needs ".
Where CI=true is set, .ci/run installs what is needed, so such a skip is a failure there.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

SERIAL = ("crash", "whole")  # suites that start processes: each keeps to one worker
CI = os.environ.get("CI") == "true"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep each suite that starts processes on one worker of pytest-xdist."""
    for item in items:
        suite = Path(item.path).relative_to(config.rootpath).parts[1]
        if suite in SERIAL:
            item.add_marker(pytest.mark.xdist_group(suite))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where it must not be skipped."""
    report = yield
    _judge(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into a failed one where it must not be skipped."""
    report = yield
    _judge(report)
    return report


def _judge(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    if CI and report.skipped and reason.removeprefix("Skipped: ").startswith("needs "):
        report.outcome = "failed"
        report.longrepr = f"{reason}: .ci/run must install it, in CI nothing of this may be skipped"
