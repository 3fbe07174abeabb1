"""The optimistic lock of a task: whoever saves second is told who was faster, and when."""

from __future__ import annotations

from sqlalchemy import select

from workflows.cases.models import Task
from workflows.desk import Desk
from workflows.errors import Conflict
from workflows.journal.models import JournalEntry
from workflows.journal.seal import plain


def check_revision(desk: Desk, task: Task, seen: int | None) -> None:
    """Refuse when the task is no longer the one that was seen, naming who changed it and when."""
    if seen is None or seen == task.revision:
        return
    query = select(JournalEntry.by, JournalEntry.at).where(
        JournalEntry.case_id == task.case_id, JournalEntry.step == task.step
    )
    last = desk.session.execute(query.order_by(JournalEntry.id.desc()).limit(1)).first()
    by, at = (last.by, last.at) if last is not None else ("SYS", task.created_at)
    raise Conflict("task.revision", by=by, at=plain(at), revision=task.revision)
