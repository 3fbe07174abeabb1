"""A departure lived over HTTP while parts of the product are killed: from its announcement to its end and proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.service.people import Staff
from tests.journeys.service.server import Answer, eventually
from tests.workflows.deliveries.receiver import Receiver
from workflows.accesses.models import Access
from workflows.cases.models import Case, Task, TaskState
from workflows.clock import business_now
from workflows.deliveries.subscribe import subscribe
from workflows.desk import Desk, at_desk
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.people.directory import actor_of, organisation_by_code, person_by_code
from workflows.people.models import Person
from workflows.people.settings import set_setting

DISMISSED: Mapping[str, Any] = {
    "matricule": "201950",
    "type_depart": "CONGEDIEMENT",
    "dernier_jour": "2026-12-07",
    "t_effet": "2026-12-07T09:00:00-05:00",
    "employe_informe": False,
}
"""U02 is dismissed: three accounts end at once, the manager and RH do the rest (DEP-04)."""
WORKS = {"D21": "P14", "D23": "P17", "D24": "P18"}
AFTER: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "D09": ("P27", {}),
    "D05": ("P13", {"dernier_jour": "2026-12-07"}),
    "D31": ("P27", {"biens": [{"bien": "PORTABLE", "etat": "RENDU"}]}),
    "D36": ("P13", {"comptes_depenses_regles": True, "avances_reglees": True, "entrevue_depart": "FAITE"}),
}
TOLD = ["depart.demarre.v1", "acces.revoque.v1", "depart.termine.v1"]


class Departure:
    """One departure, and whoever works on it over HTTP."""

    def __init__(self, staff: Staff, **changes: Any) -> None:
        self.staff = staff
        for code in {*WORKS.values(), "P13", "P27"}:
            staff.token(code)
        asked = {"process": "depart_employe", "data": {**DISMISSED, **changes}}
        self.case = str(staff.done("P13", "POST", "/cases", asked)["id"])

    def path(self, step: str) -> str:
        """Where an open task is completed."""
        return f"/tasks/{self.open[step]}/completion"

    @property
    def open(self) -> dict[str, str]:
        """The open tasks, by step."""
        shown = self.staff.done("P13", "GET", f"/cases/{self.case}")
        return {task["step"]: str(task["id"]) for task in shown["open_tasks"]}

    def send(self, step: str, path: str) -> Answer:
        """Complete a work of the revocation, under a key of its own: whoever got no answer sends it again."""
        return self.staff.call(WORKS[step], "POST", path, {"answers": {}}, key=f"{step}-once")

    def go_on(self, *works: str) -> None:
        """Do these works, then everything that is left."""
        for step in works:
            self.staff.done(WORKS[step], "POST", self.path(step), {"answers": {}})
        for step, (who, answers) in AFTER.items():
            self.staff.done(who, "POST", self.path(step), {"answers": dict(answers)})

    def ended_well(self) -> None:
        """It is complete, each access was disabled once, no task was asked twice, and the journal holds together."""
        with Session(self.staff.engine) as session:
            case = session.get_one(Case, self.case)
            assert (case.state, case.end) == ("TERMINEE", "DEPART_COMPLETE")
            tasks = session.scalars(select(Task).where(Task.case_id == case.id)).all()
            steps = {*WORKS, *AFTER}
            assert (Counter(task.step for task in tasks), {task.state for task in tasks}) == (
                Counter(steps),
                {TaskState.DONE},
            )
            facts = session.scalars(select(JournalEntry).where(JournalEntry.case_id == case.id)).all()
            disabled = Counter(fact.data["system"] for fact in facts if fact.kind == "access.disabled")
            assert disabled == Counter(["SAGIR", "RESEAU", "BADGE"])
            assert Counter(fact.kind for fact in facts)["task.completed"] == len(steps)
            mine = select(Access).join(Person, Person.id == Access.person_id).where(Person.matricule == "201950")
            assert {(row.state, *row.granted, *row.live) for row in session.scalars(mine)} == {("DESACTIVE",)}
            assert verify(session) == []


def listen(staff: Staff, receiver: Receiver) -> None:
    """An outside system wants to be told of departures."""
    with Session(staff.engine) as session:
        now, person = business_now(session), person_by_code(session, "P25")
        assert person is not None
        with at_desk(Desk(session, actor_of(session, person, now, "operator"), now)) as desk:
            set_setting(organisation_by_code(session, "OP-DEMO"), "livraison_adresses_privees", True)
            subscribe(desk, receiver.url, TOLD)


def all_heard(receiver: Receiver) -> None:
    """Every message came, in order, none lost; one that came twice came under the same id."""

    def heard() -> list[tuple[str, str]]:
        return list(dict.fromkeys((one.headers["webhook-id"], one.event["type"]) for one in list(receiver.received)))

    eventually(lambda: len(heard()) >= len(TOLD), "the last message")
    assert [kind for _, kind in heard()] == TOLD
