"""Applying the details that were asked for (R26): what changes, what that voids, where the case resumes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.operations.asked import ANALYSIS, REQUEST
from workflows.operations.context import OperationContext
from workflows.operations.situate import situate
from workflows.signatures.act import void

DETAILS = "R26"
ASKERS = ("R07", "R08", "R23")
OF_REQUEST = frozenset(
    {
        "beneficiaire",
        "unite_budgetaire",
        "subdivision",
        "nature",
        "quantite",
        "modele_souhaite",
        "equivalent_cout_nul",
        "motif",
        "justification",
        "date_requise",
        "imputation",
        "pieces",
    }
)
OF_ANALYSIS = frozenset(
    {
        "prestataire",
        "au_catalogue",
        "modele",
        "prix_appareil_cents",
        "credit_cents",
        "frais",
        "forfait_mensuel_cents",
        "preuve_couverture",
        "duree_derogation_mois",
        "demandes_deliees",
        "engagement_mois",
    }
)
PLACE = frozenset({"unite_budgetaire", "subdivision"})
"""Keys that say where the request lies: the case moves with them at once."""
TEXT_OR_FILES = frozenset(
    {"subdivision", "equivalent_cout_nul", "motif", "justification", "date_requise", "pieces", "preuve_couverture"}
)
"""Keys whose change leaves the signatures as they are; any other voids them."""


def apply_details(context: OperationContext) -> Mapping[str, object]:
    """Merge what the answer to a return changes, and say where the case resumes (R26)."""
    asker = _asker(context)
    changes = context.given(DETAILS).get("modifications") or {}
    changed = _merge(context, REQUEST, OF_REQUEST, changes) | _merge(context, ANALYSIS, OF_ANALYSIS, changes)
    if changed - TEXT_OR_FILES:
        void(context.desk, context.case, "changed")
    if changed & PLACE:
        situate(context)
    if "beneficiaire" in changed:
        return {"suite": "R06"}
    if asker == "R23" and changed - TEXT_OR_FILES:
        return {"suite": "R08"}
    return {"suite": asker}


def _asker(context: OperationContext) -> str:
    """Which step asked for details; its question is taken as answered, so that it is never read twice."""
    for step in ASKERS:
        given = context.answers(step)
        if given and given.get("decision") == "RETOURNER":
            context.save_answers(step, {key: value for key, value in given.items() if key != "decision"})
            return step
    return ANALYSIS


def _merge(context: OperationContext, step: str, keys: frozenset[str], changes: Mapping[str, Any]) -> frozenset[str]:
    """Write the changes that belong to a step's answers; which keys really changed."""
    answers = context.given(step)
    changed = frozenset(key for key in keys & changes.keys() if answers.get(key) != changes[key])
    if changed:
        context.save_answers(step, {**answers, **{key: changes[key] for key in changed}})
    return changed
