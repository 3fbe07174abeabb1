"""The derogation's drawing run by the engine, with a house that answers what it is told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from workflows.decisions import evaluate, read_dmn
from workflows.engine import Blueprint, Progress, begin, blueprint, resume

FOLDER = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire"
DRAWINGS = {path.name: path.read_bytes() for path in FOLDER.glob("*.bpmn")}
TABLES = {path.stem: read_dmn(path.read_bytes()) for path in FOLDER.glob("*.dmn")}
NOW = datetime(2026, 12, 9, 15, tzinfo=UTC)
UNLIMITED: Mapping[str, object] = {"reevaluation_le": None, "fin_derogation": None}
"""What is no derogation has no end and no review."""
USUAL: Mapping[str, Mapping[str, object]] = {
    "demande.recevoir": {"origine": "PERSONNE"},
    "contrat.verifier": {"contrat_en_vigueur": True},
    "demande.situer": {"demandeur_est_superieur": False},
    "analyse.situer": {"prestataire_rang": 1, "au_catalogue": True},
    "montants.reserver": {
        "cout_net_cents": 50001,
        "montant_ref_cents": 50001,
        "cumul_apres_cents": 50001,
        "requiert": True,
        "derog": False,
        **UNLIMITED,
    },
    "signataires.determiner": {"signataires_suffisants": True, "signatures_dues": 1, "plan_change": False},
    "signature.ouvrir": {"nb_taches": 1, "expiration": "2027-01-08T10:00:00-05:00"},
    "signature.resultat": {"resultat": "SIGNEE"},
    "precisions.appliquer": {"suite": "R08"},
    "acte.sceller": {"validite_commande": "2027-03-09T11:00:00-05:00", **UNLIMITED},
    "prix.comparer": {"prix_accepte": True, "retour": ""},
}
READ: Blueprint = blueprint(DRAWINGS, "derogation_cellulaire")


class Told:
    """A house that does what it is told, and remembers what it was asked."""

    def __init__(self, **told: Mapping[str, object]) -> None:
        self.now = NOW
        self.told = {**USUAL, **{name.replace("__", "."): values for name, values in told.items()}}
        self.asked: list[tuple[str, str]] = []
        self.functions: Mapping[str, Callable[..., object]] = {"ajouter_ho": self._later}

    def _later(self, start: Any, hours: Any) -> datetime:
        return self.now + timedelta(hours=int(hours))

    def operate(self, operation: str, step: str, data: Mapping[str, object]) -> Mapping[str, object]:
        """Answer for an operation as told."""
        self.asked.append((step, operation))
        return self.told.get(operation, {})

    def decide(self, decision: str, step: str, data: Mapping[str, object]) -> Mapping[str, object]:
        """Ask the process's own table."""
        value = evaluate(TABLES[decision], decision, data, strict=True).value
        assert isinstance(value, dict)
        return value


class Walk:
    """A case under way: its steps in the order passed, what is open, what it sent."""

    def __init__(self, house: Told | None = None) -> None:
        self.house = house or Told()
        self.steps: list[str] = []
        self.sent: list[str] = []
        self.progress = begin(READ, self.house, {})
        self._take(self.progress)

    def _take(self, progress: Progress) -> None:
        self.progress = progress
        self.sent += [thrown.name for thrown in progress.thrown]
        for passed in progress.passed:
            if passed.state == "TERMINEE" and not passed.hidden and self.steps[-1:] != [passed.step]:
                self.steps.append(passed.step)

    @property
    def open(self) -> list[str]:
        """The steps that wait for people."""
        return sorted(task.step for task in self.progress.open)

    def do(self, step: str, rank: int = 0, **answers: object) -> Walk:
        """Do an open task; with several of the same step, the one of that rank."""
        tasks = sorted((task for task in self.progress.open if task.step == step), key=lambda one: one.item or 0)
        self._take(resume(READ, self.progress.state, self.house).complete(tasks[rank].id, answers))
        return self

    def hear(self, name: str, **data: object) -> Walk:
        """A message comes."""
        wait = next(wait for wait in self.progress.waits if wait.name == name)
        self._take(resume(READ, self.progress.state, self.house).deliver(wait.id, data, name))
        return self

    def ring(self, step: str, at: datetime) -> Walk:
        """A timer comes due."""
        self.house.now = at
        wait = next(wait for wait in self.progress.waits if wait.step == step)
        self._take(resume(READ, self.progress.state, self.house).fire(wait.id))
        return self


def at_signature(house: Told | None = None) -> Walk:
    """A case whose need is confirmed and analysed, up to the signature or wherever the house leads it."""
    return Walk(house).do("R05").do("R07", decision="CONFIRMER").do("R08", decision="ANALYSER")
