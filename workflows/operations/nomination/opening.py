"""How a nomination begins: by a person who proposes, by a departure that ends a role, by the head for a derogation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from workflows.journal.seal import plain
from workflows.operations.context import OperationContext
from workflows.operations.nomination.terms import (
    ENDING,
    NAME,
    PROPOSAL,
    REVOKE,
    SUBSTITUTE,
    instant,
    row_held,
    terms_of,
)
from workflows.people.appointing import NAMED, proposer_of
from workflows.people.models import Person, RoleAssignment

TOLD = ("N01a", "N01")
IMMEDIATE = "IMMEDIAT"
PROPOSE, CHECK, END, SUCCEED = "PROPOSER", "VERIFIER", "REVOQUER", "SUCCESSION"
"""Where a nomination goes first: to its proposer, to the rules, to the end of a role, or to both at once."""


def open_nomination(context: OperationContext) -> Mapping[str, object]:
    """Take up what is known already, and say where the case goes first (N01)."""
    inside = context.answers(TOLD[0]) is not None
    told = dict(context.given(TOLD[0]) or context.given(TOLD[1]))
    if inside and told.get("personne") and not told.get("du"):
        told["du"] = plain(context.desk.now)
    for step in TOLD:
        if context.answers(step):
            context.save_answers(step, {})
    case = context.case
    case.beneficiary_id, case.unit_id, case.subdivision = None, None, None
    row = _row(context, told)
    context.save_answers(PROPOSAL, _proposal(told, row))
    known: dict[str, object] = {
        "dossier": case.number,
        "retour": told.get("retour"),
        "mode_depart": told.get("mode_depart"),
        "attribution": str(row.id) if row is not None else None,
        "proposeur": proposer_of(str(told.get("role"))),
        "revocation_en_cours": False,
        "revocation_le": None,
        "revocation_ref": None,
        "resultat": "",
    }
    suite = _first(told, row) if inside else PROPOSE
    if suite in (END, SUCCEED) and row is not None:
        known |= _ending(context, told, row, alone=suite == END)
    name_case(context, str(told.get("action") or NAME), str(told.get("role") or ""), None)
    return {**known, "suite": suite}


def _first(told: Mapping[str, Any], row: RoleAssignment | None) -> str:
    if told.get("action") in ENDING:
        if row is None:
            return PROPOSE
        return SUCCEED if told.get("successeur") else END
    return CHECK if told.get("role") in NAMED and told.get("personne") and told.get("du") else PROPOSE


def _row(context: OperationContext, told: Mapping[str, Any]) -> RoleAssignment | None:
    """The row of the register that is told: by its id, else by who holds what."""
    try:
        found = context.desk.session.get(RoleAssignment, UUID(str(told.get("attribution"))))
    except ValueError:
        found = None
    if found is not None and found.organisation_id == context.case.organisation_id:
        return found
    if not told.get("role") or not told.get("personne"):
        return None
    scope = {"type": told.get("portee_type") or "ORG", "code": told.get("portee_code")}
    terms = terms_of(context, {"role": told["role"], "personne": told["personne"], "portee": scope})
    return row_held(context, terms, context.desk.now)


def _proposal(told: Mapping[str, Any], row: RoleAssignment | None) -> dict[str, Any]:
    """The proposal as it is known already; a successor is still to be proposed."""
    kept = {key: told[key] for key in ("role", "personne", "du", "au") if told.get(key)}
    kept["action"] = told.get("action") or NAME
    if row is not None:
        kept["portee"] = {"type": row.scope, **({"code": row.scope_code} if row.scope_code else {})}
    elif told.get("portee_type"):
        code = {"code": told["portee_code"]} if told.get("portee_code") else {}
        kept["portee"] = {"type": told["portee_type"], **code}
    if told.get("action") == SUBSTITUTE and "personne" in kept:
        kept["titulaire"] = kept.pop("personne")
    if told.get("action") in ENDING and told.get("successeur"):
        kept["action"] = NAME
        kept.pop("personne", None)
    return kept


def _ending(
    context: OperationContext, told: Mapping[str, Any], row: RoleAssignment, *, alone: bool
) -> dict[str, object]:
    """What the end of a role needs, decided elsewhere: nobody approves it here, and it waits for no successor."""
    person = context.desk.session.get_one(Person, row.person_id)
    at = instant(context, told.get("du")) or context.desk.now
    at = max(at, context.desk.now)
    place(context, None, row.scope, row.scope_code, person)
    if told.get("mode_depart") == IMMEDIATE:
        context.hide_from(person.id)
    known = about(str(told.get("role") or row.role), person, row.scope, row.scope_code, at)
    ending = {"revocation_le": plain(at), "revocation_ref": person.code, "revocation_en_cours": not alone}
    return {**known, **ending, "action": str(told.get("action") or REVOKE)}


def about(
    role: str, person: Person | None, scope: str, scope_code: str | None, at: datetime | None
) -> dict[str, object]:
    """What messages and pages say of a nomination."""
    return {
        "role": role,
        "personne_ref": person.code if person is not None else None,
        "portee_type": scope,
        "portee_code": scope_code,
        "effet": plain(at) if at is not None else None,
    }


def place(
    context: OperationContext, named: Person | None, scope: str, scope_code: str | None, concerned: Person | None
) -> None:
    """Put the case on the person named, if one is asked to accept, and on the unit and subdivision it concerns."""
    case, someone = context.case, named or concerned
    case.beneficiary_id = named.id if named is not None else None
    case.unit_id = someone.unit_id if someone is not None else None
    case.subdivision = scope_code if scope == "SUB" else None


def name_case(context: OperationContext, action: str, role: str, person: Person | None) -> None:
    """Say in a few words what the case is about."""
    what = {NAME: "Nomination", REVOKE: "Révocation", "SUSPENDRE": "Suspension", "SUBSTITUER": "Substitution"}
    said = f"{what.get(action, 'Prolongation')} {role}".strip()
    context.case.subject = f"{said} : {person.name}" if person is not None else said
