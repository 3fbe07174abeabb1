"""The test cases of the DMN compatibility kit, and small ones of the house in the same form."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workflows.decisions.tck import run_tck

OWN = Path(__file__).parent / "kit"


@pytest.fixture
def kit() -> Path | None:
    """Where the kit lies on this machine, when it does."""
    return Path(os.environ["DMN_TCK"]) if os.environ.get("DMN_TCK") else None


def test_every_case_of_the_kit_comes_out(kit: Path | None) -> None:
    report = run_tck(kit or OWN)
    unexpected = [failure for failure in report.failures if failure[1] != "uncovered"]
    assert unexpected == []
    assert report.passed >= (120 if kit else 5)


def test_a_case_that_does_not_come_out_is_told_with_what_was_expected_and_what_came() -> None:
    report = run_tck(OWN)
    assert (report.passed, report.failed, report.skipped) == (5, 1, 1)
    file, case, node, expected, got = report.failures[0]
    assert (file, case, node, expected) == ("deadlines-test-01.xml", "uncovered", "Suite", "wrong on purpose")
    assert got == {"mode": None, "pressé": False, "jours": [1, 2.5]}


def test_an_empty_folder_passes_nothing_and_fails_nothing(tmp_path: Path) -> None:
    report = run_tck(tmp_path)
    assert (report.passed, report.failed, report.skipped) == (0, 0, 0)
