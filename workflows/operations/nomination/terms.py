"""What a nomination asks for, read from its proposal: who, which role, which scope, from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from workflows.forms.values import DAY
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.people.directory import person_by_code
from workflows.people.models import Person, RoleAssignment

PROPOSAL, CORRECTION = "N02", "N05"
NAME, REVOKE, SUSPEND, SUBSTITUTE, EXTEND = "NOMMER", "REVOQUER", "SUSPENDRE", "SUBSTITUER", "PROLONGER"
ENDING = frozenset({REVOKE, SUSPEND})
"""Actions that end something: the person whom they concern is not asked to accept them."""
ON_A_ROW = frozenset({REVOKE, SUSPEND, EXTEND, SUBSTITUTE})
"""Actions about a role that someone holds already."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is proposed. ``titulaire`` is who is replaced by a substitute, ``files`` the written authorisation."""

    action: str
    role: str
    person: Person | None
    scope: str
    scope_code: str | None
    since: datetime | None
    until: datetime | None
    titulaire: Person | None
    entries: tuple[str, ...]
    files: tuple[str, ...]
    reason: str


def terms_of(context: OperationContext, told: Mapping[str, Any] | None = None) -> Terms:
    """The proposal as it stands, or as it is being answered (``told``)."""
    answers = context.given(PROPOSAL) if told is None else told
    scope = answers.get("portee") or {}
    kind = str(scope.get("type") or "ORG")
    entry = answers.get("entree_delegation")
    return Terms(
        action=str(answers.get("action") or NAME),
        role=str(answers.get("role") or ""),
        person=_person(context, answers.get("personne")),
        scope=kind,
        scope_code=str(scope["code"]) if scope.get("code") and kind != "ORG" else None,
        since=instant(context, answers.get("du"), answers.get("heure_du")),
        until=instant(context, answers.get("au")),
        titulaire=_person(context, answers.get("titulaire")),
        entries=(str(entry),) if entry else (),
        files=tuple(str(one) for one in answers.get("instrument") or ()),
        reason=str(answers.get("motif") or "").strip(),
    )


def _person(context: OperationContext, code: object) -> Person | None:
    return person_by_code(context.desk.session, str(code), context.case.organisation_id) if code else None


def instant(context: OperationContext, told: object, hour: object = None) -> datetime | None:
    """A day at midnight on the organisation's clocks, or at an hour; an instant as it is."""
    if not told:
        return None
    zone = ZoneInfo(organisation_of(context).timezone)
    if DAY.fullmatch(str(told)):
        return datetime.combine(date.fromisoformat(str(told)), time.fromisoformat(str(hour or "00:00")), zone)
    found = datetime.fromisoformat(str(told))
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def row_held(context: OperationContext, terms: Terms, at: datetime) -> RoleAssignment | None:
    """The row of the register that the proposal is about: whose role ends, goes on longer, or is replaced.

    Where no scope is told and the person holds the role in one scope only, that one is meant.
    """
    holder = terms.titulaire if terms.action == SUBSTITUTE else terms.person
    if holder is None:
        return None
    query = select(RoleAssignment).where(
        RoleAssignment.person_id == holder.id,
        RoleAssignment.role == terms.role,
        RoleAssignment.state == "ACTIVE",
        or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > at),
    )
    rows = list(context.desk.session.scalars(query.order_by(RoleAssignment.valid_from, RoleAssignment.id)))
    told = [row for row in rows if (row.scope, row.scope_code) == (terms.scope, terms.scope_code)]
    if told:
        return told[0]
    return rows[0] if len(rows) == 1 and terms.scope_code is None else None
