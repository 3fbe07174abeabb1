"""A derogation of OP-DEMO that no engine runs: its operations are called by hand, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.contracts.cases import a_case
from workflows.catalog.decisions import table_in_force
from workflows.decisions import evaluate, read_dmn
from workflows.demo.load import load_demo
from workflows.desk import Actor, Desk, system_actor
from workflows.feel import to_json
from workflows.journal.seal import plain
from workflows.operations.completions import Completion, Effect, complete
from workflows.operations.context import OperationContext
from workflows.operations.registry import run
from workflows.people.directory import actor_of, person_by_code
from workflows.people.models import Organisation, Person
from workflows.signatures.files import SignedFile

DECEMBER_9 = datetime(2026, 12, 9, 15, 0, tzinfo=UTC)
"""Wednesday 9 December 2026, ten o'clock in Quebec."""

ASKED: dict[str, Any] = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "NOUVELLE_LIGNE",
    "quantite": 1,
    "motif": ["COUVERTURE"],
    "justification": "Un appareil est requis pour les inspections en région.",
}
ANALYSED: dict[str, Any] = {
    "decision": "ANALYSER",
    "prestataire": "TELUS",
    "au_catalogue": True,
    "modele": "Modèle A",
    "prix_appareil_cents": 30_000,
    "credit_cents": 0,
    "frais": [],
}


class World:
    """OP-DEMO in an empty database, and its cases."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.organisation: Organisation = load_demo(session)
        self.now = DECEMBER_9

    def person(self, code: str) -> Person:
        """Someone of OP-DEMO."""
        found = person_by_code(self.session, code, self.organisation.id)
        assert found is not None
        return found

    def derogation(self, requester: str = "U01", **changes: Any) -> Walk:
        """A request, analysed: changes are to the request's answers or to the analysis's."""
        case = a_case(self.session, self.organisation, requester_id=self.person(requester).id, created_at=self.now)
        return Walk(self, case, changes)


class Walk:
    """One derogation on its way."""

    def __init__(self, world: World, case: Any, changes: Mapping[str, Any]) -> None:
        self.world, self.case = world, case
        self.answered: dict[str, dict[str, Any]] = {
            "R05": {**ASKED, **{key: value for key, value in changes.items() if key in ASKED}},
            "R08": {**ANALYSED, **{key: value for key, value in changes.items() if key not in ASKED}},
        }
        self.by: dict[str, UUID] = {"R07": world.person("P08").id, "R08": world.person("P03").id}
        self.age = world.now
        self.attached: dict[str, SignedFile] = {}

    def context(self, step: str, actor: Actor | None = None, reauthenticated: str | None = None) -> OperationContext:
        """What an operation or a completion is given."""
        world = self.world
        desk = Desk(world.session, actor or system_actor(world.organisation.id), world.now, reauthenticated)
        return OperationContext(
            desk,
            self.case,
            step,
            dict(self.case.facts),
            self.answered.get,
            self.by.get,
            lambda name, answers: self.answered.update({name: dict(answers)}),
            lambda name: self.age,
            self.decide,
            self.files,
        )

    def files(self, ids: Sequence[str]) -> tuple[SignedFile, ...]:
        """The case's own files."""
        return tuple(self.attached[one] for one in ids if one in self.attached)

    def decide(self, decision: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The organisation's table in force."""
        table = table_in_force(self.world.session, self.world.organisation.id, decision, self.world.now)
        assert table is not None
        result = evaluate(read_dmn(table.dmn.encode()), decision, dict(inputs), now=self.world.now, strict=True)
        return {**plain(to_json(result.value)), "plan": table.version}

    def do(self, operation: str, step: str = "") -> dict[str, Any]:
        """Carry out an operation, and keep what it returns."""
        result = dict(run(operation, self.context(step)))
        self.case.facts = {**self.case.facts, **plain(result)}
        return result

    def rule(self) -> None:
        """R16: apply the signing table."""
        keys = ("requiert", "derog", "montant_ref_cents", "cumul_apres_cents")
        found = self.decide("TD_SIGNATURE", {key: self.case.facts[key] for key in keys})
        self.case.facts = {**self.case.facts, **found}

    def to_r19(self, **facts: Any) -> Walk:
        """From the contract to the signatories."""
        self.do("contrat.verifier", "R02")
        self.do("demande.situer", "R06")
        found = self.do("analyse.situer", "R09")
        network, catalogue = found["prestataire_rang"] == 2, found["au_catalogue"]
        given = {"derog_reseau": network, "derog_techno": not catalogue, "classe": "STANDARD"}
        self.case.facts = {**self.case.facts, **given, **facts}
        self.do("montants.reserver", "R15")
        self.rule()
        self.do("signataires.determiner", "R19")
        return self

    def to_r23(self, **facts: Any) -> Walk:
        """From the contract to the open signature."""
        self.to_r19(**facts)
        self.do("acte.preparer", "R22")
        self.do("signature.ouvrir", "R23")
        return self

    def complete(
        self, step: str, who: str, position: int | None = 1, proof: str | None = "password", **answers: Any
    ) -> Effect:
        """Someone completes a task."""
        actor = actor_of(self.world.session, self.world.person(who), self.world.now, "session-1")
        return complete(self.context(step, actor, proof), Completion(answers, position))

    def sign(self, who: str, position: int = 1, **answers: Any) -> Effect:
        """Someone signs."""
        return self.complete("R23", who, position, **{"decision": "SIGNER", **answers})

    def facts_of(self, kind: str) -> list[dict[str, Any]]:
        """The facts of a kind in the journal of the case."""
        from workflows.journal.models import JournalEntry

        self.world.session.flush()
        query = select(JournalEntry).where(JournalEntry.case_id == self.case.id, JournalEntry.kind == kind)
        return [row.data for row in self.world.session.scalars(query.order_by(JournalEntry.id))]
