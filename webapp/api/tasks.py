"""Tasks: the inbox, one task, and what may be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from webapp.api.door import Room, identifier, persons_only
from webapp.api.schemas.tasks import (
    AssignmentIn,
    CommentIn,
    CommentOut,
    CompletionIn,
    CompletionOut,
    CountsOut,
    DraftIn,
    InboxIn,
    SeenIn,
    TaskDetailOut,
    TaskPage,
    TaskStateOut,
)
from webapp.api.shown import completion, task_detail, task_row, task_state
from webapp.sign_in import method_proven
from workflows.cases.assign import assign_task
from workflows.cases.claim import claim_task
from workflows.cases.commands import (
    AddComment,
    AssignTask,
    ClaimTask,
    CompleteTask,
    InboxAsked,
    ReleaseTask,
    SaveDraft,
)
from workflows.cases.comment import add_comment
from workflows.cases.complete import complete_task
from workflows.cases.draft import save_draft
from workflows.cases.inbox import counts, inbox
from workflows.cases.read_task import task_view
from workflows.cases.release import release_task
from workflows.desk import Desk

room = Room("tasks", "Tasks: what is asked of whom.")
UNKNOWN = "task.unknown"
Asked = dict[str, Any]


@room.route("/tasks")
@persons_only
@room.arguments(InboxIn, location="query")
@room.reads(TaskPage)
def list_tasks(desk: Desk, asked: Asked) -> Any:
    """One page of one box of my inbox."""
    page = inbox(desk, InboxAsked(**asked))
    return {"items": [task_row(row) for row in page.items], "next": page.next}


@room.route("/tasks/counts")
@persons_only
@room.reads(CountsOut)
def count_tasks(desk: Desk) -> Any:
    """How many tasks each box of my inbox holds, to a hundred at most."""
    return counts(desk)


@room.route("/tasks/<task_id>")
@persons_only
@room.reads(TaskDetailOut)
def show_task(desk: Desk, task_id: str) -> Any:
    """One task: its form, what it shows, its draft."""
    return task_detail(task_view(desk, identifier(task_id, UNKNOWN)))


@room.route("/tasks/<task_id>/claim", methods=["POST"])
@persons_only
@room.arguments(SeenIn, required=False)
@room.writes(TaskStateOut)
def claim(desk: Desk, asked: Asked, task_id: str) -> Any:
    """Take a task out of the inbox, into my hands."""
    task = claim_task(desk, ClaimTask(identifier(task_id, UNKNOWN), asked["revision"]))
    return task_state(desk, task)


@room.route("/tasks/<task_id>/release", methods=["POST"])
@persons_only
@room.arguments(SeenIn, required=False)
@room.writes(TaskStateOut)
def release(desk: Desk, asked: Asked, task_id: str) -> Any:
    """Put a task back in the inbox it came from."""
    task = release_task(desk, ReleaseTask(identifier(task_id, UNKNOWN), asked["revision"]))
    return task_state(desk, task)


@room.route("/tasks/<task_id>/assignment", methods=["POST"])
@persons_only
@room.arguments(AssignmentIn)
@room.writes(TaskStateOut)
def assign(desk: Desk, asked: Asked, task_id: str) -> Any:
    """Put a task in someone's hands."""
    task = assign_task(desk, AssignTask(identifier(task_id, UNKNOWN), asked["person"], asked["revision"]))
    return task_state(desk, task)


@room.route("/tasks/<task_id>/draft", methods=["PUT"])
@persons_only
@room.arguments(DraftIn)
@room.writes(TaskStateOut)
def keep_draft(desk: Desk, asked: Asked, task_id: str) -> Any:
    """Keep unfinished answers with the task."""
    task = save_draft(desk, SaveDraft(identifier(task_id, UNKNOWN), asked["answers"], asked["revision"]))
    return task_state(desk, task)


@room.route("/tasks/<task_id>/completion", methods=["POST"])
@persons_only
@room.arguments(CompletionIn)
@room.writes(CompletionOut)
def complete(desk: Desk, asked: Asked, task_id: str) -> Any:
    """Answer a task's form and let the case run on; an unclaimed task is claimed by it."""
    proof = method_proven(desk, asked["reauthentication"])
    command = CompleteTask(identifier(task_id, UNKNOWN), asked["answers"], asked["revision"], proof)
    return completion(complete_task(replace(desk, reauthenticated=proof), command))


@room.route("/tasks/<task_id>/comments", methods=["POST"])
@persons_only
@room.arguments(CommentIn)
@room.writes(CommentOut, 201)
def write_comment(desk: Desk, asked: Asked, task_id: str) -> Any:
    """Write something on the case, from one of its tasks."""
    written = add_comment(desk, AddComment(identifier(task_id, UNKNOWN), asked["text"]))
    return {"id": str(written.id), "at": written.at, "by": desk.actor.code, "text": written.text}
