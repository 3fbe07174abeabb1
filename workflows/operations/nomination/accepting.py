"""The acceptance of a role: an act with the duties in full, signed by the person named (N07, B.0.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import Forbidden
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.nomination.terms import PROPOSAL, terms_of
from workflows.people.duties import duties
from workflows.signatures.act import content_of, live_act, prepare, void
from workflows.signatures.evidence import Declaration
from workflows.signatures.sign import commit
from workflows.signatures.statement import Pen

KIND, QUALITY, STEP = "ACCEPTATION", "PERSONNE_NOMMEE", "N07"
ACCEPT = "ACCEPTER"
STATEMENTS = {
    "fr": "En signant, j'accepte d'exercer le rôle {role} à {organisation} et les responsabilités que dit cet acte.",
    "en": "By signing, I accept the role {role} at {organisation}, and the responsibilities that this act says.",
}


def prepare_acceptance(context: OperationContext) -> Mapping[str, object]:
    """Write the act that the person named signs: the role, its scope, its period, and its duties word for word."""
    case, organisation = context.case, organisation_of(context)
    terms, told = terms_of(context), context.given(PROPOSAL)
    void(context.desk, case, "N07")
    duty = duties().get(terms.role)
    person, titulaire = terms.person, terms.titulaire
    content: dict[str, Any] = {
        "version": 1,
        "nature": KIND,
        "dossier": case.number,
        "organisme": {"code": organisation.code, "nom": organisation.name},
        "action": terms.action,
        "role": terms.role,
        "personne": {"code": person.code, "nom": person.name} if person is not None else None,
        "titulaire": {"code": titulaire.code, "nom": titulaire.name} if titulaire is not None else None,
        "portee": {"type": terms.scope, "code": terms.scope_code},
        "du": context.known("effet"),
        "au": context.known("au"),
        "entree_delegation": told.get("entree_delegation"),
        "responsabilites": {"fr": duty.fr, "en": duty.en, "source": duty.source} if duty is not None else None,
    }
    act = prepare(context.desk, case, content, ())
    return {"acte_sha256": act.sha256}


def statement_of(context: OperationContext, language: str) -> str:
    """What the person named declares by signing."""
    said = STATEMENTS.get(language, STATEMENTS["fr"])
    return said.format(organisation=organisation_of(context).name, role=context.known("role"))


def sign_acceptance(context: OperationContext, completion: Completion) -> Effect:
    """Keep the evidence of an acceptance; whoever signs has just proved identity again. Refusing needs no proof."""
    if completion.answers.get("decision") != ACCEPT:
        return Effect()
    if context.desk.reauthenticated is None:
        raise Forbidden("guard.G4")
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        raise LookupError("there is nothing to accept")
    text = statement_of(context, completion.language)
    declaration = Declaration(KIND, ACCEPT, Pen(QUALITY), text, completion.language, STEP)
    commit(context.desk, context.case, act, declaration)
    act.sealed_at = context.desk.now
    return Effect()


def acceptance_shown(context: OperationContext, language: str) -> dict[str, Any]:
    """What the person named sees before accepting: the act, with the duties in full, and the statement."""
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        return {}
    return {
        "acte": content_of(act),
        "acte_sha256": act.sha256,
        "declaration": statement_of(context, language),
        "qualite": QUALITY,
    }
