"""What a leaver has: accounts, cards, lines, roles; what of it is to be revoked now (D07, D14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from workflows.accesses.calls import connector_of
from workflows.accesses.ledger import SYSTEMS, accesses_of
from workflows.accesses.models import Access, AccessState
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.operations.departure.leaver import leaver_of
from workflows.people.models import Unit
from workflows.people.roles import assignments_of, works

CHAIN, LINE, DEVICE = "CHAINE", "LIGNE", "APPAREIL"
"""An approval link, a mobile line, a device: what a departure ends besides the accounts in the systems."""
TO_VERIFY = "A_VERIFIER"
SELF_SERVICES = frozenset({"LSCD", "LSA", "LSH"})
"""What goes with being employed, not with a position."""
NOMINATED = frozenset(
    {"INTRL", "RCELL", "MANDA", "MANDA_S", "GAPCO", "FACTU", "DERO", "PILOT", "PILFM", "PROP", "CSEC", "RPRP"}
)
"""Roles that someone was named to, and whose end is a nomination of its own (D12)."""


def rows_of(context: OperationContext) -> list[Access]:
    """What the ledger says that this departure is about: of a cancelled arrival, only what the arrival granted."""
    person_id, arrival = context.case.beneficiary_id, context.case.facts.get("arrivee_id")
    rows = accesses_of(context.desk.session, person_id) if person_id is not None else ()
    if context.case.facts.get("annulation"):
        return [row for row in rows if str(row.case_id) == arrival]
    return list(rows)


def take_stock(context: OperationContext) -> Mapping[str, object]:
    """Take stock of what the person has; what the ledger does not know of a worker is to be verified (D07)."""
    rows = rows_of(context)
    known = {row.system for row in rows}
    items = [{"systeme": row.system, "compte": row.account, "etat": row.state} for row in rows]
    person = leaver_of(context)
    unsure = person is not None and works(person, context.desk.now) and not context.case.facts.get("annulation")
    items += [{"systeme": system, "etat": TO_VERIFY} for system in SYSTEMS if unsure and system not in known]
    roles = roles_of(context)
    return {
        **to_revoke(context, items),
        "inventaire": items,
        "a_prouver": to_prove(context),
        "roles_detenus": [row["role"] for row in roles],
        "nb_roles": 0 if context.case.facts.get("annulation") else len(roles),
    }


def to_prove(context: OperationContext) -> list[str]:
    """The systems that nothing reads back: whoever disables there attaches proof (SOD-07, D28)."""
    organisation = organisation_of(context)
    if organisation.demo:
        return []
    return [system for system in SYSTEMS if connector_of(organisation, system) is None]


def see_what(context: OperationContext) -> Mapping[str, object]:
    """See again, as the revocation opens, what is left to revoke (D14)."""
    items: list[dict[str, object]] = [{"systeme": row.system, "etat": row.state} for row in rows_of(context)]
    known = {one["systeme"] for one in items}
    earlier: Sequence[Mapping[str, object]] = context.case.facts.get("inventaire") or ()
    items += [dict(one) for one in earlier if one["etat"] == TO_VERIFY and one["systeme"] not in known]
    return to_revoke(context, items)


def to_revoke(context: OperationContext, items: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Which works are to be done: each system that has something, and of a change of unit what the position gave."""
    cancelled = bool(context.case.facts.get("annulation"))
    if context.known("interne") is True:
        return _position_bound(context)
    held = {str(one["systeme"]) for one in items if cancelled or one["etat"] != AccessState.DISABLED}
    chain = context.case.facts.get("chaine") is True if cancelled else CHAIN in held or _heads(context)
    return {
        "a_sagir": "SAGIR" in held,
        "a_chaine": chain,
        "a_reseau": "RESEAU" in held,
        "a_badge": "BADGE" in held,
        "a_ligne": LINE in held,
    }


def leaving_codes(context: OperationContext, row: Access) -> list[str]:
    """What of an account goes with the position: what the manager said, else all but what employment gives (D60)."""
    said = context.given("D60").get("droits_retires")
    if said is None:
        return [code for code in row.granted if code not in SELF_SERVICES] if row.system == "SAGIR" else []
    return [code for code in row.granted if code in said]


def _position_bound(context: OperationContext) -> dict[str, object]:
    goes = {row.system: bool(leaving_codes(context, row)) for row in rows_of(context)}
    chain = any(row.system == CHAIN and row.state == AccessState.ENABLED for row in rows_of(context))
    return {
        "a_sagir": goes.get("SAGIR", False),
        "a_chaine": chain,
        "a_reseau": goes.get("RESEAU", False),
        "a_badge": False,
        "a_ligne": False,
    }


def _heads(context: OperationContext) -> bool:
    """Whether the person heads a unit: approvals reach whoever does."""
    heads = select(Unit.id).where(Unit.head_id == context.case.beneficiary_id, Unit.active.is_(True)).limit(1)
    return context.case.beneficiary_id is not None and context.desk.session.scalar(heads) is not None


def roles_of(context: OperationContext) -> list[dict[str, object]]:
    """The roles that someone named the person to, as the register of respondents has them now."""
    person_id = context.case.beneficiary_id
    if person_id is None:
        return []
    rows = assignments_of(context.desk.session, person_id, context.desk.now)
    return [
        {"attribution": str(row.id), "role": row.role, "portee": row.scope, "portee_code": row.scope_code}
        for row in rows
        if row.role in NOMINATED
    ]
