"""What the house itself tells the outside of any case: a task was created, is late, or the case stands in error (B.13).

References only: the number of the case, a step, a role, a moment. No name, no reason, not even the employee's
reference: whoever hears of a departure that is kept discreet learns of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from workflows.cases.beside import LETTER
from workflows.cases.models import Case, Task
from workflows.deliveries.catalogue import CREATED, FAILED, LATE
from workflows.deliveries.publish import publish
from workflows.desk import Desk
from workflows.engine import Thrown


def created(step: str, role: str, due_at: datetime | None) -> Thrown:
    """A task was created: where, for which role, until when."""
    return _of_task(CREATED, step, role, due_at)


def tell_created(desk: Desk, case: Case, tasks: Iterable[Task]) -> None:
    """Tell of tasks that the house itself asks; what operators see to is theirs: a dead letter tells of no other."""
    publish(desk, case, [created(task.step, task.role, task.due_at) for task in tasks if task.step != LETTER])


def tell_late(desk: Desk, case: Case, task: Task) -> None:
    """Tell of a task that is late."""
    publish(desk, case, [_of_task(LATE, task.step, task.role, task.due_at)])


def tell_failed(desk: Desk, case: Case, step: str | None) -> None:
    """Tell of a case that stands in error, and where; not why."""
    publish(desk, case, [Thrown(FAILED, {"etape": step}, step or "")])


def _of_task(name: str, step: str, role: str, due_at: datetime | None) -> Thrown:
    return Thrown(name, {"etape": step, "role": role, "echeance": due_at}, step)
