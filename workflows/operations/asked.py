"""What a case asks for, read from its answers: the offer, how it is weighed, what kind of act it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.contracts.amounts import Fee, Offer, net_cost
from workflows.contracts.weigh import Request, Terms, Weight, related_requests, weigh
from workflows.errors import Invalid
from workflows.operations.context import OperationContext
from workflows.people.models import Organisation
from workflows.people.settings import setting

REQUEST = "R05"
ANALYSIS = "R08"


def organisation_of(context: OperationContext) -> Organisation:
    """The organisation of the case."""
    return context.desk.session.get_one(Organisation, context.case.organisation_id)


def counted(organisation: Organisation) -> frozenset[str]:
    """The one-time charges that an organisation counts in a net cost."""
    return frozenset(setting(organisation, "frais_comptes"))


def offer_of(request: Mapping[str, Any], analysis: Mapping[str, Any]) -> Offer:
    """What the provider asks for, from the request's quantity and the analysis's prices."""
    fees = tuple(Fee(str(fee["type"]), int(fee["cents"])) for fee in analysis.get("frais") or ())
    return Offer(
        quantity=int(request.get("quantite") or 1),
        price_cents=int(analysis.get("prix_appareil_cents") or 0),
        credit_cents=int(analysis.get("credit_cents") or 0),
        fees=fees,
    )


def net_cost_of(context: OperationContext) -> int:
    """The net cost of what is asked, as the answers stand."""
    offer = offer_of(context.given(REQUEST), context.given(ANALYSIS))
    return net_cost(offer, counted(organisation_of(context)))


def age_of(context: OperationContext) -> datetime:
    """When the request was submitted; an order that came from a portal, when its case was opened."""
    at: datetime = context.submitted(REQUEST) or context.case.created_at
    return at


def request_of(context: OperationContext) -> Request:
    """The request as its budget unit sees it."""
    case = context.case
    if case.unit_id is None:
        raise Invalid("request.no_unit", case=case.number)
    return Request(case.id, case.number, case.organisation_id, case.unit_id, age_of(context))


def unlinked(context: OperationContext) -> dict[str, str]:
    """The related requests that RCELL set apart, each with the written reason."""
    rows = context.given(ANALYSIS).get("demandes_deliees") or ()
    return {str(row["dossier"]): str(row["motif"]) for row in rows}


def related_numbers(context: OperationContext) -> list[str]:
    """The earlier requests that count with this one, whether set apart or not; none before its unit is known."""
    if context.case.unit_id is None:
        return []
    terms = replace(terms_of(context), unlinked=frozenset())
    return [other.number for other in related_requests(context.desk.session, request_of(context), terms)]


def terms_of(context: OperationContext) -> Terms:
    """How the request is weighed now."""
    organisation = organisation_of(context)
    days = int(setting(organisation, "fenetre_apparentees_jours"))
    return Terms(context.desk.now, organisation.timezone, days, frozenset(unlinked(context)))


def weight_of(context: OperationContext) -> Weight:
    """What the request weighs now, its unit's money held until the transaction ends."""
    return weigh(context.desk.session, request_of(context), net_cost_of(context), terms_of(context))


def is_derogation(context: OperationContext) -> bool:
    """Whether the network or the technology departs from the contract's offer."""
    return bool(context.known("derog_reseau")) or bool(context.known("derog_techno"))


def types_of(context: OperationContext) -> frozenset[str]:
    """The types of act that a signature must cover."""
    found = {
        code
        for code, present in (
            ("RESEAU", context.known("derog_reseau")),
            ("TECHNO", context.known("derog_techno")),
            ("APPAREIL", int(context.known("cout_net_cents") or 0) > 0),
        )
        if present
    }
    return frozenset(found or {"APPAREIL"})
