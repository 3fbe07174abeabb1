"""Every code of the engine room has a sentence in both languages: in a drawing's problems, or as a case's reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workflows.engine.lint.words import INSTEAD, SENTENCES, sentence
from workflows.engine.reasons import REASONS, reason_of

ROOM = Path(__file__).parents[3] / "workflows" / "engine"
CODE = re.compile(r'"(engine\.[a-z_A-Z]+)"')
RAISED = re.compile(r'EngineError\(\s*"(engine\.[a-z_]+)"')
TOLD = sorted({code for path in (ROOM / "lint").glob("*.py") for code in CODE.findall(path.read_text())})
STOPS = sorted({code for path in ROOM.glob("*.py") for code in RAISED.findall(path.read_text())})
NEVER_SHOWN = {"engine.task_not_ready", "engine.not_awaited"}
"""What only says that someone was faster: the doors say it in their own words."""


@pytest.mark.parametrize("code", TOLD)
def test_a_problem_of_a_drawing_can_be_said(code: str) -> None:
    french, english = SENTENCES[code]
    assert french.strip() != english.strip()
    assert french[-1] in ".?}…"


@pytest.mark.parametrize("code", [one for one in STOPS if one not in NEVER_SHOWN])
def test_what_stops_a_case_or_a_drawing_can_be_said(code: str) -> None:
    assert code in SENTENCES or code in REASONS


def test_values_given_as_pairs_say_themselves_in_each_language() -> None:
    told = {
        tongue: sentence("engine.unsupported", tongue, {"kind": "x", "instead": INSTEAD["transaction"]})
        for tongue in ("fr", "en")
    }
    assert "sous-processus" in told["fr"]
    assert "sub-process" in told["en"]


def test_an_error_that_nobody_foresaw_says_only_that() -> None:
    assert reason_of("ZeroDivisionError", {"secret": 1}, "fr") == "une erreur inattendue s'est produite"
