"""Which inboxes someone who leaves reaches or reached, and who else reaches each."""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property
from uuid import UUID

from sqlalchemy import select

from workflows.cases.models import Task, TaskState
from workflows.cases.stead import others_in
from workflows.desk import Desk
from workflows.people.models import Person, RoleAssignment


class Inboxes:
    """The inboxes of the roles that a person holds or held, and the persons left in each."""

    def __init__(self, desk: Desk, leaver: Person) -> None:
        self.desk = desk
        self.leaver = leaver
        self._left: dict[tuple[str, str], list[Person]] = {}

    def others(self, role: str, queue: str, but: Set[UUID] = frozenset()) -> list[Person]:
        """Who else reaches an inbox now, some persons left out."""
        key = (role, queue)
        if key not in self._left:
            self._left[key] = others_in(self.desk, self.leaver.organisation_id, key, {self.leaver.id})
        return [person for person in self._left[key] if person.id not in but]

    @cached_property
    def queues(self) -> tuple[str, ...]:
        """The inboxes of those roles in which something waits."""
        own = select(RoleAssignment.role).where(RoleAssignment.person_id == self.leaver.id)
        query = select(Task.queue).where(
            Task.organisation_id == self.leaver.organisation_id,
            Task.state == TaskState.OPEN,
            Task.queue.is_not(None),
            Task.role.in_(own),
        )
        return tuple(sorted(queue for queue in self.desk.session.scalars(query.distinct()) if queue is not None))
