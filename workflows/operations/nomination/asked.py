"""A derogation that waits for someone to be appointed: the head names a person from R21 (NOMMER)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Flaw, Invalid
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.people.cardinality import Proposal, against_naming
from workflows.people.directory import person_by_code
from workflows.people.roles import works

STEP, ROLE = "R21", "DERO"


def ask_for_nomination(context: OperationContext) -> Mapping[str, object]:
    """Say who is to be appointed, and under which key the nomination answers."""
    code = str(context.given(STEP).get("personne") or "")
    asked = int(context.case.facts.get("nominations_demandees") or 0) + 1
    key = f"{context.case.number}/{STEP}/{asked}"
    return {"nomination_cle": key, "nomination_personne": code, "nominations_demandees": asked}


def check_appointment(context: OperationContext, code: str) -> None:
    """Refuse at once who could not be appointed: a nomination would only come to a standstill."""
    session, organisation = context.desk.session, organisation_of(context)
    person = person_by_code(session, code, organisation.id)
    if person is None or not works(person, context.desk.now):
        raise Invalid("form.invalid", {"personne": (Flaw("nomination.not_at_work"),)})
    proposal = Proposal(organisation, ROLE, person.id, "ORG", None, context.desk.now, proposer_id=context.desk.actor.id)
    found = [one for one in against_naming(session, proposal) if one.blocks]
    if found:
        flaws = tuple(Flaw(f"card.{one.rule}", nom=one.name or person.name) for one in found)
        raise Invalid("form.invalid", {"personne": flaws})
