"""What a case asks of its signatories, and what the signing table asks for its amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from workflows.contracts.weigh import Weight
from workflows.operations.acts import dues_for
from workflows.operations.asked import is_derogation, organisation_of, types_of
from workflows.operations.context import OperationContext
from workflows.people.models import Unit
from workflows.people.settings import setting
from workflows.signatures.act import dues_of_act, live_act
from workflows.signatures.bench import Place, read_bench, subordinates
from workflows.signatures.given import signed_by
from workflows.signatures.matter import Bench, Due, Matter
from workflows.signatures.models import SignatureDue
from workflows.signatures.sign import recused

SIGNING_RULE = "TD_SIGNATURE"


@dataclass(frozen=True, slots=True)
class Question:
    """A matter to sign, who there is to sign it, and the signatures still due."""

    matter: Matter
    bench: Bench
    dues: tuple[Due, ...]

    def due(self, position: int) -> Due | None:
        """The signature due at a position, unless it was given."""
        return next((due for due in self.dues if due.position == position), None)


def question_of(context: OperationContext) -> Question:
    """What the case asks of its signatories, as everything stands now."""
    session, case = context.desk.session, context.case
    place = Place(case.organisation_id, case.unit_id, case.subdivision)
    bench = read_bench(session, place, context.desk.now)
    unit = session.get(Unit, case.unit_id) if case.unit_id is not None else None
    handled = {step: person for step in ("R07", "R08") if (person := context.actors(step)) is not None}
    matter = Matter(
        types=types_of(context),
        unit=unit.code if unit is not None else None,
        cents=int(context.known("montant_ref_cents") or 0),
        requester_id=case.requester_id,
        beneficiary_id=case.beneficiary_id,
        handled=handled,
        below=subordinates(session, case.beneficiary_id, bench, *_asking(context)),
        recused=recused(session, case),
        signed=signed_by(session, live_act(session, case.id)),
        gest_may_sign=bool(setting(organisation_of(context), "gest_peut_signer")),
    )
    return Question(matter, bench, tuple(_dues(context)))


def _asking(context: OperationContext) -> tuple[UUID, ...]:
    """The person who asks, who may be outside the plan: the head of the body, or whoever stands in."""
    actor = context.desk.actor
    return (actor.id,) if actor.id is not None else ()


def _dues(context: OperationContext) -> Iterable[Due]:
    """The signatures still due: those of the act that stands, else those that the level asks for."""
    act = live_act(context.desk.session, context.case.id)
    rows = dues_of_act(context.desk.session, act) if act is not None else ()
    if not rows or not _same_level(context, rows):
        return list(dues_for(context))
    return [_due(row) for row in rows if row.evidence_id is None]


def _same_level(context: OperationContext, rows: Iterable[SignatureDue]) -> bool:
    """Whether the act's signatures are those that the level known now asks for."""
    asked = {(due.position, due.level, due.joint) for due in dues_for(context)}
    return asked == {(row.position, row.level, row.joint) for row in rows}


def _due(row: SignatureDue) -> Due:
    return Due(row.position, row.level, row.joint, row.designated_id)


def signing_rule(context: OperationContext, weight: Weight) -> Mapping[str, Any]:
    """What the signing table in force now asks for a weight."""
    derogation = is_derogation(context)
    inputs = {
        "requiert": derogation or weight.net_cents > 0,
        "derog": derogation,
        "montant_ref_cents": weight.reference_cents,
        "cumul_apres_cents": weight.after_cents,
    }
    return context.evaluate(SIGNING_RULE, inputs)
