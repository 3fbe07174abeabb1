"""What of a case only some roles read (B.0.7, RP2; ``[seen]`` of a process): why someone leaves, what risk there is.

By a role of ``[seen] by``, a manager within the units that the case concerns; or by having a task of such a role in
the case, in one's own hands or in those of someone stood for. The person whom the case is about does not read it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, or_, select

from workflows.cases.about import About, Seen
from workflows.cases.models import Case, PersonKind, Task, TaskPerson
from workflows.cases.sight import units_of
from workflows.catalog.edition import edition_of
from workflows.desk import ActorKind, Desk
from workflows.journal.models import JournalEntry
from workflows.people.acting import may_act

DECISION = "decision.made"
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Private:
    """What of a case only some roles read, and whether the actor is one of those who do."""

    seen: Seen
    open: bool

    @property
    def shut(self) -> frozenset[str]:
        """The keys that the actor does not read."""
        return frozenset() if self.open else self.seen.keys

    def of(self, entry: JournalEntry) -> Data:
        """What a fact of the journal tells the actor: without the keys, nor the rules, that would betray a reason."""
        data = dict(entry.data)
        if self.open:
            return data
        if isinstance(data.get("keys"), list):
            data["keys"] = [key for key in data["keys"] if key not in self.seen.keys]
        if not self.tells(entry):
            return data
        return _without(data, self.seen.keys | ({"rules"} if entry.kind == DECISION else set()))

    def tells(self, entry: JournalEntry) -> bool:
        """Whether a fact of the journal holds something of what only some roles read."""
        if entry.kind == DECISION:
            return entry.data.get("decision") in self.seen.decisions
        return bool(_keys_of(entry.data) & self.seen.keys)


def private_of(desk: Desk, case: Case) -> Private:
    """What of a case only some roles read, for the actor of the desk."""
    seen = About(edition_of(desk.session, case.version_id).about).seen
    return Private(seen, bool(seen.keys) and _reads(desk, case, seen))


def outward(desk: Desk, case: Case, payload: Mapping[str, Any]) -> Data:
    """What of a message may leave the house: never what only some roles read."""
    return _without(payload, About(edition_of(desk.session, case.version_id).about).seen.keys)


def _reads(desk: Desk, case: Case, seen: Seen) -> bool:
    actor = desk.actor
    if actor.kind is not ActorKind.PERSON or actor.organisation_id != case.organisation_id:
        return actor.kind is ActorKind.SYSTEM
    if actor.id == case.beneficiary_id:
        return False
    return may_act(actor, seen.by, units_of(desk, case)) or _has_task(desk, case, seen)


def _has_task(desk: Desk, case: Case, seen: Seen) -> bool:
    """Whether the actor has or had a task of one of the roles in the case, or is named for one."""
    hands = desk.actor.hands
    named = exists().where(
        and_(
            TaskPerson.task_id == Task.id,
            TaskPerson.kind == PersonKind.CANDIDATE,
            TaskPerson.removed_at.is_(None),
            TaskPerson.person_id.in_(hands),
        )
    )
    theirs = or_(Task.assignee_id.in_(hands), Task.closed_by_id == desk.actor.id, named)
    query = select(Task.id).where(Task.case_id == case.id, Task.role.in_(seen.by), theirs)
    return desk.session.scalar(query.limit(1)) is not None


def _keys_of(value: Any) -> set[str]:
    """Every key of some data, at any depth."""
    if isinstance(value, Mapping):
        return {str(key) for key in value}.union(*(_keys_of(one) for one in value.values()))
    return set().union(*(_keys_of(one) for one in value)) if isinstance(value, list | tuple) else set()


def _without(data: Mapping[str, Any], keys: Set[str]) -> Data:
    """Some data without some keys, at any depth."""
    return {key: _pruned(value, keys) for key, value in data.items() if key not in keys}


def _pruned(value: Any, keys: Set[str]) -> Any:
    if isinstance(value, Mapping):
        return _without(value, keys)
    return [_pruned(one, keys) for one in value] if isinstance(value, list | tuple) else value
