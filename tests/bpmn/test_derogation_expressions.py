"""The expressions of the drawing: each can be read, and each condition answers yes or no whatever is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from workflows.feel import compile_expression, from_json

FOLDER = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
NOW = datetime(2026, 12, 9, 15, tzinfo=UTC)


def _texts(name: str, *tags: str) -> dict[str, str]:
    root = etree.parse(FOLDER / name).getroot()
    found = [one for tag in tags for one in root.iter(f"{BPMN}{tag}")]
    return {str(one.getparent().get("id") or one.getparent().getparent().get("id")): str(one.text) for one in found}


CONDITIONS = _texts("process.bpmn", "conditionExpression")
ENOUGH = _texts("signature.bpmn", "completionCondition")


def evaluate(text: str, **data: Any) -> object:
    expression = compile_expression(text)
    scope = {name: from_json(data.get(name)) for name in expression.free_names}
    return expression.evaluate(scope, now=NOW)


@pytest.mark.parametrize("flow", CONDITIONS)
def test_a_condition_on_nothing_at_all_does_not_hold(flow: str) -> None:
    assert evaluate(CONDITIONS[flow]) is False


@pytest.mark.parametrize(
    ("level", "opinion", "lifted", "goes_on"),
    [
        ("N1", None, False, True),
        ("N4", "FAVORABLE", False, True),
        ("N2", "DEFAVORABLE", False, False),
        ("N2", "DEFAVORABLE", True, True),
        ("N5", None, False, False),
        ("N0", None, False, False),
    ],
)
def test_an_unfavourable_opinion_stops_the_case_until_it_is_lifted(
    level: str, opinion: str | None, lifted: bool, goes_on: bool
) -> None:
    data = {"niveau": level, "R14": {"avis": opinion} if opinion else None, "avis_leve": lifted}
    assert evaluate(CONDITIONS["f_R17_R19"], **data) is goes_on


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        ({"0": {"decision": "SIGNER"}}, False),
        ({"0": {"decision": "SIGNER"}, "1": {"decision": "REFUSER"}}, True),
        ({"1": {"decision": "RETOURNER"}}, True),
        ({"0": {"decision": "GARDE", "vers": "R19"}}, True),
    ],
)
def test_anything_but_a_signature_ends_the_wait_for_the_others(outcomes: dict[str, Any], known: bool) -> None:
    (text,) = ENOUGH.values()
    assert evaluate(text, R23=outcomes) is known


@pytest.mark.parametrize("name", ["script", "timeDate", "loopCardinality"])
def test_scripts_and_timers_can_be_read(name: str) -> None:
    for text in {**_texts("process.bpmn", name), **_texts("signature.bpmn", name)}.values():
        compile_expression(text)


def test_the_order_has_no_limit_when_nothing_was_signed() -> None:
    texts = _texts("process.bpmn", "script")
    assert evaluate(texts["R17a"]) == {"validite_commande": None}
