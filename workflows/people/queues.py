"""How an inbox is named on a task, and which inboxes a role assignment reaches.

``OP-DEMO/RCELL`` is the role's inbox; ``OP-DEMO/RCELL/SF-200`` holds the tasks of cases of one billing subdivision;
``OP-DEMO/GEST@SOE`` those of one unit (or module). A case without subdivision excludes nobody's scope.
"""

from __future__ import annotations

from collections.abc import Iterable

from workflows.people.models import RoleAssignment


def queue_of(role: str, organisation: str, *, subdivision: str | None = None, unit: str | None = None) -> str:
    """The inbox of a role, narrowed to a billing subdivision or to a unit (or module) where the task is."""
    if unit is not None:
        return f"{organisation}/{role}@{unit}"
    return f"{organisation}/{role}/{subdivision}" if subdivision is not None else f"{organisation}/{role}"


def queues_of(
    assignment: RoleAssignment, organisation: str, subdivisions: Iterable[str], units: Iterable[str]
) -> list[str]:
    """Every inbox that an assignment reaches; ``units`` are those of its own scope, with all below them."""
    role = assignment.role
    if assignment.scope == "SUB":
        return [queue_of(role, organisation), queue_of(role, organisation, subdivision=assignment.scope_code)]
    if assignment.scope == "SEC":
        return [queue_of(role, organisation, unit=unit) for unit in sorted(units)]
    if assignment.scope == "MODULE":
        return [queue_of(role, organisation, unit=assignment.scope_code)]
    named = [queue_of(role, organisation, subdivision=subdivision) for subdivision in sorted(subdivisions)]
    return [queue_of(role, organisation), *named]
