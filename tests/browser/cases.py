"""Cases brought to every step of the derogation where someone has a form to answer, one case a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError

import pytest
from sqlalchemy import text

from tests.browser.caller import Callers
from tests.browser.naming import nominations
from tests.browser.serving import Installation

REQUEST: dict[str, Any] = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": 1,
    "equivalent_cout_nul": "NON",
    "motif": ["BESOIN_SPECIALISE"],
    "justification": "L’appareil actuel ne tient plus la charge pendant une journée de travail.",
}
CONFIRMED = {"decision": "CONFIRMER", "imputation": "123-45"}
ANALYSED: dict[str, Any] = {
    "decision": "ANALYSER",
    "prestataire": "TELUS",
    "au_catalogue": True,
    "modele": "Modèle A",
    "prix_appareil_cents": 64900,
}
SMALL = {**ANALYSED, "prix_appareil_cents": 50100}
"""Related requests of a unit weigh together: small, so that the other stories of the session keep their signatory."""
FREE = {**ANALYSED, "credit_cents": 64900}
ORDERED = {"no_commande": "CMD-1", "date_commande": "2026-12-07"}
RECEIVED = {
    "no_ligne": "418-555-0142",
    "profil_securite_installe": True,
    "imputabilite": {"personne": "U01", "unite": "SOE"},
}
ASKED_BACK = {
    "decision": "RETOURNER",
    "destinataire": "DEMANDEUR",
    "motif_decision": "Pourquoi l’appareil sans frais ne suffit-il pas à vos tournées ?",
}


@dataclass
class Cases:
    """The cases by name, and the tasks to look at: who has each, and its id."""

    callers: Callers
    numbers: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)

    def open(self, name: str, code: str, number: str, step: str) -> None:
        """Note a task to look at."""
        self.numbers[name] = number
        self.tasks[name] = str(self.callers.task(number, step, code)["id"])


@pytest.fixture(scope="session")
def callers(installation: Installation) -> Iterator[Callers]:
    """Persons who call the installation's API."""
    made = Callers(installation)
    yield made
    made.leave()


@pytest.fixture(scope="session")
def cases(callers: Callers) -> Cases:
    """A case at every form."""
    made = Cases(callers)
    _without_contract(made)
    for reach in (_asked, _opinions, _head, _signature, _supplied, _ended, _stopped, nominations):
        reach(made)
    return made


def _confirmed(callers: Callers, asker: str = "U01", manager: str = "P08", **changed: Any) -> str:
    """A request whose need is confirmed."""
    number = callers.start(asker)
    callers.do(asker, number, "R05", {**REQUEST, **changed})
    callers.do(manager, number, "R07", CONFIRMED)
    return number


def _without_contract(made: Cases) -> None:
    """R04: the body had no contract in force when the request came."""
    hidden = text("UPDATE contracts SET valid_from = valid_from + :some * interval '1 year'")
    with made.callers.engine.begin() as connection:
        connection.execute(hidden, {"some": 10})
    made.open("R04", "P05", made.callers.start("U01"), "R04")
    with made.callers.engine.begin() as connection:
        connection.execute(hidden, {"some": -10})


def _asked(made: Cases) -> None:
    """R05, R07, R08: a request being written, a need to confirm, a request to analyse."""
    callers = made.callers
    made.open("R05", "U01", callers.start("U01"), "R05")
    number = callers.start("U01")
    callers.do("U01", number, "R05", REQUEST)
    made.open("R07", "P08", number, "R07")
    made.open("R08", "P03", _confirmed(callers), "R08")


def _stopped(made: Cases) -> None:
    """A case in error: its state was spoiled before the need was confirmed."""
    number = made.callers.start("U01")
    made.callers.do("U01", number, "R05", REQUEST)
    with made.callers.engine.begin() as connection:
        spoil = text("UPDATE cases SET engine_state = 'spoiled' WHERE number = :number")
        connection.execute(spoil, {"number": number})
    with pytest.raises(HTTPError):
        made.callers.do("P08", number, "R07", CONFIRMED)
    made.open("failed", "P08", number, "R07")


def _opinions(made: Cases) -> None:
    """R13, R14: a device outside the catalogue."""
    number = _confirmed(made.callers)
    made.callers.do("P03", number, "R08", {**ANALYSED, "au_catalogue": False, "prix_appareil_cents": 100})
    made.open("R13", "P17", number, "R13")
    made.open("R14", "P19", number, "R14")


def _head(made: Cases) -> None:
    """R18, R21: beyond the plan; the director general's own request."""
    beyond = _confirmed(made.callers, unite_budgetaire="SRM")
    made.callers.do("P03", beyond, "R08", {**ANALYSED, "prix_appareil_cents": 60000})
    made.open("R18", "P01", beyond, "R18")
    own = _confirmed(made.callers, "P10", "P11", beneficiaire="P10", unite_budgetaire="DG")
    made.callers.do("P03", own, "R08", {**ANALYSED, "prix_appareil_cents": 30000})
    made.open("R21", "P01", own, "R21")


def _signature(made: Cases) -> None:
    """R23, R26: an act to sign, and one that was asked about."""
    number = _confirmed(made.callers)
    made.callers.do("P03", number, "R08", SMALL)
    made.open("R23", "P09", number, "R23")
    asked = _confirmed(made.callers)
    made.callers.do("P03", asked, "R08", ASKED_BACK)
    made.open("R26", "U01", asked, "R26")


def _supplied(made: Cases) -> None:
    """R30, R38, R39, and a case that waits for its provider."""
    for name, code in (("R30", "P03"), ("R31", ""), ("R38", "P03"), ("R39", "U01")):
        number = _confirmed(made.callers)
        made.callers.do("P03", number, "R08", FREE)
        _supply(made.callers, number, name)
        if code:
            made.open(name, code, number, name)
        made.numbers[name] = number


def _supply(callers: Callers, number: str, until: str, cents: int = 64900) -> None:
    """Order, have the provider confirm, receive: as far as a step."""
    if until == "R30":
        return
    callers.do("P03", number, "R30", {**ORDERED, "prix_confirme_cents": cents})
    if until == "R31":
        return
    callers.tell("prestataire.commande.confirmee", number, {"no_commande": "CMD-1", "prix_cents": cents})
    if until == "R38":
        return
    callers.do("P03", number, "R38", RECEIVED)


def _ended(made: Cases) -> None:
    """A case signed and done, with its evidence."""
    number = _confirmed(made.callers)
    made.callers.do("P03", number, "R08", SMALL)
    made.tasks["done"] = made.callers.do("P09", number, "R23", {"decision": "SIGNER"})
    _supply(made.callers, number, "R39", 50100)
    made.callers.do("U01", number, "R39", {"recu_conforme": True, "bonnes_pratiques_lues": True})
    made.numbers["ended"] = number
