"""What happens at the instant itself, what follows the proof, and how the case ends (D14, D29, D36, D40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update

from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.operations.context import OperationContext
from workflows.operations.departure.leaver import HANDOVER, leaver_of, type_of
from workflows.operations.departure.revoke import apply_programmed
from workflows.operations.departure.stock import LINE, rows_of
from workflows.operations.ending import SUSPENDED, cover, end_role, end_roles, hold_register, settle_later
from workflows.operations.resuming import resume_role
from workflows.people.models import Absence, Person, RoleAssignment, Substitution

LONG = timedelta(days=3660)
"""How long an absence without a day of return is kept as one."""


def at_the_instant(context: OperationContext) -> Mapping[str, object]:
    """End what ends by itself at the instant decided: what was programmed, roles, replacements, employment (D14)."""
    apply_programmed(context)
    person = leaver_of(context)
    if person is None or context.case.facts.get("annulation") or context.known("interne") is True:
        return {"instant_passe": True}
    at = context.desk.now
    if context.known("temporaire") is True:
        _away(context, person, at)
        _suspend_roles(context, person, at)
    else:
        person.employed_until = at
        end_roles(context.desk, person, at, context.case)
    for row in context.desk.session.scalars(
        select(Substitution).where(
            (Substitution.titulaire_id == person.id) | (Substitution.substitute_id == person.id),
            Substitution.valid_from < at,
            Substitution.valid_until > at,
        )
    ):
        row.valid_until = at
        note(context.desk, "substitution.ended", case=context.case, substitution=row.code)
    context.desk.session.flush()
    return {"instant_passe": True}


def _suspend_roles(context: OperationContext, person: Person, at: datetime) -> None:
    """Suspend the roles; the body is not left without a contact lead meanwhile (CARD-02)."""
    hold_register(context.desk.session, person.organisation_id)
    mine = (RoleAssignment.person_id == person.id, RoleAssignment.state == "ACTIVE", RoleAssignment.valid_from < at)
    for row in context.desk.session.scalars(select(RoleAssignment).where(*mine)).all():
        end_role(context.desk, row, at, context.case, SUSPENDED)
        if row.role == "INTRL":
            cover(context.desk, row, at, context.case)
    settle_later(context.desk, person.organisation_id, context.case)


def _away(context: OperationContext, person: Person, at: datetime) -> None:
    told = context.known("retour_le")
    until = datetime.fromisoformat(str(told)) if told else at + LONG
    absence = Absence(
        organisation_id=person.organisation_id,
        person_id=person.id,
        valid_from=at,
        valid_until=max(until, at + timedelta(minutes=1)),
        recorded_at=at,
    )
    context.desk.session.add(absence)


def back_at_work(context: OperationContext, person: Person) -> None:
    """End the absence and give back the roles that were suspended with it."""
    now = context.desk.now
    running = (Absence.person_id == person.id, Absence.valid_from < now, Absence.valid_until > now)
    context.desk.session.execute(update(Absence).where(*running).values(valid_until=now))
    paused = (RoleAssignment.person_id == person.id, RoleAssignment.state == SUSPENDED)
    for row in context.desk.session.scalars(select(RoleAssignment).where(*paused)).all():
        resume_role(context.desk, row, now, context.case)
    settle_later(context.desk, person.organisation_id, context.case)


def what_follows(context: OperationContext) -> Mapping[str, object]:
    """Say what follows a proved revocation: goods, the wait for a return, the closing, or back to the arrival (D29)."""
    temporary = context.known("temporaire") is True
    goods = not temporary or context.given(HANDOVER).get("recuperer_biens") is True
    if context.case.facts.get("annulation"):
        follows = "ANNULATION"
    elif context.known("interne") is True:
        follows = "CLORE"
    else:
        follows = "BIENS" if goods else "RETOUR"
    line = any(row.system == LINE for row in rows_of(context))
    return {
        "suite": follows,
        "temporaire": temporary,
        "suite_biens": goods,
        "manque_cellulaire": False,
        "manque_autre": False,
        "a_facturer": line and bool(context.case.facts.get("ligne_traitee")),
        "issue": "ANNULATION" if follows == "ANNULATION" else "COMPLETE",
    }


def close(context: OperationContext) -> Mapping[str, object]:
    """Say how the departure ends: with reservations where a gap was accepted, goods are missing, an incident is open.

    What served to follow the person up is erased (D37).
    """
    facts = context.case.facts
    reserved = bool(facts.get("ecarts_acceptes") or facts.get("biens_manquants") or facts.get("incident_ouvert"))
    said = context.given("D36").get("reserves")
    kept = {key: value for key, value in context.given("D10").items() if key != "coordonnees_suivi"}
    if context.given("D10"):
        context.save_answers("D10", kept)
    return {"issue": "RESERVES" if reserved or said else "COMPLETE"}


def cancel(context: OperationContext) -> Mapping[str, object]:
    """Take a cancelled departure up: before the instant everything stays, after it access is asked for anew (D40)."""
    gone = any(context.case.facts.get(key) for key in ("instant_passe", "execute", "programmes"))
    person = leaver_of(context)
    if gone and person is not None and not context.case.facts.get("annulation"):
        person.employed_until = None
        _restore_roles(context, person)
        back_at_work(context, person)
    return {
        "revoque": gone,
        "deces": type_of(context) == "DECES",
        "retablir": gone,
        "issue": "RETABLI",
        "retour_le": plain(context.desk.now),
    }


def _restore_roles(context: OperationContext, person: Person) -> None:
    """Give back the roles that this departure ended, those that nobody holds since."""
    ended = (RoleAssignment.person_id == person.id, RoleAssignment.state == "TERMINEE")
    at = context.case.facts.get("t_revocation")
    if at is None:
        return
    for row in context.desk.session.scalars(
        select(RoleAssignment).where(*ended, RoleAssignment.interim.is_(False))
    ).all():
        if row.valid_until is not None and row.valid_until >= datetime.fromisoformat(str(at)):
            row.valid_until = None
            resume_role(context.desk, row, context.desk.now, context.case)
