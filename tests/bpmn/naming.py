"""Nominations lived through the product's own verbs, on a database with OP-DEMO in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from workflows.cases.commands import StartCase
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.start import start_by_message, start_case
from workflows.clock import business_now
from workflows.desk import Desk, at_desk, system_actor
from workflows.journal.models import JournalEntry
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation, Person, RoleAssignment
from workflows.people.relief import lead_at
from workflows.people.roles import holders_of
from workflows.worker.run import do_jobs

PROCESS = "nomination_role"


class Register:
    """OP-DEMO's register of roles, and what its people do with it."""

    def __init__(self, life: Life) -> None:
        self.life = life

    def begin(self, who: str) -> Request:
        """Someone begins a nomination."""
        with self.life.desk(who) as desk:
            return Request(self.life, start_case(desk, StartCase(PROCESS)).number)

    def propose(self, who: str, **told: Any) -> Request:
        """Someone proposes."""
        request = self.begin(who)
        request.do("N02", who, **told)
        return request

    def accepted(self, who: str, approver: str, **told: Any) -> Request:
        """A nomination proposed, approved and accepted; what blocks it is replaced."""
        request = self.propose(who, **told)
        if request.open[0][0] == "N05":
            request.do("N05", who, decision="REMPLACER")
        request.do("N06", approver, decision="APPROUVER")
        request.do("N07", told["personne"], proof="password", decision="ACCEPTER")
        do_jobs(self.life.engine)
        return request

    def lance(self, origin: str | None = None, **data: Any) -> Request:
        """Another case opens a nomination."""
        with Session(self.life.engine) as session:
            body = session.scalars(select(Organisation)).one()
            desk = Desk(session, system_actor(body.id), business_now(session))
            with at_desk(desk):
                found = session.scalar(select(Case).where(Case.number == origin)) if origin else None
                number = start_by_message(desk, "nomination.lancee", data, found).number
        do_jobs(self.life.engine)
        return Request(self.life, number)

    def holding(self, role: str, at: str) -> list[str]:
        """Who holds a role at an instant, as the product reads it."""
        with Session(self.life.engine) as session:
            body = session.scalars(select(Organisation)).one()
            moment = datetime.fromisoformat(at)
            found = lead_at if role == "INTRL" else None
            people = found(session, body.id, moment) if found else holders_of(session, body.id, role, moment)
            return [person.code for person in people]

    def was(self, role: str, at: str) -> list[str]:
        """Who held a role at an instant gone by, as the register keeps it."""
        moment = datetime.fromisoformat(at)
        rows = [row for row in self.rows(role) if row.valid_from <= moment and row.state in ("ACTIVE", "TERMINEE")]
        held = [row for row in rows if row.valid_until is not None or row.state == "ACTIVE"]
        with Session(self.life.engine) as session:
            there = [row for row in held if row.valid_until is None or row.valid_until > moment]
            return sorted(session.get_one(Person, row.person_id).code for row in there)

    def rows(self, role: str) -> list[RoleAssignment]:
        """The rows of a role, the oldest first."""
        with Session(self.life.engine, expire_on_commit=False) as session:
            query = select(RoleAssignment).where(RoleAssignment.role == role)
            return list(session.scalars(query.order_by(RoleAssignment.valid_from, RoleAssignment.id)))

    def person(self, code: str) -> Any:
        """The id of someone."""
        with Session(self.life.engine) as session:
            person = person_by_code(session, code)
            assert person is not None
            return person.id

    def waiting(self, step: str) -> list[tuple[str, str | None]]:
        """The open tasks of a step anywhere: their role, and who holds each."""
        with Session(self.life.engine) as session:
            states = (TaskState.OPEN, TaskState.CLAIMED)
            rows = session.scalars(select(Task).where(Task.step == step, Task.state.in_(states)))
            return [(row.role, str(row.assignee_id) if row.assignee_id else None) for row in rows]

    def facts(self, number: str, kind: str) -> list[Mapping[str, Any]]:
        """What the journal of a case says of a kind."""
        with Session(self.life.engine) as session:
            query = select(JournalEntry.data).join(Case, Case.id == JournalEntry.case_id)
            query = query.where(Case.number == number, JournalEntry.kind == kind)
            return list(session.scalars(query.order_by(JournalEntry.position)))

    def jobs(self) -> None:
        """Let a worker do what waits."""
        do_jobs(self.life.engine)
