"""Requests that follow each other: weighed together, and set apart by the analysis with a reason (DER-23, DER-25)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bpmn.living import Life, Request
from workflows.errors import Invalid

REASON = "Deux équipes distinctes, deux besoins."


def apart(*requests: Request, reason: str = REASON) -> list[dict[str, str]]:
    """Those requests, set apart."""
    return [{"dossier": one.number, "motif": reason} for one in requests]


def amounts(request: Request) -> tuple[Any, ...]:
    """What a request is weighed at, and the level it needs."""
    return tuple(request.facts[key] for key in ("montant_ref_cents", "niveau", "regle"))


def test_the_third_of_three_needs_the_director(life: Life) -> None:
    weighed = [amounts(life.analysed()) for _ in range(3)]
    assert weighed == [(45_000, "N1", "S2"), (90_000, "N2", "S4"), (135_000, "N2", "S4")]


def test_the_analysis_sees_what_is_related_before_it_is_first_done(life: Life) -> None:
    first, second = life.analysed(), life.analysed()
    assert life.ask().seen_by("P03", "R08").shown["demandes_apparentees"] == [first.number, second.number]


def test_any_of_the_related_may_be_set_apart_at_the_first_analysis(life: Life) -> None:
    first, _, third = (life.analysed() for _ in range(3))
    request = life.ask()
    request.analyse(demandes_deliees=apart(first, third))
    assert amounts(request) == (90_000, "N2", "S4")


def test_all_set_apart_the_request_is_weighed_alone_and_the_signatory_reads_why(life: Life) -> None:
    earlier = life.analysed()
    request = life.ask()
    request.analyse(demandes_deliees=apart(earlier))
    assert amounts(request) == (45_000, "N1", "S2")
    assert request.open == [("R23", "P32")]
    assert request.seen_by("P32", "R23").shown["acte"]["deliees"] == apart(earlier)
    (fact,) = request.journal("related.unlinked")
    assert fact.data == {"other": earlier.number, "reason": REASON, "person": "P03"}


def test_a_request_that_is_not_related_is_not_set_apart(life: Life) -> None:
    elsewhere = life.analysed(unite_budgetaire="SRF")
    request = life.ask()
    for stranger in (elsewhere, request):
        with pytest.raises(Invalid) as refused:
            request.analyse(demandes_deliees=apart(stranger))
        assert list(refused.value.fields) == ["demandes_deliees.0.dossier"]


def test_what_was_set_apart_stays_so_when_the_analysis_is_done_again(life: Life) -> None:
    first, second = life.analysed(), life.analysed()
    request = life.ask()
    request.analyse(demandes_deliees=apart(first, second))
    request.do("R23", "P32", decision="RETOURNER", destinataire="RCELL", motif_decision="Est-ce le bon modèle ?")
    request.do("R26", "P03", modifications={"modele": "Modèle B"})
    first.do("R23", "P32", decision="REFUSER", motif_decision="Le besoin n'est pas démontré.")
    assert request.seen_by("P03", "R08").shown["demandes_apparentees"] == [second.number]
    request.do("R08", "P03", decision="ANALYSER")
    assert amounts(request) == (45_000, "N1", "S2")


def test_a_refused_request_is_not_related_to_the_next_one(life: Life) -> None:
    life.analysed().do("R23", "P32", decision="REFUSER", motif_decision="Le besoin n'est pas démontré.")
    assert amounts(life.analysed()) == (45_000, "N1", "S2")
