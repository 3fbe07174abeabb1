"""The scenarios' files: readable, about steps that are drawn, answering with keys that the forms have."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bpmn.test_derogation_drawing import STEPS
from workflows.errors import Invalid
from workflows.forms import Form, FormContext
from workflows.scenarios.script import Script, read_script, scripts_of

FOLDER = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire"
REVIEW = FOLDER.parent / "reevaluation_reseau"
FILES = (*scripts_of(FOLDER), *scripts_of(REVIEW))
ABOUT = tomllib.loads((FOLDER / "process.toml").read_text(encoding="utf-8"))
REVIEWED = tomllib.loads((REVIEW / "process.toml").read_text(encoding="utf-8"))
UNDRAWN = {"R50", "R97", "R60"}
"""What may come from anywhere, and the step of the review that a derogation leads to."""
CONTEXT = FormContext(datetime(2026, 12, 9, 15, tzinfo=UTC))
ASKED = "01 02 04 06 08 12 14 16 20 22"


@pytest.fixture(params=FILES, ids=[path.stem for path in FILES])
def script(request: pytest.FixtureRequest) -> Script:
    return read_script(request.param)


def test_the_walks_that_matter_most_are_told() -> None:
    assert {f"DER-{number}" for number in ASKED.split()} <= {path.stem for path in FILES}


def test_a_scenario_is_named_after_its_file_and_told_in_both_languages(script: Script) -> None:
    assert script.id in {path.stem for path in FILES}
    assert script.title["fr"]
    assert script.title["en"]
    assert script.start.process in (None, ABOUT["key"])


def test_a_route_names_drawn_steps_and_ends_as_the_toml_says(script: Script) -> None:
    route = script.expected["route"]
    assert set(route) <= STEPS | UNDRAWN
    ends = {end["code"] for end in (*ABOUT["ends"].values(), *REVIEWED["ends"].values())}
    named = ABOUT["ends"].get(route[-1], {"code": script.expected["fin"]})
    assert named["code"] == script.expected["fin"]
    assert script.expected["fin"] in ends | {None}
    assert bool(script.expected["ouvertes"]) == (script.expected["fin"] is None)


def test_every_answer_has_its_question(script: Script) -> None:
    for gesture in script.gestures:
        if gesture.kind == "tache":
            step = gesture.said["tache"]
            folder, about = (REVIEW, REVIEWED) if step in REVIEWED["forms"] else (FOLDER, ABOUT)
            text = (folder / "forms" / f"{about['forms'][step]}.json").read_text(encoding="utf-8")
            form = Form.load(json.loads(text))
            assert _unknown_keys(form, gesture.said.get("reponses", {})) == set()


def _unknown_keys(form: Form, answers: dict[str, object]) -> set[str]:
    try:
        form.check(answers, CONTEXT)
    except Invalid as refusal:
        return {key for key, flaws in refusal.fields.items() if any(flaw.code == "form.unknown_key" for flaw in flaws)}
    return set()


def test_gestures_follow_one_another_in_time(script: Script) -> None:
    moments = [gesture.at for gesture in script.gestures if gesture.at is not None]
    assert moments == sorted(moments)
    assert all(script.clock <= moment for moment in moments)
