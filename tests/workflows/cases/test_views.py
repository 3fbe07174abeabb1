"""What readers are shown of a case and of a task, each as much as they may see."""

from __future__ import annotations

import pytest

from tests.workflows.cases.conftest import World
from tests.workflows.cases.test_media import PDF
from workflows.cases.attach import attach_file, read_file
from workflows.cases.commands import AttachFile, CasesAsked
from workflows.cases.list_cases import case_list
from workflows.cases.read_case import case_view, history, steps
from workflows.cases.read_task import task_view
from workflows.cases.startable import processes
from workflows.errors import Forbidden, Invalid, Missing


def test_a_case_is_found_by_id_and_by_number(world: World) -> None:
    case = world.asked()
    by_number = case_view(world.desk(world.asker), case.number.lower())
    by_id = case_view(world.desk(world.asker), str(case.id))
    assert by_number == by_id
    assert [(task.step, task.role) for task in by_id.row.open_tasks] == [("E07", "RCELL")]
    assert by_id.data == {"besoin": "Un téléphone"}
    assert by_id.row.requester is not None
    assert by_id.row.requester.code == "T01"


def test_a_case_that_waits_shows_for_what(world: World) -> None:
    view = case_view(world.desk(world.asker), world.waiting().number)
    assert [(wait.step, wait.kind, wait.name) for wait in view.waiting] == [
        ("E32", "message", "prestataire.prix.modifie"),
        ("E35", "timer", "E35"),
    ]


def test_a_stranger_sees_nothing(world: World) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    desk = world.desk(world.stranger)
    for ask in (
        lambda: case_view(desk, case.number),
        lambda: steps(desk, case.number),
        lambda: task_view(desk, task.id),
    ):
        with pytest.raises(Missing):
            ask()
    assert case_list(desk, CasesAsked()).items == ()


def test_a_reduced_view_has_nothing_personal(world: World) -> None:
    case = world.start()
    world.complete(world.asker, case, "E05", besoin="Un téléphone", quantite=3)
    view = case_view(world.desk(world.ti), case.number)
    assert (view.reduced, view.data) == (True, {"quantite": 3})
    with pytest.raises(Missing):
        history(world.desk(world.ti), case.number)


def test_lists_hold_what_one_may_see_the_newest_first(world: World) -> None:
    first, second = world.start(), world.asked()
    numbers = [row.number for row in case_list(world.desk(world.intrl), CasesAsked()).items]
    assert numbers == [second.number, first.number]
    assert [row.number for row in case_list(world.desk(world.asker), CasesAsked(limit=1)).items] == [second.number]
    page = case_list(world.desk(world.asker), CasesAsked(limit=1))
    following = case_list(world.desk(world.asker), CasesAsked(limit=1, cursor=page.next))
    assert ([row.number for row in following.items], following.next) == ([first.number], None)


def test_lists_are_narrowed(world: World) -> None:
    first, second = world.start(), world.asked()
    world.complete(world.rcell, second, "E07", decision="REFUSER")
    desk = world.desk(world.intrl)
    assert [row.number for row in case_list(desk, CasesAsked(state="TERMINEE")).items] == [second.number]
    assert [row.number for row in case_list(desk, CasesAsked(number=first.number)).items] == [first.number]
    assert [row.number for row in case_list(desk, CasesAsked(involving="T02")).items] == [second.number]
    assert case_list(desk, CasesAsked(process="autre")).items == ()
    with pytest.raises(Invalid):
        case_list(desk, CasesAsked(state="PERDUE"))


def test_the_journal_is_read_in_order_page_by_page(world: World) -> None:
    case = world.asked()
    page = history(world.desk(world.asker), case.number, limit=3)
    rest = history(world.desk(world.asker), case.number, limit=3, cursor=page.next)
    kinds = [row.kind for row in (*page.items, *rest.items)]
    assert kinds == ["case.started", "task.opened", "task.completed", "task.opened"]


def test_a_task_shows_its_form_in_the_readers_language(world: World) -> None:
    task = world.task(world.asked(), "E07")
    view = task_view(world.desk(world.rcell), task.id, "en")
    assert view.form is not None
    assert view.form["components"][0]["label"] == "Decision"
    assert view.shown == {"besoin": "Un téléphone"}
    assert view.may == {"claim", "assign", "draft", "complete", "comment", "attach"}
    assert [step.step for step in view.before] == ["E01", "E05"]


def test_a_file_is_joined_by_who_has_a_part_and_read_by_who_sees_the_case(world: World) -> None:
    case = world.asked()
    file = attach_file(world.desk(world.asker), AttachFile(case.number, "preuve.pdf", PDF))
    world.session.commit()
    assert read_file(world.desk(world.rcell), file.id).content == PDF
    assert [row.filename for row in case_view(world.desk(world.rcell), case.number).files] == ["preuve.pdf"]
    with pytest.raises(Missing):
        read_file(world.desk(world.ti), file.id)
    with pytest.raises(Forbidden, match=r"case\.not_yours"):
        attach_file(world.desk(world.intrl), AttachFile(case.number, "x.pdf", PDF))


def test_a_form_takes_only_files_of_its_own_case(world: World) -> None:
    other, case = world.start(), world.start()
    file = attach_file(world.desk(world.asker), AttachFile(other.number, "a.pdf", PDF))
    with pytest.raises(Invalid) as refused:
        world.complete(world.asker, case, "E05", besoin="Un téléphone", pieces=[str(file.id)])
    assert list(refused.value.fields) == ["pieces"]


def test_processes_say_whether_one_may_start_them(world: World) -> None:
    assert [(row.key, row.may_start) for row in processes(world.desk(world.asker))] == [("essai", True)]
