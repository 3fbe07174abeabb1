"""The guards of a signature, at the instant it is given."""

from __future__ import annotations

from workflows.contracts.queries import contract_named, is_in_force
from workflows.contracts.weigh import Weight
from workflows.errors import Forbidden, Routed
from workflows.journal.seal import plain
from workflows.operations.acts import level_of
from workflows.operations.asked import organisation_of, weight_of
from workflows.operations.completion import Effect
from workflows.operations.content import act_content, basis
from workflows.operations.context import OperationContext
from workflows.operations.question import Question, signing_rule
from workflows.people.ended import authority_ended
from workflows.signatures.act import content_of, sha256_of
from workflows.signatures.matter import Due, Eligible
from workflows.signatures.models import Act
from workflows.signatures.signatories import gather

ROUTES = {
    "G1": "GARDE_R08",
    "G2": "GARDE_R19",
    "G3": "GARDE_R19",
    "G5": "GARDE_R08",
    "G6": "GARDE_R16",
    "G7": "GARDE_R04",
    "G9": "EXPIREE",
}
"""Where a failing guard leads; G4 and G8 change nothing."""


class Failed(Exception):
    """A guard that does not hold, with what the sentence about it needs."""

    def __init__(self, guard: str, **params: object) -> None:
        super().__init__(guard)
        self.guard = guard
        self.params = params

    @property
    def effect(self) -> Effect:
        """The routing of the failing guard, then its refusal."""
        route = ROUTES[self.guard]
        return Effect({"decision": route}, Routed(f"guard.{self.guard}", **self.params))


def must_be_new(context: OperationContext, question: Question) -> None:
    """G4 and G8: signed in again just now, and not signed already."""
    if context.desk.reauthenticated is None:
        raise Forbidden("guard.G4")
    if any(person_id == context.desk.actor.id for person_id, _ in question.matter.signed):
        raise Forbidden("guard.G8")


def must_be_in_time(context: OperationContext, act: Act) -> None:
    """G9: the wait for signatures has not ended."""
    if act.expires_at is not None and act.expires_at <= context.desk.now:
        raise Failed("G9", until=plain(act.expires_at))


def must_be_entitled(context: OperationContext, question: Question, due: Due) -> Eligible:
    """G2 and G3: a live entry or substitution, and no rule against; the grounds are handed back, the best first."""
    person_id = context.desk.actor.id
    if person_id is None:
        raise Forbidden("task.not_yours")
    grounds, kept = gather(question.matter, question.bench, due, frozenset({person_id}))
    if person_id in grounds:
        return Eligible(person_id, tuple(sorted(grounds[person_id], key=lambda ground: ground.order)))
    reason = kept[person_id].reason if person_id in kept else ""
    if reason.startswith("SOD-"):
        raise Failed("G3", rule=reason)
    session, organisation = context.desk.session, organisation_of(context)
    raise Failed("G2", **authority_ended(session, organisation, person_id, context.desk.now))


def must_be_unchanged(context: OperationContext, act: Act) -> Weight:
    """G1 and G5: the act is what it was, and so are the amounts; what the request weighs now is handed back."""
    said = content_of(act)
    if sha256_of(act.canonical) != act.sha256:
        raise Failed("G1")
    now = basis(plain(act_content(context)))
    was = basis(said)
    weight = weight_of(context)
    if (was["cout_net_cents"], was["montant_ref_cents"]) != (weight.net_cents, weight.reference_cents):
        raise Failed("G5")
    if now != was:
        raise Failed("G1")
    return weight


def must_be_within_reach(context: OperationContext, weight: Weight, due: Due, pen: tuple[int, int | None]) -> None:
    """G6: what the plan asks now, with the present year and cumulative, is within the signer's level and ceiling."""
    level, ceiling = pen
    rule = signing_rule(context, weight)
    asked = level_of(rule.get("niveau"))
    joint = ceiling is None or ceiling >= weight.reference_cents
    within = asked <= 4 and joint if due.joint else asked <= level
    if not within or int(rule.get("nb_signatures") or 0) > int(context.known("nb_signatures") or 1):
        raise Failed("G6", level=rule.get("niveau"), fiscal_year=weight.fiscal_year)


def must_be_under_contract(context: OperationContext) -> None:
    """G7: the framework contract is in force."""
    code = context.known("contrat")
    contract = contract_named(context.desk.session, context.case.organisation_id, str(code)) if code else None
    if contract is None or not is_in_force(contract, context.desk.now):
        raise Failed("G7", contract=code)
