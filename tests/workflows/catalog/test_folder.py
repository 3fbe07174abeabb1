"""What is said of a whole folder: English beside the French, messages declared, tables that decide what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflows.catalog.examine_folder import examine_sources, read_all

DEROGATION = Path(__file__).parents[3] / "bpmn" / "derogation_cellulaire"
SOURCES, _ = read_all(DEROGATION)


def said(name: str, before: str, after: str) -> list[tuple[str, str, str | None]]:
    """What is said of a file once one of its texts is another."""
    text = SOURCES[name].decode()
    assert before in text
    found = examine_sources({**SOURCES, name: text.replace(before, after, 1).encode()})
    return [(one.code, one.severity, one.element) for one in found[name]]


def test_the_folder_as_it_is_says_everything_in_both_languages() -> None:
    assert {name: problems for name, problems in examine_sources(SOURCES).items() if problems} == {}


@pytest.mark.parametrize(
    ("name", "before", "after", "found"),
    [
        (
            "process.bpmn",
            'parcours:nameEn="Confirm the need and the account"',
            "",
            ("process.no_english", "warning", "R07"),
        ),
        (
            "process.toml",
            'en = "Derogation and non-zero-cost device"',
            "",
            ("process.one_language", "warning", "title"),
        ),
        (
            "forms/F-R2.json",
            '"labelEn": "Decision"',
            '"other": "Decision"',
            ("process.no_english_in_form", "warning", "decision"),
        ),
        (
            "process.bpmn",
            'name="derogation.signee"',
            'name="derogation.signée"',
            ("process.message_unlisted", "warning", None),
        ),
        (
            "process.bpmn",
            "R07.decision = ",
            "R07.décision = ",
            ("engine.unknown_field", "error", None),
        ),
        (
            "process.bpmn",
            'id="lane_RCELL" name="RCELL"',
            'id="lane_RCELL" name="RCEL"',
            ("engine.lane_unknown", "error", "lane_RCELL"),
        ),
    ],
)
def test_what_is_missing_is_told(name: str, before: str, after: str, found: tuple[str, str, str | None]) -> None:
    codes = said(name, before, after)
    assert found in codes or found[:2] in [one[:2] for one in codes if found[2] is None]


def test_a_table_that_decides_something_else_is_refused() -> None:
    codes = said("process.bpmn", 'parcours:decision="TD_TYPE_DEMANDE"', 'parcours:decision="TD_SIGNATURE_bis"')
    assert ("process.no_table", "error", "R09") in codes
    other = SOURCES["TD_TYPE_DEMANDE.dmn"].replace(b'id="TD_TYPE_DEMANDE" name="TD_TYPE_DEMANDE"', b'id="A" name="A"')
    found = examine_sources({**SOURCES, "TD_TYPE_DEMANDE.dmn": other})["process.bpmn"]
    assert ("process.other_decision", "R09") in [(one.code, one.element) for one in found]
