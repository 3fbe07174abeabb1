"""The framework contract of a request: is one in force, which one it is attached to, how it ranks the provider."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.contracts.queries import contract_in_force, contract_named, is_in_force, rank_of
from workflows.errors import Flaw, Invalid
from workflows.operations.asked import ANALYSIS
from workflows.operations.context import OperationContext


def find_contract(context: OperationContext) -> Mapping[str, object]:
    """Find the framework contract in force today (R02)."""
    contract = contract_in_force(context.desk.session, context.case.organisation_id, context.desk.now)
    return {"contrat_en_vigueur": contract is not None, "contrat": contract.code if contract else None}


def attach_contract(context: OperationContext) -> Mapping[str, object]:
    """Attach the request to the contract that MANDA chose, one in force (R04); none named: the one in force."""
    session, organisation_id = context.desk.session, context.case.organisation_id
    code = context.given("R04").get("contrat")
    contract = (
        contract_named(session, organisation_id, str(code))
        if code
        else contract_in_force(session, organisation_id, context.desk.now)
    )
    if contract is None or not is_in_force(contract, context.desk.now):
        flaw = Flaw("contract.not_in_force", contract=code)
        raise Invalid("form.invalid", {"contrat": (flaw,)})
    return {"contrat": contract.code, "contrat_en_vigueur": True}


def classify(context: OperationContext) -> Mapping[str, object]:
    """Say what the decision on the kind of request turns on: the provider's rank, and the catalogue (R09)."""
    analysis = context.given(ANALYSIS)
    code = context.known("contrat")
    contract = contract_named(context.desk.session, context.case.organisation_id, str(code)) if code else None
    rank = rank_of(contract, str(analysis.get("prestataire"))) if contract is not None else 0
    return {"prestataire_rang": rank, "au_catalogue": bool(analysis.get("au_catalogue"))}
