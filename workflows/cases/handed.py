"""Moving one task of someone who leaves to whoever may do it; never left to them, never left to nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.cases.models import Case, PersonKind, Task, TaskState
from workflows.cases.orphans import Inboxes
from workflows.cases.place import put_with
from workflows.cases.reaching import Named, Reach
from workflows.cases.signing import refresh_signature, take_off, widen_signature
from workflows.cases.stead import RELIEVES, above_of, barred_from
from workflows.cases.store import persons_of
from workflows.desk import Desk
from workflows.journal.models import JournalEntry, chain_of
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.directory import actor_of
from workflows.people.hierarchy import superior_of
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of
from workflows.people.roles import works

EMPLOYEE, MANAGER = "EMPLO", "GEST"


class Action(StrEnum):
    """What became of a task, a designation or a replacement."""

    GIVEN = "CONFIEE_A_LA_RELEVE"
    BACK = "REMISE_EN_CORBEILLE"
    UP = "TRANSMISE_AU_SUPERIEUR"
    SIGNATURE = "SIGNATURE_REVUE"
    TOLD = "SUPERIEUR_AVISE"
    UNATTENDED = "SANS_TITULAIRE"
    DESIGNATION = "DESIGNATION_TERMINEE"
    REPLACEMENT = "REMPLACEMENT_TERMINE"


@dataclass
class Handed:
    """One handing over: who leaves, who comes after, for which case, whether the instant has come, what was done."""

    desk: Desk
    leaver: Person
    successor: Person | None
    case: Case
    gone: bool
    done: list[dict[str, Any]] = field(default_factory=list)

    def say(self, case: Case, step: str | None, action: Action, people: list[Person]) -> None:
        """Write one line in the journal of a case, and keep it for the case that asked."""
        codes = [person.code for person in people]
        told = {"action": action.value, "from": self.leaver.code, "to": codes}
        note(self.desk, "task.handed_over", case=case, step=step, **told)
        self.done.append({"dossier": case.number, "etape": step, "action": action.value, "a": codes})


class Move:
    """One task on its way from who leaves to whoever may do it."""

    def __init__(self, handed: Handed, inboxes: Inboxes, case: Case, task: Task) -> None:
        self.handed, self.inboxes, self.case, self.task = handed, inboxes, case, task
        self.desk, self.leaver = handed.desk, handed.leaver
        self.rows = persons_of(self.desk.session, task.id)

    def make(self) -> None:
        """Move the task, if there is something to move."""
        if self.task.role == EMPLOYEE:
            self._tell_superior()
        elif self.task.state == TaskState.RETURNED:
            self._let_come_back_elsewhere()
        elif self.task.item is not None and self.task.queue is None:
            self._look_again_at_signature()
        elif self._is_theirs() or not self._people():
            self._put()

    def _is_theirs(self) -> bool:
        """Whether the task is in the leaver's hands, or names them."""
        return self.task.assignee_id == self.leaver.id or self.leaver.id in self._named()

    def _named(self) -> set[UUID]:
        return {row.person_id for row in self.rows if row.kind == PersonKind.CANDIDATE and row.removed_at is None}

    def _kept_out(self) -> set[UUID]:
        """Who may not have the task: the leaver, those whom a rule keeps out, those whom the case is about."""
        listed = {row.person_id for row in self.rows if row.kind == PersonKind.EXCLUDED}
        concerned = {self.case.requester_id, self.case.beneficiary_id} if self.task.queue is None else set()
        barred = barred_from(self.desk, self.case, self.task.role)
        return {one for one in (*listed, *concerned, barred, self.leaver.id) if one is not None}

    def _people(self) -> list[Person]:
        """Who else may do the task as it lies: in its inbox, or named and at work."""
        out = self._kept_out()
        found = self.inboxes.others(self.task.role, self.task.queue, out) if self.task.queue is not None else []
        named = select(Person).where(Person.id.in_(self._named() - out))
        return [*found, *(one for one in self.desk.session.scalars(named) if works(one, self.desk.now))]

    def _put(self) -> None:
        """To the successor where they may have it, else to whoever else may, else to the superior."""
        others, successor = self._people(), self._successor()
        if successor is not None and self.task.state == TaskState.CLAIMED and self.task.assignee_id == self.leaver.id:
            self._reach(others and self._others_named())
            self.task.state, self.task.assignee_id = TaskState.CLAIMED, successor.id
            return self.handed.say(self.case, self.task.step, Action.GIVEN, [successor])
        if others:
            self._reach(self._others_named())
            return self.handed.say(self.case, self.task.step, Action.BACK, others if self.task.queue is None else [])
        return self._up()

    def _up(self) -> None:
        """Nobody is left: the role's inbox where someone is, else the superior or the role's supervisor."""
        role, out = self.task.role, self._kept_out()
        queue = self.task.queue or self._inbox(role)
        if role != MANAGER and self.task.queue is None and self.inboxes.others(role, queue, out):
            put_with(self.desk, self.task, Reach(role, queue))
            return self.handed.say(self.case, self.task.step, Action.BACK, [])
        found = above_of(self.desk, self.leaver, role, out)
        if found is None:
            return self._unattended()
        named = Named(found.id, found.code, {RELIEVES: self.leaver.code})
        put_with(self.desk, self.task, Reach(role, self.task.queue, named=(named,)))
        tell(self.desk, "task.assigned", [found], self.case, self.task.step)
        return self.handed.say(self.case, self.task.step, Action.UP, [found])

    def _unattended(self) -> None:
        if self._is_theirs():
            put_with(self.desk, self.task, Reach(self.task.role, self.task.queue))
        if not self._said_before(Action.UNATTENDED):
            head = holders(self.desk.session, self.case.organisation_id, "DIR", self.desk.now)
            self.handed.say(self.case, self.task.step, Action.UNATTENDED, [one for one in head if one != self.leaver])

    def _others_named(self) -> tuple[Named, ...]:
        kept = {person.id: person for person in self._people()}
        rows = [row for row in self.rows if row.person_id in kept and row.person_id in self._named()]
        return tuple(Named(one.person_id, kept[one.person_id].code, one.ground, one.valid_until) for one in rows)

    def _reach(self, named: Any) -> None:
        put_with(self.desk, self.task, Reach(self.task.role, self.task.queue, self.task.item, tuple(named or ())))

    def _successor(self) -> Person | None:
        """The successor, where the task comes to them: through the inbox that it lies in."""
        person = self.handed.successor
        if person is None or person.id in self._kept_out() or not works(person, self.desk.now):
            return None
        mine = self.task.queue in actor_of(self.desk.session, person, self.desk.now).queues
        return person if mine or person.id in self._named() else None

    def _inbox(self, role: str) -> str:
        organisation = self.desk.session.get_one(Organisation, self.case.organisation_id)
        return queue_of(role, organisation.code, subdivision=self.case.subdivision)

    def _tell_superior(self) -> None:
        """A task of EMPLO is never handed on: the superior is told, once; one of the departure itself stays."""
        if self.case.id == self.handed.case.id or self._said_before(Action.TOLD):
            return
        above = superior_of(self.desk.session, self.leaver)
        people = [above] if above is not None else []
        tell(self.desk, "task.late", people, self.case, self.task.step)
        self.handed.say(self.case, self.task.step, Action.TOLD, people)

    def _said_before(self, action: Action) -> bool:
        said = select(JournalEntry.id).where(JournalEntry.chain == chain_of(self.case.id))
        same = (JournalEntry.kind == "task.handed_over", JournalEntry.step == self.task.step)
        about = JournalEntry.data.contains({"action": action.value, "from": self.leaver.code})
        return self.desk.session.scalar(said.where(*same, about).limit(1)) is not None

    def _let_come_back_elsewhere(self) -> None:
        """What waits for details comes back to the successor who may have it, else to the inbox."""
        successor = self._successor()
        self.task.returned_by_id = self.task.assignee_id = successor.id if successor is not None else None
        self.task.revision += 1
        for row in self.rows:
            if row.person_id == self.leaver.id and row.kind == PersonKind.CANDIDATE:
                row.removed_at = self.desk.now
        action = Action.GIVEN if successor is not None else Action.BACK
        self.handed.say(self.case, self.task.step, action, [successor] if successor is not None else [])

    def _look_again_at_signature(self) -> None:
        """Who may sign is resolved again (R19); once gone, the leaver may not, and the next level is added at need."""
        before, holder = self._named(), self.task.assignee_id
        refresh_signature(self.desk, self.case, self.task)
        self._read_list()
        if self.handed.gone and not self._named() - {self.leaver.id}:
            widen_signature(self.desk, self.case, self.task)
        self._take_leaver_off()
        if holder == self.leaver.id and self.task.state == TaskState.CLAIMED:
            self.task.state, self.task.assignee_id = TaskState.OPEN, None
            self.task.revision += 1
        if self._named() != before or holder != self.task.assignee_id:
            people = self.desk.session.scalars(select(Person).where(Person.id.in_(self._named())).order_by(Person.code))
            self.handed.say(self.case, self.task.step, Action.SIGNATURE, list(people))
        if not self._named():
            self._unattended()

    def _read_list(self) -> None:
        self.desk.session.flush()
        self.rows = persons_of(self.desk.session, self.task.id)

    def _take_leaver_off(self) -> None:
        """Once gone, the leaver does not sign, whatever an entry still says."""
        self._read_list()
        mine = [row for row in self.rows if row.person_id == self.leaver.id and row.kind == PersonKind.CANDIDATE]
        for row in mine:
            if row.removed_at is None and self.handed.gone:
                take_off(self.desk, self.case, self.task, row, None)
