"""How an inbox is named on a task, and which inboxes a role assignment reaches.

``OP-DEMO/RCELL`` is the role's inbox; ``OP-DEMO/RCELL/SF-200`` holds the tasks of cases of one billing subdivision;
``OP-DEMO/GEST@SOE`` those of one unit (or module). A case without subdivision excludes nobody's scope.
"""

from __future__ import annotations

from workflows.people.standing import Held


def queue_of(role: str, organisation: str, *, subdivision: str | None = None, unit: str | None = None) -> str:
    """The inbox of a role, narrowed to a billing subdivision or to a unit (or module) where the task is."""
    if unit is not None:
        return f"{organisation}/{role}@{unit}"
    return f"{organisation}/{role}/{subdivision}" if subdivision is not None else f"{organisation}/{role}"


def queues_of(held: Held, organisation: str) -> list[str]:
    """Every inbox that a role held now reaches."""
    role = held.role
    if held.scope == "SUB":
        return [queue_of(role, organisation), queue_of(role, organisation, subdivision=held.scope_code)]
    if held.scope == "SEC":
        return [queue_of(role, organisation, unit=unit) for unit in held.units]
    if held.scope == "MODULE":
        return [queue_of(role, organisation, unit=held.scope_code)]
    named = [queue_of(role, organisation, subdivision=subdivision) for subdivision in held.subdivisions]
    return [queue_of(role, organisation), *named]
