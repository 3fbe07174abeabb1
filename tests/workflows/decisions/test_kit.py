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
    assert (report.passed, report.failed, report.skipped) == (6, 1, 0)
    file, case, node, expected, got = report.failures[0]
    assert (file, case, node, expected) == ("deadlines-test-01.xml", "uncovered", "Suite", "wrong on purpose")
    assert got == {"mode": None, "pressé": False, "jours": [1, 2.5]}


def test_an_empty_folder_passes_nothing_and_fails_nothing(tmp_path: Path) -> None:
    report = run_tck(tmp_path)
    assert (report.passed, report.failed, report.skipped) == (0, 0, 0)


CASES = '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"><modelName>{model}</modelName>'
CASES += (
    '<testCase id="1"><resultNode name="D"><expected><value>x</value></expected></resultNode></testCase></testCases>'
)


@pytest.mark.parametrize(
    ("cases", "model"),
    [
        ("<testCases", ""),
        (CASES.format(model="nowhere.dmn"), ""),
        (CASES.format(model="m.dmn"), "<not"),
        (CASES.format(model="m.dmn"), "<definitions/>"),
    ],
)
def test_what_cannot_be_read_is_a_failure_and_the_run_goes_on(tmp_path: Path, cases: str, model: str) -> None:
    (tmp_path / "a-test-01.xml").write_text(cases)
    (tmp_path / "m.dmn").write_text(model)
    for name in ("deadlines-test-01.xml", "deadlines.dmn"):
        (tmp_path / f"z-{name}").write_text((OWN / name).read_text().replace("deadlines.dmn", "z-deadlines.dmn"))
    report = run_tck(tmp_path)
    assert (report.passed, report.failed) == (6, 2)


def test_one_expression_that_cannot_be_read_does_not_spoil_the_others_of_its_model(tmp_path: Path) -> None:
    text = (OWN / "deadlines.dmn").read_text().replace("<text>2.5</text>", "<text>1 +</text>")
    (tmp_path / "deadlines.dmn").write_text(text)
    (tmp_path / "deadlines-test-01.xml").write_text((OWN / "deadlines-test-01.xml").read_text())
    assert run_tck(tmp_path).passed == 5
