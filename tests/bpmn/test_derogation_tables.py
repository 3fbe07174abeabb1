"""The decision tables of the derogation: every bound on both sides, no gap, no overlap."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from workflows.decisions import evaluate, read_dmn

FOLDER = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire"
SIGNATURE = read_dmn((FOLDER / "TD_SIGNATURE.dmn").read_bytes())
TYPE = read_dmn((FOLDER / "TD_TYPE_DEMANDE.dmn").read_bytes())
AMOUNTS = (0, 1, 49_999, 50_000, 50_001, 249_999, 250_000, 250_001, 999_999, 1_000_000, 1_000_001)
AMOUNTS += (2_499_999, 2_500_000, 2_500_001)
TOTALS = (0, 1_000_000, 1_000_001, 2_500_000, 2_500_001, 5_000_000, 5_000_001, 10_000_000, 10_000_001)


def level(requiert: bool, derog: bool, amount: int, total: int) -> tuple[object, object, object]:
    found = evaluate(
        SIGNATURE,
        "TD_SIGNATURE",
        {"requiert": requiert, "derog": derog, "montant_ref_cents": amount, "cumul_apres_cents": total},
        strict=True,
    ).value
    assert isinstance(found, dict)
    return found["niveau"], found["nb_signatures"], found["regle"]


def expected(requiert: bool, derog: bool, amount: int, total: int) -> tuple[object, object, object]:
    """The plan told once more, as a ladder: the highest step that the amount or the year's total reaches."""
    if not requiert:
        return "N0", 0, "S1"
    if total > 10_000_000:
        return "N5", 0, "S11"
    if amount > 2_500_000:
        return "N5", 0, "S10"
    if amount > 1_000_000:
        return "N4", 2, "S9"
    if total > 5_000_000:
        return "N4", 2, "S8"
    if amount > 250_000:
        return "N3", 1, "S7"
    if total > 2_500_000:
        return "N3", 1, "S6"
    if derog:
        return "N2", 1, "S5"
    if amount > 50_000:
        return "N2", 1, "S4"
    return ("N2", 1, "S3") if total > 1_000_000 else ("N1", 1, "S2")


@pytest.mark.parametrize(("requiert", "derog"), [(False, False), (True, False), (True, True)])
def test_every_bound_of_the_plan_gives_one_level(requiert: bool, derog: bool) -> None:
    for amount, total in product(AMOUNTS, TOTALS):
        asked = (requiert, derog, amount, total)
        assert level(*asked) == expected(*asked), asked


@pytest.mark.parametrize(
    ("rank", "listed", "network", "technology", "kind"),
    [
        (0, True, False, False, "HORS_CONTRAT"),
        (0, False, False, False, "HORS_CONTRAT"),
        (1, True, False, False, "STANDARD"),
        (1, False, False, True, "TECHNOLOGIQUE"),
        (2, True, True, False, "RESEAU"),
        (2, False, True, True, "MIXTE"),
    ],
)
def test_the_kind_of_a_request_follows_from_rank_and_catalogue(
    rank: int, listed: bool, network: bool, technology: bool, kind: str
) -> None:
    found = evaluate(TYPE, "TD_TYPE_DEMANDE", {"prestataire_rang": rank, "au_catalogue": listed}, strict=True).value
    assert found == {"derog_reseau": network, "derog_techno": technology, "classe": kind}
