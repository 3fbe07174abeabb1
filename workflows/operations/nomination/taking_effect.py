"""A role begins, ends, is suspended, goes on longer or is lent, in one transaction in which the rules are put again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from workflows.journal.write import note
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.operations.ending import (
    SUSPENDED,
    cover,
    end_interims,
    end_role,
    hold_register,
    interim,
    settle_later,
    told_of,
)
from workflows.operations.nomination.judging import keep, names_of
from workflows.operations.nomination.opening import IMMEDIATE
from workflows.operations.nomination.rules import proposal_of, rules_against
from workflows.operations.nomination.terms import EXTEND, NAME, PROPOSAL, REVOKE, SUBSTITUTE, SUSPEND, Terms, terms_of
from workflows.people.models import Person, RoleAssignment, Substitution
from workflows.people.relief import substitutable
from workflows.people.roles import SIGNATORY, holders_of

DONE, BLOCKED = "FAITE", "BLOQUEE"


def take_effect(context: OperationContext) -> Mapping[str, object]:
    """Let what was decided take effect (N09): inboxes follow at once, and the claimed tasks of who leaves go back."""
    hold_register(context.desk.session, context.case.organisation_id)
    told = context.given(PROPOSAL)
    terms, at = terms_of(context), datetime.fromisoformat(str(context.known("effet")))
    if context.known("revocation_le") and not context.known("revocation_en_cours"):
        return _revoke_alone(context, at)
    found = [one for one in rules_against(context, terms, told, at) if one.blocks]
    if found:
        violations = [{"regle": one.rule, "bloque": True, "nom": one.name} for one in found]
        note(context.desk, "role.blocked", case=context.case, step="N09", rules=[one.rule for one in found])
        return {"activation": BLOCKED, "violations": violations}
    left = EFFECTS[terms.action](context, terms, at)
    return _carried(context, left, at, "ROLE_TERMINE" if terms.action in (REVOKE, SUSPEND) else "ROLE_EN_VIGUEUR")


def _carried(
    context: OperationContext, left: list[RoleAssignment], at: datetime, resultat: str
) -> Mapping[str, object]:
    """What follows: whose claimed tasks go back, what is told outside."""
    context.desk.session.flush()
    context.free_hands()
    settle_later(context.desk, context.case.organisation_id, context.case)
    person = context.desk.session.get(Person, left[0].person_id) if left else None
    return {
        "activation": DONE,
        "resultat": resultat,
        "termine_ref": person.code if person is not None else None,
        "debute": resultat == "ROLE_EN_VIGUEUR",
        "en_vigueur_du": said_day(context, at),
    }


def said_day(context: OperationContext, at: datetime) -> str:
    """How an instant is told outside: by its local date when it is midnight."""
    local = at.astimezone(ZoneInfo(organisation_of(context).timezone))
    return local.date().isoformat() if local.time() == time() else local.isoformat()


def _revoke_alone(context: OperationContext, at: datetime) -> Mapping[str, object]:
    """The end of a role that a departure decided: nothing holds it back."""
    _show(context)
    row = _known_row(context)
    state = SUSPENDED if context.known("action") == SUSPEND else "TERMINEE"
    carried = _carried(context, _end(context, row, at, state) if row is not None else [], at, "ROLE_TERMINE")
    return {**carried, "termine_ref": context.known("revocation_ref")}


def revoke_beside(context: OperationContext) -> Mapping[str, object]:
    """At its instant a departure ends the role, whatever becomes of the successor (N08, beside)."""
    hold_register(context.desk.session, context.case.organisation_id)
    row, at = _known_row(context), datetime.fromisoformat(str(context.known("revocation_le")))
    _show(context)
    if row is not None:
        _end(context, row, at)
    context.free_hands()
    settle_later(context.desk, context.case.organisation_id, context.case)
    return {"revoque_du": said_day(context, at)}


def _show(context: OperationContext) -> None:
    """What was kept from whoever leaves at once is no secret any more at the instant."""
    if context.known("mode_depart") == IMMEDIATE:
        context.show_again()


def _known_row(context: OperationContext) -> RoleAssignment | None:
    known = context.known("attribution")
    row = context.desk.session.get(RoleAssignment, UUID(str(known)), populate_existing=True) if known else None
    return row if row is not None and row.state == "ACTIVE" else None


def _end(context: OperationContext, row: RoleAssignment, at: datetime, state: str = "TERMINEE") -> list[RoleAssignment]:
    """End a row; where the last contact lead leaves, the head is one for the interim (CARD-02)."""
    end_role(context.desk, row, at, context.case, state)
    if row.role == "INTRL":
        cover(context.desk, row, at, context.case)
    return [row]


def _name(context: OperationContext, terms: Terms, at: datetime) -> list[RoleAssignment]:
    """Begin; whoever is replaced ends at the very same instant."""
    told, session = context.given(PROPOSAL), context.desk.session
    replaced = proposal_of(context, terms, told, at, settled=True).without
    row = keep(context, terms, "ACTIVE", at)
    left = [session.get_one(RoleAssignment, one) for one in sorted(replaced - {row.id}, key=str)]
    left = [other for other in left if other.state == "ACTIVE" and other.role == row.role]
    for other in left:
        end_role(context.desk, other, at, context.case)
    if row.role == "INTRL":
        end_interims(context.desk, row, at, context.case)
    person = session.get_one(Person, row.person_id)
    note(context.desk, "role.started", case=context.case, step="N09", **told_of(row, person), since=at)
    return left


def _revoke(context: OperationContext, terms: Terms, at: datetime) -> list[RoleAssignment]:
    row = _known_row(context)
    if row is None:
        return []
    if context.given(PROPOSAL).get("interim") and row.role == "INTRL":
        end_role(context.desk, row, at, context.case)
        heads = holders_of(context.desk.session, row.organisation_id, "DIR", context.desk.now)
        if heads:
            interim(context.desk, row, heads[0], at, context.case)
        return [row]
    return _end(context, row, at)


def _suspend(context: OperationContext, terms: Terms, at: datetime) -> list[RoleAssignment]:
    """Suspend; where an end is told, the role comes back by itself at that instant."""
    row = _known_row(context)
    if row is None:
        return []
    until = row.valid_until
    left = _end(context, row, at, SUSPENDED)
    if terms.until is not None and (until is None or terms.until < until):
        row.valid_until = at
        back = RoleAssignment(
            organisation_id=row.organisation_id,
            person_id=row.person_id,
            role=row.role,
            scope=row.scope,
            scope_code=row.scope_code,
            entries=list(row.entries),
            valid_from=terms.until,
            valid_until=until,
            named_by_id=row.named_by_id,
            instrument=row.instrument,
            case_id=context.case.id,
        )
        context.desk.session.add(back)
    return left


def _extend(context: OperationContext, terms: Terms, at: datetime) -> list[RoleAssignment]:
    row = _known_row(context)
    if row is not None:
        row.valid_until, row.reminded_at, row.case_id = terms.until, None, context.case.id
        person = context.desk.session.get_one(Person, row.person_id)
        until = terms.until
        note(context.desk, "role.extended", case=context.case, step="N09", **told_of(row, person), until=until)
    return []


def _substitute(context: OperationContext, terms: Terms, at: datetime) -> list[RoleAssignment]:
    """Write the replacement down, with the case that holds its authorisation (CARD-13)."""
    session, organisation = context.desk.session, organisation_of(context)
    if terms.titulaire is None or terms.person is None or terms.until is None:
        raise LookupError("a replacement is told with two persons and an end")
    count = session.scalar(select(func.count()).where(Substitution.organisation_id == organisation.id)) or 0
    row = Substitution(
        organisation_id=organisation.id,
        code=f"SUB-{context.case.number.partition('-')[2]}-{count + 1}",
        titulaire_id=terms.titulaire.id,
        substitute_id=terms.person.id,
        roles=[terms.role],
        entries=_entries_lent(context, terms, at),
        valid_from=at,
        valid_until=terms.until,
        instrument=names_of(context, terms) or "",
        reason_class=str(context.given(PROPOSAL).get("classe_motif") or "AUTRE"),
        case_id=context.case.id,
    )
    session.add(row)
    session.flush()
    who = {"titulaire": terms.titulaire.code, "substitute": terms.person.code, "role": terms.role}
    note(context.desk, "substitution.recorded", case=context.case, step="N09", substitution=row.code, **who)
    return []


def _entries_lent(context: OperationContext, terms: Terms, at: datetime) -> list[str]:
    """The entries that a signatory's substitute signs under."""
    if terms.role != SIGNATORY or terms.titulaire is None:
        return []
    proposal = proposal_of(context, terms, context.given(PROPOSAL), at, settled=True)
    return list(substitutable(context.desk.session, proposal, terms.titulaire))


EFFECTS: Mapping[str, Callable[[OperationContext, Terms, datetime], list[RoleAssignment]]] = {
    NAME: _name,
    REVOKE: _revoke,
    SUSPEND: _suspend,
    EXTEND: _extend,
    SUBSTITUTE: _substitute,
}
