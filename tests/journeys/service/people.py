"""People of OP-DEMO at work over HTTP, each with a token of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.journeys.service.server import Answer, Web
from workflows.clock import wall_now
from workflows.people.directory import person_by_code
from workflows.people.tokens import issue_token

REQUEST = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": 1,
    "equivalent_cout_nul": "NON",
    "motif": ["BESOIN_SPECIALISE"],
    "justification": "L'appareil actuel ne tient plus la charge pendant une journée de travail.",
}
ANALYSIS = {"decision": "ANALYSER", "prestataire": "TELUS", "au_catalogue": True, "modele": "Modèle A"}
CONFIRMED = {"decision": "CONFIRMER", "imputation": "123-45"}


class Staff:
    """Whoever calls the server; tokens are made once and kept."""

    def __init__(self, engine: Engine, server: Web) -> None:
        self.engine = engine
        self.server = server
        self.tokens: dict[str, str] = {}

    def token(self, code: str) -> str:
        """The token of a person."""
        if code not in self.tokens:
            with Session(self.engine) as session:
                person = person_by_code(session, code)
                assert person is not None
                self.tokens[code] = issue_token(session, person, wall_now())
                session.commit()
        return self.tokens[code]

    def call(self, code: str, verb: str, path: str, body: Any = None, key: str = "") -> Answer:
        """A call to the JSON API as a person."""
        headers = {"Authorization": f"Bearer {self.token(code)}"} | ({"Idempotency-Key": key} if key else {})
        return self.server.call(verb, f"/api/v1{path}", body, **headers)

    def done(self, code: str, verb: str, path: str, body: Any = None) -> Any:
        """A call that must go well."""
        answer = self.call(code, verb, path, body)
        assert answer.status in (200, 201), answer
        return answer.json

    def task(self, case: str, step: str) -> str:
        """The open task of a step."""
        shown = self.done("P05", "GET", f"/cases/{case}")
        return next(str(task["id"]) for task in shown["open_tasks"] if task["step"] == step)

    def complete(self, code: str, case: str, step: str, answers: dict[str, Any]) -> None:
        """Complete a step of a case."""
        self.done(code, "POST", f"/tasks/{self.task(case, step)}/completion", {"answers": answers})

    def started(self) -> str:
        """A case that U01 started."""
        return str(self.done("U01", "POST", "/cases", {"process": "derogation_cellulaire"})["id"])

    def to_analyse(self, **request: Any) -> str:
        """A case whose need is confirmed: RCELL analyses it next."""
        case = self.started()
        self.complete("U01", case, "R05", REQUEST | request)
        self.complete("P08", case, "R07", CONFIRMED)
        return case

    def analysing(self, code: str, case: str, cents: int) -> Callable[[], Answer]:
        """The analysis of a case, ready to be sent."""
        path, body = self._completion(case, "R08", ANALYSIS | {"prix_appareil_cents": cents})
        return lambda: self.call(code, "POST", path, body)

    def signing(self, code: str, case: str) -> Callable[[], Answer]:
        """The signature of a case, ready to be sent."""
        proof = self.done(code, "POST", "/me/reauthentication", {"password": "parcours-demo"})["token"]
        path, body = self._completion(case, "R23", {"decision": "SIGNER"})
        return lambda: self.call(code, "POST", path, {**body, "reauthentication": proof})

    def _completion(self, case: str, step: str, answers: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        self.token("P03")
        return f"/tasks/{self.task(case, step)}/completion", {"answers": answers}
