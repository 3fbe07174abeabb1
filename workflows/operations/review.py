"""Before a network derogation ends: when it is looked at again, who is told, and the request that renews it."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.context import OperationContext
from workflows.people.models import Person, Unit

OPENED_BY, REVIEW = "R60a", "R60"


def take_up_dates(context: OperationContext) -> Mapping[str, object]:
    """Take up when the derogation ends and when it is looked at again, as the request's own case told."""
    told = context.given(OPENED_BY)
    return {key: told.get(key) for key in ("reevaluation_le", "fin_derogation")}


def inform_of_review(context: OperationContext) -> Mapping[str, object]:
    """Tell MANDA that a network derogation comes to its end (R60)."""
    told = holders(context.desk.session, context.case.organisation_id, "MANDA", context.desk.now)
    tell(context.desk, "derogation.review", told, context.case, REVIEW)
    return {}


def take_up_request(context: OperationContext) -> Mapping[str, object]:
    """Say for whom, where and by whom the new request is made: whoever decides to renew completes it."""
    session, case = context.desk.session, context.case
    unit = session.get(Unit, case.unit_id) if case.unit_id is not None else None
    asker, beneficiary = (
        session.get(Person, one) if one is not None else None for one in (context.actors(REVIEW), case.beneficiary_id)
    )
    return {
        "demandeur": asker.code if asker is not None else None,
        "beneficiaire": beneficiary.code if beneficiary is not None else None,
        "unite_budgetaire": unit.code if unit is not None else None,
        "subdivision": case.subdivision,
    }
