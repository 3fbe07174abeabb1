"""A proposal on its way to its effect: judged by the rules, approved, accepted, and kept in the register meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.context import OperationContext
from workflows.operations.ending import told_of
from workflows.operations.nomination.opening import about, name_case, place
from workflows.operations.nomination.rules import REPLACED, proposal_of, rules_against
from workflows.operations.nomination.terms import ENDING, EXTEND, NAME, PROPOSAL, Terms, row_held, terms_of
from workflows.people.appointing import proposer_of
from workflows.people.cardinality import Violation
from workflows.people.models import Person, RoleAssignment

PENDING = frozenset({"PROPOSEE", "ACCEPTEE"})


def judge(context: OperationContext) -> Mapping[str, object]:
    """Put the rules to the proposal, and keep it in the register as proposed when none of them blocks it (N03)."""
    told, terms = context.given(PROPOSAL), terms_of(context)
    found = rules_against(context, terms, told)
    row = row_held(context, terms, context.desk.now)
    scope, code = (row.scope, row.scope_code) if row is not None else (terms.scope, terms.scope_code)
    person, blocked = terms.person, any(one.blocks for one in found)
    place(context, None if terms.action in ENDING else person, scope, code, person)
    name_case(context, terms.action, terms.role, person)
    known: dict[str, object] = {
        **about(terms.role, person, scope, code, effect(context, terms)),
        "action": terms.action,
        "au": plain(terms.until) if terms.until is not None else None,
        "proposeur": proposer_of(terms.role),
        "bloquant": blocked,
        "violations": [{"regle": one.rule, "bloque": one.blocks, "nom": one.name} for one in found],
        REPLACED: _replaced(context, terms, told),
        "attribution": str(row.id) if row is not None and terms.action != NAME else context.known("attribution"),
    }
    _tell_alerts(context, terms, found)
    if blocked or terms.action != NAME:
        _forget(context)
        return {**known, "attribution_proposee": None}
    return {**known, "attribution_proposee": str(keep(context, terms, "PROPOSEE").id)}


def _tell_alerts(context: OperationContext, terms: Terms, found: tuple[Violation, ...]) -> None:
    """Journal each alert with the reason given, and tell AUDIT."""
    for one in found:
        if not one.blocks:
            note(context.desk, "role.alert", case=context.case, step="N03", rule=one.rule, reason=terms.reason)
            audit = holders(context.desk.session, context.case.organisation_id, "AUDIT", context.desk.now)
            tell(context.desk, "role.alert", audit, context.case, "N03")


def _replaced(context: OperationContext, terms: Terms, told: Mapping[str, Any]) -> list[str]:
    """The rows that end when this one begins."""
    if terms.action != NAME or terms.person is None or not told.get("remplacer"):
        return []
    proposal = proposal_of(context, terms, told, effect(context, terms))
    own = {context.known("attribution_proposee")}
    return sorted(str(one) for one in proposal.without if str(one) not in own)


def effect(context: OperationContext, terms: Terms) -> datetime:
    """When it takes effect: never before now, nor before a departure frees the role; a longer period, at once."""
    now = context.desk.now
    freed = context.known("revocation_le")
    if freed and terms.since is not None:
        return max(terms.since, datetime.fromisoformat(str(freed)), now)
    return now if terms.action == EXTEND or terms.since is None else max(terms.since, now)


def approve(context: OperationContext) -> Mapping[str, object]:
    """Once approved: when it takes effect, and whether the person named is asked to accept (N06)."""
    terms = terms_of(context)
    return {"effet": plain(effect(context, terms)), "acceptation_requise": terms.action not in ENDING}


def accept(context: OperationContext) -> Mapping[str, object]:
    """Once accepted: the row of the register waits for its day, and counts against others (N07)."""
    terms = terms_of(context)
    at = effect(context, terms)
    if terms.action == NAME:
        keep(context, terms, "ACCEPTEE", at)
    return {"effet": plain(at)}


def keep(context: OperationContext, terms: Terms, state: str, at: datetime | None = None) -> RoleAssignment:
    """Keep the row of this case in the register, in a state; it gives nothing before it is active."""
    row, since = pending(context), at or effect(context, terms)
    until = terms.until if terms.until is not None and terms.until > since else None
    if row is None:
        row = RoleAssignment(organisation_id=context.case.organisation_id, case_id=context.case.id)
        context.desk.session.add(row)
    person = terms.person
    if person is None:
        raise LookupError("nobody is proposed")
    row.person_id, row.role, row.state = person.id, terms.role, state
    row.scope, row.scope_code, row.entries = terms.scope, terms.scope_code, list(terms.entries)
    row.valid_from, row.valid_until = since, until
    row.named_by_id = context.actors("N06") or context.actors(PROPOSAL)
    row.instrument = names_of(context, terms)
    context.desk.session.flush()
    if state == "PROPOSEE":
        note(context.desk, "role.proposed", case=context.case, step=context.step, **told_of(row, person))
    return row


def names_of(context: OperationContext, terms: Terms) -> str | None:
    """The written authorisations of a nomination, by name."""
    return ", ".join(one.name for one in context.files(terms.files)) or None if terms.files else None


def pending(context: OperationContext) -> RoleAssignment | None:
    """The row of this case that gives nothing yet."""
    known = context.known("attribution_proposee")
    row = context.desk.session.get(RoleAssignment, UUID(str(known))) if known else None
    return row if row is not None and row.state in PENDING else None


def _forget(context: OperationContext) -> None:
    """Take this case's row out of the register: it never gave anything."""
    row = pending(context)
    if row is not None:
        context.desk.session.delete(row)
        context.desk.session.flush()


def give_up(context: OperationContext) -> Mapping[str, object]:
    """A nomination that is abandoned leaves nothing in the register; whoever proposed it is told (N91)."""
    _forget(context)
    session, case = context.desk.session, context.case
    person_id = context.actors(PROPOSAL) or case.requester_id
    proposer = session.get(Person, person_id) if person_id is not None else None
    role = str(context.known("proposeur") or "DIR")
    told = [proposer] if proposer is not None else list(holders(session, case.organisation_id, role, context.desk.now))
    tell(context.desk, "role.abandoned", told, case, "N91")
    return {"attribution_proposee": None, "resultat": "ABANDONNEE"}
