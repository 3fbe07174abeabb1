"""Writing something on a case, from one of its tasks (« Ajouter un commentaire »)."""

from __future__ import annotations

from workflows.cases.access import allow
from workflows.cases.commands import AddComment
from workflows.cases.details import Comment
from workflows.cases.store import hold_task
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.journal.write import note

LONGEST = 2000


def add_comment(desk: Desk, command: AddComment) -> Comment:
    """Keep a comment with the case; the journal says that there is one, not what it says."""
    held = hold_task(desk, command.task_id)
    allow(desk, "comment", held)
    text = command.text.strip() if isinstance(command.text, str) else ""
    if not 1 <= len(text) <= LONGEST or "\0" in text:
        raise Invalid("comment.length", {"text": (Flaw("comment.length", longest=LONGEST),)}, longest=LONGEST)
    comment = Comment(case_id=held.case.id, task_id=held.task.id, person_id=desk.actor.id, at=desk.now, text=text)
    desk.session.add(comment)
    desk.session.flush()
    note(desk, "comment.added", case=held.case, step=held.task.step, comment=comment.id)
    return comment
