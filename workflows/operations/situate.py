"""Situating a request: for whom, in which unit, and whether the requester already is the beneficiary's superior."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from workflows.errors import Flaw, Invalid
from workflows.operations.asked import REQUEST
from workflows.operations.context import OperationContext
from workflows.people.directory import person_by_code
from workflows.people.hierarchy import superior_of
from workflows.people.models import Person, Unit


def situate(context: OperationContext) -> Mapping[str, object]:
    """Set the case's beneficiary, unit, subdivision and subject; say whether R07 may be skipped (R06)."""
    case, answers = context.case, context.given(REQUEST)
    beneficiary = _beneficiary(context, answers.get("beneficiaire"))
    unit = _unit(context, answers.get("unite_budgetaire"))
    case.beneficiary_id = beneficiary.id
    case.unit_id = unit.id
    case.subdivision = answers.get("subdivision") or None
    case.subject = f"Cellulaire pour {beneficiary.name}, {unit.code}"
    return {"demandeur_est_superieur": _is_superior(context, case.requester_id, beneficiary)}


def _is_superior(context: OperationContext, requester_id: UUID | None, beneficiary: Person) -> bool:
    superior = superior_of(context.desk.session, beneficiary)
    return requester_id is not None and superior is not None and superior.id == requester_id


def _beneficiary(context: OperationContext, code: object) -> Person:
    person = person_by_code(context.desk.session, str(code), context.case.organisation_id)
    if person is None:
        raise Invalid("form.invalid", {"beneficiaire": (Flaw("form.unknown_person", value=code),)})
    return person


def _unit(context: OperationContext, code: object) -> Unit:
    query = select(Unit).where(Unit.organisation_id == context.case.organisation_id, Unit.code == str(code))
    unit = context.desk.session.scalar(query)
    if unit is None or not unit.active:
        raise Invalid("form.invalid", {"unite_budgetaire": (Flaw("form.unknown_unit", value=code),)})
    return unit
