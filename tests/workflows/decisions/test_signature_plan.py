"""The sample signing plan of OP-DEMO: complete, without overlap, on every boundary."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from workflows.decisions import DecisionError, Definitions, evaluate, read_dmn

PLAN = Path(__file__).parent / "models" / "td_signature.dmn"
LIMITS = (50_000, 250_000, 1_000_000, 2_500_000)
LADDERS = (1_000_000, 2_500_000, 5_000_000, 10_000_000)


def around(limits: tuple[int, ...]) -> list[int]:
    """Nothing, and each limit with its neighbours."""
    return [0, *(limit + step for limit in limits for step in (-1, 0, 1))]


def expected(requiert: bool, derog: bool, montant: int, cumul: int) -> str:
    """The level as the plan says it in words: the higher of what the amount and the year ask for."""
    if not requiert:
        return "N0"
    by_amount = 1 + sum(montant > limit for limit in LIMITS)
    by_year = 1 + sum(cumul > limit for limit in LADDERS)
    return f"N{max(by_amount, by_year, 2 if derog else 1)}"


@pytest.fixture(scope="module")
def plan() -> Definitions:
    """The plan, read once."""
    return read_dmn(PLAN.read_bytes())


def test_exactly_one_row_covers_every_boundary_point(plan: Definitions) -> None:
    points = list(product((True, False), (True, False), around(LIMITS), around(LADDERS)))
    assert len(points) == 676
    for requiert, derog, montant, cumul in points:
        asked = {"requiert": requiert, "derog": derog, "montant_ref": montant, "cumul_apres": cumul}
        result = evaluate(plan, "TD_SIGNATURE", asked, strict=True)
        assert len(result.rules) == 1, asked
        assert result.outputs["niveau"] == expected(requiert, derog, montant, cumul), asked


@pytest.mark.parametrize(
    ("requiert", "derog", "montant", "cumul", "row", "signatures"),
    [
        (False, False, 0, 0, "S1", 0),
        (True, False, 50_000, 1_000_000, "S2", 1),
        (True, False, 50_000, 1_000_001, "S3", 1),
        (True, False, 50_001, 2_500_000, "S4", 1),
        (True, True, 0, 0, "S5", 1),
        (True, True, 250_000, 2_500_001, "S6", 1),
        (True, False, 250_001, 0, "S7", 1),
        (True, False, 1_000_000, 5_000_001, "S8", 2),
        (True, False, 1_000_001, 0, "S9", 2),
        (True, False, 2_500_001, 10_000_000, "S10", None),
        (True, False, 0, 10_000_001, "S11", None),
    ],
)
def test_each_row_is_the_answer_somewhere(
    plan: Definitions, requiert: bool, derog: bool, montant: int, cumul: int, row: str, signatures: int | None
) -> None:
    asked = {"requiert": requiert, "derog": derog, "montant_ref": montant, "cumul_apres": cumul}
    result = evaluate(plan, "Niveau de signature", asked, strict=True)
    assert (result.rules, result.outputs["signatures"], result.decision) == ((row,), signatures, "TD_SIGNATURE")


def test_an_amount_that_is_not_known_covers_no_row(plan: Definitions) -> None:
    asked = {"requiert": True, "derog": False, "montant_ref": None, "cumul_apres": 0}
    with pytest.raises(DecisionError) as caught:
        evaluate(plan, "TD_SIGNATURE", asked, strict=True)
    assert caught.value.params["inputs"] == ("requiert", "derog", "montant_ref", "cumul_apres")
