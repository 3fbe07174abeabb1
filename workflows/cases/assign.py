"""Putting a task in someone else's hands (« Réattribuer »)."""

from __future__ import annotations

from workflows.cases.access import allow, allow_person
from workflows.cases.commands import AssignTask
from workflows.cases.models import Task, TaskState
from workflows.cases.revision import check_revision
from workflows.cases.store import hold_task
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.journal.write import note
from workflows.people.directory import actor_of, person_by_code


def assign_task(desk: Desk, command: AssignTask) -> Task:
    """Put a task in the hands of a person who may take it; the rules that keep people out hold here too."""
    held = hold_task(desk, command.task_id)
    allow(desk, "assign", held)
    check_revision(desk, held.task, command.revision)
    person = person_by_code(desk.session, command.person, desk.actor.organisation_id)
    if person is None:
        raise Invalid(
            "person.unknown", {"person": (Flaw("person.unknown", person=command.person),)}, person=command.person
        )
    allow_person(desk, actor_of(desk.session, person, desk.now), held)
    task = held.task
    task.state, task.assignee_id = TaskState.CLAIMED, person.id
    task.revision += 1
    note(desk, "task.assigned", case=held.case, step=task.step, to=person.code)
    return task
