"""The small world in which the forms of the derogation are answered in these tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from workflows.errors import Invalid
from workflows.forms import Form, FormContext

FORMS = Path(__file__).parents[3] / "bpmn" / "derogation_cellulaire" / "forms"
NOW = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)
"""Wednesday 9 December 2026, ten o'clock in Quebec."""
REGISTERS: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    "persons": {
        "U01": {"superieur": "P08", "central": False},
        "U02": {"superieur": "P27", "central": False, "permis": False},
        "P08": {"superieur": "P09", "central": False},
        "P21": {"superieur": None, "central": True},
    },
    "units": {"SOE": {}, "SOO": {}},
    "subdivisions": {"SF-100": {}, "SF-200": {}},
    "providers": {
        "TELUS": {"rang": 1, "fin": "2028-03-31"},
        "ROGERS": {"rang": 2, "fin": "2028-03-31"},
        "AUTRE": {"rang": 0, "fin": None},
    },
    "contracts": {"CELL-DEMO": {}},
    "files": {name: {} for name in ("f1", "f2", "f3", "f4", "f5", "f6")},
    "related": {"DER-2026-000001": {}, "DER-2026-000002": {}},
}


def register(source: str, code: str) -> Mapping[str, object] | None:
    """What the registers of this world know of a code."""
    return REGISTERS.get(source, {}).get(code)


def the_form(name: str) -> Form:
    """A form of the derogation, by name."""
    return Form.load(json.loads((FORMS / f"{name}.json").read_text(encoding="utf-8")))


def at_the_desk(now: datetime = NOW, shown: Mapping[str, Any] | None = None, **known: Any) -> FormContext:
    """Where a form is answered in this world."""
    return FormContext(now, shown=shown or {}, lookups=register, known={"demandeur": "U01", **known})


def flaws(form: Form, answers: Any, context: FormContext | None = None) -> dict[str, list[str]]:
    """What a form refuses: the codes of the flaws by key."""
    with pytest.raises(Invalid) as refusal:
        form.check(answers, context or at_the_desk())
    assert refusal.value.code == "form.invalid"
    return {key: [flaw.code for flaw in found] for key, found in refusal.value.fields.items()}


REQUEST: Mapping[str, Any] = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "NOUVELLE_LIGNE",
    "quantite": 1,
    "equivalent_cout_nul": "NON",
    "motif": ["BESOIN_SPECIALISE"],
    "justification": "Inspections sur le terrain, sans poste fixe.",
}
ANALYSIS: Mapping[str, Any] = {
    "decision": "ANALYSER",
    "prestataire": "TELUS",
    "au_catalogue": True,
    "modele": "Modèle A",
    "prix_appareil_cents": 50001,
}
SECOND_RANK: Mapping[str, Any] = {
    **ANALYSIS,
    "prestataire": "ROGERS",
    "preuve_couverture": ["f1"],
    "duree_derogation_mois": 12,
}
COVERAGE = {"R05": {"motif": ["COUVERTURE"], "justification": "x" * 30}}
