"""Persons who act through the API, to bring cases to where a page is to be looked at."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.browser.serving import Installation
from webapp.cli.place import Embedded
from workflows.clock import wall_now
from workflows.database import make_engine
from workflows.people.accounts import Integration
from workflows.people.directory import organisation_by_code, person_by_code
from workflows.people.integrations import create_integration
from workflows.people.tokens import issue_token

PASSWORD = "parcours-demo"
OUTSIDE = "Un prestataire"
SIGNED = ("SIGNER", "SIGNER_DIRIGEANT")
Answers = Mapping[str, Any]


class Callers:
    """Whoever is named calls the API of an installation; tokens are made once."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.embedded = Embedded(installation.home)
        self.engine: Engine = make_engine(self.embedded.url)
        self.tokens: dict[str, str] = {}

    def leave(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
        self.embedded.leave()

    def call(self, code: str, verb: str, path: str, body: object = None) -> Any:
        """One call as someone; gives what it answers."""
        kind = "application/cloudevents+json" if path == "/messages" else "application/json"
        request = urllib.request.Request(
            f"{self.installation.address}/api/v1{path}",
            method=verb,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Bearer {self._token(code)}", "Content-Type": kind},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def start(self, code: str, process: str = "derogation_cellulaire") -> str:
        """Start a request; gives the number of its case."""
        return str(self.call(code, "POST", "/cases", {"process": process})["number"])

    def task(self, number: str, step: str, watcher: str = "P03") -> Any:
        """The open task of a step."""
        case = self.call(watcher, "GET", f"/cases/{number}")
        found = [task for task in case["open_tasks"] if task["step"] == step]
        assert found, f"{number} has no task {step}: {case}"
        return found[0]

    def do(self, code: str, number: str, step: str, answers: Answers) -> str:
        """Complete a step of a case, proving who one is where it signs; gives the id of the task."""
        sent: dict[str, Any] = {"answers": answers}
        if answers.get("decision") in SIGNED:
            proof = self.call(code, "POST", "/me/reauthentication", {"password": PASSWORD})
            sent["reauthentication"] = proof["token"]
        task = str(self.task(number, step, code)["id"])
        self.call(code, "POST", f"/tasks/{task}/completion", sent)
        return task

    def evidence(self, code: str, number: str) -> bytes:
        """The evidence of a signed case, as it is handed out."""
        headers = {"Authorization": f"Bearer {self._token(code)}"}
        address = f"{self.installation.address}/api/v1/cases/{number}/evidence"
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return bytes(answer.read())

    def tell(self, kind: str, number: str, data: Answers) -> None:
        """A message of an outside system about a case."""
        event = {"specversion": "1.0", "id": f"{kind} {number}", "source": "urn:tests", "type": f"{kind}.v1"}
        self.call(
            OUTSIDE, "POST", "/messages", {**event, "organisme": "OP-DEMO", "correlationid": number, "data": data}
        )

    def _token(self, code: str) -> str:
        if code not in self.tokens:
            with Session(self.engine) as session:
                owner = _outside(session) if code == OUTSIDE else person_by_code(session, code)
                assert owner is not None, code
                self.tokens[code] = issue_token(session, owner, wall_now())
                session.commit()
        return self.tokens[code]


def _outside(session: Session) -> Integration:
    organisation = organisation_by_code(session, "OP-DEMO")
    assert organisation is not None
    return create_integration(session, organisation, OUTSIDE)
