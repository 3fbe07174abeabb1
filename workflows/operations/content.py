"""What the act says: every field that the signatory sees, and nothing of who signs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from workflows.contracts.weigh import related_requests
from workflows.operations.asked import ANALYSIS, REQUEST, organisation_of, request_of, terms_of, unlinked
from workflows.operations.context import OperationContext
from workflows.people.models import Person, Unit

SENSITIVE = frozenset({"ACCESSIBILITE"})
"""Motives that are sensitive personal information: they never leave the request (class RP2)."""

OPINIONS = ("R13", "R14")
BASIS = (
    "beneficiaire",
    "unite",
    "nature",
    "quantite",
    "contrat",
    "prestataire",
    "prestataire_rang",
    "au_catalogue",
    "modele",
    "prix_appareil_cents",
    "credit_cents",
    "frais",
    "duree_derogation_mois",
    "classe",
)
"""What a signature binds: a change of any of these voids it (R26)."""


def act_content(context: OperationContext) -> dict[str, Any]:
    """The act of a case, as everything known of it stands."""
    case, organisation = context.case, organisation_of(context)
    return {
        "version": 1,
        "dossier": case.number,
        "organisme": {"code": organisation.code, "nom": organisation.name},
        "objet": case.subject,
        "demandeur": _person(context, case.requester_id),
        "beneficiaire": _person(context, case.beneficiary_id),
        "unite": _unit(context),
        "subdivision": case.subdivision,
        **_request(context),
        **_analysis(context),
        "classement": {key: context.known(key) for key in ("classe", "derog_reseau", "derog_techno")},
        "classe": context.known("classe"),
        "avis": [opinion for step in OPINIONS if (opinion := _opinion(context, step))],
        "montants": _amounts(context),
        "apparentees": _related(context),
        "deliees": [{"dossier": number, "motif": reason} for number, reason in sorted(unlinked(context).items())],
        "delegation": {key: context.known(key) for key in ("niveau", "nb_signatures", "regle", "plan")},
    }


def _person(context: OperationContext, person_id: UUID | None) -> dict[str, str] | None:
    person = context.desk.session.get(Person, person_id) if person_id is not None else None
    return {"code": person.code, "nom": person.name} if person is not None else None


def _unit(context: OperationContext) -> dict[str, str] | None:
    unit = context.desk.session.get(Unit, context.case.unit_id) if context.case.unit_id is not None else None
    return {"code": unit.code, "nom": unit.name} if unit is not None else None


def _request(context: OperationContext) -> dict[str, Any]:
    asked = context.given(REQUEST)
    motives = [code for code in asked.get("motif") or () if code not in SENSITIVE]
    confirmed = context.given("R07").get("imputation") or asked.get("imputation")
    kept = {key: asked.get(key) for key in ("nature", "quantite", "modele_souhaite", "justification", "date_requise")}
    return {**kept, "motif": motives, "imputation": confirmed, "pieces": _files(context, asked.get("pieces"))}


def _analysis(context: OperationContext) -> dict[str, Any]:
    found = context.given(ANALYSIS)
    keys = (
        "prestataire",
        "au_catalogue",
        "modele",
        "prix_appareil_cents",
        "credit_cents",
        "forfait_mensuel_cents",
        "engagement_mois",
        "duree_derogation_mois",
    )
    return {
        "contrat": context.known("contrat"),
        "prestataire_rang": context.known("prestataire_rang"),
        **{key: found.get(key) for key in keys},
        "frais": [{"type": fee["type"], "cents": fee["cents"]} for fee in found.get("frais") or ()],
        "preuve_couverture": _files(context, found.get("preuve_couverture")),
    }


def _files(context: OperationContext, ids: Any) -> list[dict[str, str]]:
    if not ids:
        return []
    return [{"id": one.id, "nom": one.name, "sha256": one.sha256} for one in context.files(list(ids))]


def _opinion(context: OperationContext, step: str) -> dict[str, Any] | None:
    given = context.answers(step)
    if not given or not context.known("derog_techno"):
        return None
    lifted = step == "R14" and bool(context.known("avis_leve"))
    kept = {key: given.get(key) for key in ("avis", "conditions", "justification")}
    return {"etape": step, "par": _person(context, context.actors(step)), **kept, "leve": lifted}


def _amounts(context: OperationContext) -> dict[str, Any]:
    keys = ("cout_net_cents", "montant_ref_cents", "cumul_avant_cents", "cumul_apres_cents", "exercice")
    return {**{key: context.known(key) for key in keys}, "devise": "CAD", "taxes_incluses": False}


def _related(context: OperationContext) -> list[dict[str, Any]]:
    found = related_requests(context.desk.session, request_of(context), terms_of(context))
    return [{"dossier": other.number, "cents": other.cents, "soumise_le": other.submitted} for other in found]


def basis(content: dict[str, Any]) -> dict[str, Any]:
    """What of an act a signature binds."""
    amounts = content["montants"]
    bound = {key: amounts[key] for key in ("cout_net_cents", "montant_ref_cents")}
    return {**{key: _coded(content.get(key)) for key in BASIS}, **bound}


def _coded(value: Any) -> Any:
    """A person or a unit is its code: a corrected name changes nothing."""
    return value["code"] if isinstance(value, dict) and "code" in value else value
