"""The rules of cardinality and of separation of duties, put to a proposal as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.operations.nomination.terms import ENDING, EXTEND, PROPOSAL, SUBSTITUTE, Terms, row_held
from workflows.people.appointing import HEAD
from workflows.people.cardinality import Proposal, Violation, against_naming
from workflows.people.directory import actor_of
from workflows.people.models import Person, RoleAssignment
from workflows.people.relief import against_ending, against_substituting
from workflows.people.roles import has_left

REPLACED = "remplaces"
ONE_BY_ONE = frozenset({"CARD-01", "CARD-04", "CARD-05", "CARD-06", "CARD-10", "DEJA"})
"""Rules that someone who holds the role breaks: replacing that person lifts them."""


def rules_against(
    context: OperationContext, terms: Terms, told: Mapping[str, Any], at: datetime | None = None
) -> tuple[Violation, ...]:
    """Every rule that speaks against what is proposed, at the instant it would take effect."""
    since = at or max(terms.since or context.desk.now, context.desk.now)
    if terms.until is not None and terms.until <= since:
        return (Violation("PERIODE"),)
    row = row_held(context, terms, context.desk.now)
    if terms.action in ENDING:
        return _ending(context, terms, told, (row, since))
    if terms.person is None:
        return (Violation("PERSONNE"),)
    if has_left(terms.person, since):
        return (Violation("PERSONNE"),)
    proposal = proposal_of(context, terms, told, since, settled=at is not None)
    if terms.action == SUBSTITUTE:
        titulaire = terms.titulaire
        if titulaire is None or row is None:
            return (Violation("CARD-14"),)
        return against_substituting(context.desk.session, proposal, titulaire, written=bool(terms.files))
    if terms.action == EXTEND and row is not None:
        proposal = _prolonged(proposal, row)
    return against_naming(context.desk.session, proposal)


def _ending(
    context: OperationContext, terms: Terms, told: Mapping[str, Any], what: tuple[RoleAssignment | None, datetime]
) -> tuple[Violation, ...]:
    row, since = what
    if row is None or (told.get("interim") and row.role == "INTRL"):
        return ()
    organisation = organisation_of(context)
    gap = Proposal(organisation, row.role, row.person_id, row.scope, row.scope_code, since, without=frozenset({row.id}))
    return against_ending(context.desk.session, gap)


def _prolonged(proposal: Proposal, row: RoleAssignment) -> Proposal:
    """The same row over a longer period: it is not in its own way."""
    own = proposal.without | {row.id}
    return replace(proposal, without=own, scope=row.scope, scope_code=row.scope_code, entries=tuple(row.entries))


def proposal_of(
    context: OperationContext, terms: Terms, told: Mapping[str, Any], since: datetime, *, settled: bool = False
) -> Proposal:
    """The proposal as the rules read it; whoever is replaced ends at the very instant, and is in nobody's way.

    Once approved (``settled``) only those whom the proposal was to replace are replaced, nobody who came since.
    """
    if terms.person is None:
        raise LookupError("nobody is proposed")
    proposer, roles = _proposer(context)
    plain = Proposal(
        organisation=organisation_of(context),
        role=terms.role,
        person_id=terms.person.id,
        scope=terms.scope,
        scope_code=terms.scope_code,
        since=since,
        until=terms.until,
        without=_without(context),
        entries=terms.entries,
        proposer_id=proposer,
        proposer_roles=roles,
    )
    if not told.get("remplacer"):
        return plain
    if settled:
        return replace(plain, without=plain.without | {UUID(one) for one in context.known(REPLACED) or ()})
    found = against_naming(context.desk.session, plain)
    replaced = {one.row_id for one in found if one.rule in ONE_BY_ONE and one.row_id is not None}
    return replace(plain, without=plain.without | replaced)


def _proposer(context: OperationContext) -> tuple[UUID | None, frozenset[str]]:
    """Who proposes, and the roles that this person holds now; what another case decided, the head of the body did."""
    session = context.desk.session
    proposer = context.actors(PROPOSAL) or (context.desk.actor.id if context.step == PROPOSAL else None)
    person = session.get(Person, proposer) if proposer is not None else None
    if person is None:
        return None, frozenset({HEAD})
    return person.id, actor_of(session, person, context.desk.now).roles


def _without(context: OperationContext) -> frozenset[UUID]:
    """The rows that are not in the way: this case's own, and the one that a departure ends."""
    rows = [context.known("attribution_proposee")]
    rows += [context.known("attribution")] if context.known("revocation_le") else []
    return frozenset(UUID(str(one)) for one in rows if one)
