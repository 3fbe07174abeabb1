"""The providers' portals: what the contact lead checks off once a role changed hands (N10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.contracts.queries import contract_in_force
from workflows.operations.context import OperationContext

HEARD = "N10b"
STEPS = ("N10", "N10r")


def list_portals(context: OperationContext) -> Mapping[str, object]:
    """Prepare one line a provider of the contract in force, for the contact lead to check off."""
    contract = contract_in_force(context.desk.session, context.case.organisation_id, context.desk.now)
    ranks = contract.ranks if contract is not None else {}
    providers = sorted((code for code, rank in ranks.items() if rank), key=lambda code: (ranks[code], code))
    for step in STEPS:
        if context.answers(step) is None:
            context.save_answers(step, {"portails": [{"prestataire": code} for code in providers]})
    return {}


def hear_portal(context: OperationContext) -> Mapping[str, object]:
    """A provider said what it did of an access: it stands in the list."""
    told = dict(context.given(HEARD))
    for step in STEPS:
        if context.submitted(step) is not None:
            continue
        rows: list[dict[str, Any]] = [dict(row) for row in context.given(step).get("portails") or ()]
        for row in rows:
            if row.get("prestataire") == told.get("prestataire"):
                row |= {"usager_portail": told.get("usager"), "confirme": told.get("etat")}
        context.save_answers(step, {"portails": rows})
    return {}
