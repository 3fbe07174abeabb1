"""What a proposal must hold before the rules are asked: a role that is the proposer's to give, a real scope, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from workflows.errors import Flaw, Forbidden, Invalid
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.nomination.rules import rules_against
from workflows.operations.nomination.terms import (
    ON_A_ROW,
    PROPOSAL,
    SUBSTITUTE,
    Terms,
    row_held,
    terms_of,
)
from workflows.people.appointing import MODULES, SCOPES, may_propose
from workflows.people.models import Person, Subdivision, Unit
from workflows.people.roles import works

Flaws = dict[str, tuple[Flaw, ...]]
REPLACE, RESCOPE, MEND, INTERIM, GIVE_UP = "REMPLACER", "CHANGER_PORTEE", "CORRIGER", "INTERIM", "ABANDONNER"
MENDED = ("personne", "titulaire", "portee", "du", "heure_du", "au", "entree_delegation", "instrument", "motif")


def check_proposal(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a role that is not the proposer's to give, and what no rule could judge (N02)."""
    answers = completion.answers
    if answers.get("renoncer"):
        return Effect()
    terms = terms_of(context, answers)
    if context.known("revocation_le") and terms.role != context.known("role"):
        raise Invalid("form.invalid", {"role": (Flaw("nomination.other_role", role=context.known("role")),)})
    if not may_propose(context.desk.actor.roles, terms.role):
        if terms.role == "DERO":
            raise Forbidden("sod.SOD-06", rule="SOD-06")
        raise Forbidden("nomination.not_yours", role=terms.role)
    _refuse(_wrong(context, terms))
    _must_give_reason(context, terms, answers)
    return Effect()


def check_correction(context: OperationContext, completion: Completion) -> Effect:
    """Take up what the proposer changes, and refuse what no rule could judge (N05)."""
    answers, before = completion.answers, dict(context.given(PROPOSAL))
    decision = str(answers.get("decision"))
    if decision == GIVE_UP:
        return Effect()
    told = _changed(before, answers, decision)
    terms = terms_of(context, told)
    _refuse(_wrong(context, terms))
    _must_give_reason(context, terms, told)
    context.save_answers(PROPOSAL, told)
    return Effect()


def _changed(before: dict[str, Any], answers: Mapping[str, Any], decision: str) -> dict[str, Any]:
    """The proposal with what was changed in it."""
    told = {**before, **{key: answers[key] for key in MENDED if answers.get(key)}}
    told["remplacer"] = decision == REPLACE or (bool(before.get("remplacer")) and decision == MEND)
    told["interim"] = decision == INTERIM
    if decision == REPLACE and before.get("action") in ON_A_ROW:
        told |= {"action": "NOMMER", "remplace": before.get("personne")}
        if not answers.get("personne") or answers["personne"] == before.get("personne"):
            raise Invalid("form.invalid", {"personne": (Flaw("nomination.successor"),)})
    return told


def _refuse(flaws: Iterator[tuple[str, Flaw]]) -> None:
    found: Flaws = {}
    for key, flaw in flaws:
        found[key] = (*found.get(key, ()), flaw)
    if found:
        raise Invalid("form.invalid", found)


def _must_give_reason(context: OperationContext, terms: Terms, told: Mapping[str, Any]) -> None:
    """An alert does not block, but asks why (B.4, N04)."""
    alerts = [one for one in rules_against(context, terms, told) if not one.blocks]
    if alerts and not terms.reason:
        raise Invalid("form.invalid", {"motif": tuple(Flaw(f"card.{one.rule}") for one in alerts)})


def _wrong(context: OperationContext, terms: Terms) -> Iterator[tuple[str, Flaw]]:
    for look in LOOKS:
        yield from look(context, terms)


def _persons(context: OperationContext, terms: Terms) -> Iterator[tuple[str, Flaw]]:
    for key, person in (("personne", terms.person), ("titulaire", terms.titulaire)):
        needed = key == "personne" or terms.action == SUBSTITUTE
        if needed and person is None:
            yield key, Flaw("form.required")
        elif person is not None and person.central:
            yield key, Flaw("nomination.central")
        elif key == "personne" and person is not None and not _there(context, terms, person):
            yield key, Flaw("nomination.not_at_work")


def _there(context: OperationContext, terms: Terms, person: Person) -> bool:
    """Whether a person works here when the role begins; who leaves may have left."""
    return terms.action == "REVOQUER" or works(person, max(terms.since or context.desk.now, context.desk.now))


def _scope(context: OperationContext, terms: Terms) -> Iterator[tuple[str, Flaw]]:
    allowed = SCOPES.get(terms.role, ())
    if terms.action in ON_A_ROW and terms.scope_code is None:
        return
    if terms.scope not in allowed:
        yield "portee", Flaw("nomination.scope", scopes=", ".join(allowed))
    elif terms.scope != "ORG" and not _exists(context, terms):
        yield "portee", Flaw("form.unknown_reference", value=terms.scope_code or "")


def _exists(context: OperationContext, terms: Terms) -> bool:
    if terms.scope == "MODULE":
        return terms.scope_code in MODULES
    kind = Subdivision if terms.scope == "SUB" else Unit
    own = organisation_of(context).id
    query = select(kind.id).where(kind.organisation_id == own, kind.code == str(terms.scope_code))
    return context.desk.session.scalar(query) is not None


def _period(context: OperationContext, terms: Terms) -> Iterator[tuple[str, Flaw]]:
    if terms.since is None:
        yield "du", Flaw("form.required")
    elif terms.until is not None and terms.until <= max(terms.since, context.desk.now):
        yield "au", Flaw("nomination.period")
    if terms.until is None and terms.action in ("PROLONGER", SUBSTITUTE):
        yield "au", Flaw("form.required")


def _row(context: OperationContext, terms: Terms) -> Iterator[tuple[str, Flaw]]:
    if terms.action in ON_A_ROW and row_held(context, terms, context.desk.now) is None:
        holder = terms.titulaire if terms.action == SUBSTITUTE else terms.person
        key = "titulaire" if terms.action == SUBSTITUTE else "personne"
        if holder is not None:
            yield key, Flaw("nomination.not_held", role=terms.role)


Look = Callable[[OperationContext, Terms], Iterator[tuple[str, Flaw]]]
LOOKS: tuple[Look, ...] = (_persons, _scope, _period, _row)
