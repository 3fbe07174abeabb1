"""What passes between the house and the provider: an order that came by the portal, held, released, rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.asked import ANALYSIS, REQUEST
from workflows.operations.context import OperationContext
from workflows.operations.situate import situate
from workflows.people.directory import person_by_code, person_by_reference

PERSON, PORTAL, CASE = "PERSONNE", "PORTAIL", "DOSSIER"
BY_PORTAL, BY_CASE, ORDER = "R01a", "R01b", "R30"
HELD = "commande_bloquee"
"""Whether the provider holds the order: it came without a signature, or costs more than what was signed."""
OF_REQUEST = ("unite_budgetaire", "subdivision", "nature", "quantite")
OF_ANALYSIS = ("prestataire", "modele", "prix_appareil_cents", "credit_cents")


def receive_request(context: OperationContext) -> Mapping[str, object]:
    """Take up what opened the case (R01): a person, an order from a portal, or another case with a draft."""
    order, draft = context.answers(BY_PORTAL), context.answers(BY_CASE)
    if order is not None:
        return _from_portal(context, order)
    return _from_case(context, draft) if draft is not None else {"origine": PERSON}


def _from_portal(context: OperationContext, order: Mapping[str, Any]) -> Mapping[str, object]:
    """An order placed without a case: it goes to its analysis at once, and is held until it may be placed (R08)."""
    organisation_id = context.case.organisation_id
    person = person_by_reference(context.desk.session, str(order.get("beneficiaire")), organisation_id)
    asked = {key: order[key] for key in OF_REQUEST if order.get(key) is not None}
    asked["beneficiaire"] = person.code if person is not None else order.get("beneficiaire")
    context.save_answers(REQUEST, {**asked, "modele_souhaite": str(order.get("modele") or "")[:80]})
    context.save_answers(ANALYSIS, {key: order[key] for key in OF_ANALYSIS if order.get(key) is not None})
    context.save_answers(ORDER, {"no_commande": order.get("no_commande")})
    situate(context)
    known = {"no_commande": order.get("no_commande"), "prestataire_portail": order.get("prestataire")}
    return {"origine": PORTAL, HELD: True, **known}


def _from_case(context: OperationContext, draft: Mapping[str, Any]) -> Mapping[str, object]:
    """A request that another case opens: the person whom it names completes the draft (R05)."""
    case, session = context.case, context.desk.session
    requester = person_by_code(session, str(draft.get("demandeur")), case.organisation_id)
    if requester is not None:
        case.requester_id = requester.id
    kept = {key: value for key, value in draft.items() if key != "demandeur" and value is not None}
    context.save_answers(REQUEST, kept)
    return {"origine": CASE}


def release_order(context: OperationContext) -> Mapping[str, object]:
    """Let an order that the provider holds be placed: it is signed now, or needs no signature (R30)."""
    if not context.known(HELD):
        return {}
    note(context.desk, "order.released", case=context.case, step=ORDER)
    return {HELD: False}


def note_rejection(context: OperationContext) -> Mapping[str, object]:
    """Keep why the provider rejected the order, for whoever decides what follows (R33)."""
    brought = context.given("R33")
    context.save_answers("R33", {})
    before = context.case.facts.get("motifs_rejet") or []
    return {"motifs_rejet": [*before, str(brought.get("motif") or "")]}


def report_silence(context: OperationContext) -> Mapping[str, object]:
    """Tell MANDA that the provider does not answer, after every third reminder (R36)."""
    told = holders(context.desk.session, context.case.organisation_id, "MANDA", context.desk.now)
    tell(context.desk, "provider.silent", told, context.case, "R36")
    return {}
