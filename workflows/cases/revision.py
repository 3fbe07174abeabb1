"""The optimistic lock of a task: whoever saves second is told who was faster, and when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workflows.cases.models import Task
from workflows.desk import Desk
from workflows.errors import Conflict
from workflows.journal.models import JournalEntry, chain_of
from workflows.journal.seal import plain
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation


def check_revision(desk: Desk, task: Task, seen: int | None) -> None:
    """Refuse when the task is no longer the one that was seen, naming who changed it and when."""
    if seen is None or seen == task.revision:
        return
    query = select(JournalEntry.by, JournalEntry.at).where(
        JournalEntry.chain == chain_of(task.case_id), JournalEntry.step == task.step
    )
    last = desk.session.execute(query.order_by(JournalEntry.position.desc()).limit(1)).first()
    by, at = (last.by, last.at) if last is not None else ("SYS", task.created_at)
    person = person_by_code(desk.session, by, task.organisation_id)
    told = {"by": by, "at": plain(at), "name": person.name if person else "Parcours", "time": _time(desk, task, at)}
    raise Conflict("task.revision", **told, revision=task.revision)


def _time(desk: Desk, task: Task, at: datetime) -> str:
    """The hour on the organisation's clocks, with its date when that is not today's."""
    zone = ZoneInfo(desk.session.get_one(Organisation, task.organisation_id).timezone)
    local, today = at.astimezone(zone), desk.now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
