"""Taking a task, putting it back, handing it on, keeping a draft."""

from __future__ import annotations

import pytest

from tests.workflows.cases.conftest import World
from workflows.cases.assign import assign_task
from workflows.cases.claim import claim_task
from workflows.cases.commands import AddComment, AssignTask, ClaimTask, CompleteTask, InboxAsked, ReleaseTask, SaveDraft
from workflows.cases.comment import add_comment
from workflows.cases.complete import complete_task
from workflows.cases.draft import save_draft
from workflows.cases.inbox import inbox
from workflows.cases.models import TaskState
from workflows.cases.release import release_task
from workflows.errors import Conflict, Forbidden, Invalid


def test_a_task_taken_leaves_the_inbox_of_the_others(world: World) -> None:
    task = world.task(world.asked(), "E07")
    claim_task(world.desk(world.rcell), ClaimTask(task.id))
    world.session.commit()
    assert inbox(world.desk(world.other_rcell), InboxAsked()).items == ()
    assert [row.id for row in inbox(world.desk(world.rcell), InboxAsked(box="mine")).items] == [task.id]


def test_a_task_taken_is_not_completed_by_another(world: World) -> None:
    task = world.task(world.asked(), "E07")
    claim_task(world.desk(world.rcell), ClaimTask(task.id))
    world.session.commit()
    with pytest.raises(Conflict, match=r"task\.claimed") as refused:
        complete_task(world.desk(world.other_rcell), CompleteTask(task.id, {"decision": "REFUSER"}))
    assert refused.value.params["by"] == "T02"


def test_a_task_put_back_is_free_again(world: World) -> None:
    task = world.task(world.asked(), "E07")
    claim_task(world.desk(world.rcell), ClaimTask(task.id))
    release_task(world.desk(world.rcell), ReleaseTask(task.id))
    world.session.commit()
    assert (task.state, task.assignee_id) == (TaskState.OPEN, None)


def test_a_supervisor_puts_a_task_in_other_hands(world: World) -> None:
    task = world.task(world.asked(), "E07")
    assign_task(world.desk(world.intrl), AssignTask(task.id, "T03"))
    world.session.commit()
    assert task.assignee_id == world.other_rcell.id


def test_a_task_is_not_put_in_hands_that_may_not_hold_it(world: World) -> None:
    task = world.task(world.asked(), "E07")
    with pytest.raises(Forbidden):
        assign_task(world.desk(world.intrl), AssignTask(task.id, "T06"))


def test_a_task_is_not_handed_to_nobody(world: World) -> None:
    task = world.task(world.asked(), "E07")
    with pytest.raises(Invalid, match=r"person\.unknown"):
        assign_task(world.desk(world.intrl), AssignTask(task.id, "T99"))


def test_a_draft_is_kept_with_the_task_and_takes_it(world: World) -> None:
    task = world.task(world.asked(), "E07")
    save_draft(world.desk(world.rcell), SaveDraft(task.id, {"decision": "CONFIRMER"}))
    world.session.commit()
    assert task.draft == {"decision": "CONFIRMER"}
    assert task.assignee_id == world.rcell.id


def test_a_second_saver_is_told_who_was_faster(world: World) -> None:
    task = world.task(world.asked(), "E07")
    seen = task.revision
    save_draft(world.desk(world.rcell), SaveDraft(task.id, {"decision": "CONFIRMER"}, seen))
    world.session.commit()
    with pytest.raises(Conflict, match=r"task\.revision") as refused:
        save_draft(world.desk(world.rcell), SaveDraft(task.id, {"decision": "REFUSER"}, seen))
    assert refused.value.params["by"] == "T02"


def test_a_comment_is_kept_and_the_journal_says_there_is_one(world: World) -> None:
    task = world.task(world.asked(), "E07")
    said = add_comment(world.desk(world.rcell), AddComment(task.id, "  À revoir  "))
    assert said.text == "À revoir"
    with pytest.raises(Invalid):
        add_comment(world.desk(world.rcell), AddComment(task.id, "   "))
