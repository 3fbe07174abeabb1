"""Several at once: one is first, the others are told so; a crash before the commit leaves everything as it was."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.builders import desk_of
from tests.workflows.cases.conftest import World
from workflows.cases.claim import claim_task
from workflows.cases.commands import ClaimTask, CompleteTask
from workflows.cases.complete import complete_task
from workflows.cases.models import Task, TaskState
from workflows.desk import at_desk
from workflows.errors import Refusal
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.people.models import Person


def at_once(engine: Engine, person: Person, count: int, act: object) -> Counter[str]:
    """What several threads, each at a desk of its own, are answered."""
    answers: Counter[str] = Counter()
    gate = threading.Barrier(count)
    person_id = person.id

    def one() -> None:
        with Session(engine) as session:
            desk = desk_of(session, session.get_one(Person, person_id))
            gate.wait()
            try:
                with at_desk(desk):
                    act(desk)  # type: ignore[operator]
                answers["done"] += 1
            except Refusal as refused:
                answers[refused.code] += 1

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_ten_completions_at_once_make_one(world: World, engine: Engine) -> None:
    task = world.task(world.asked(), "E07")
    command = CompleteTask(task.id, {"decision": "CONFIRMER"})
    world.session.commit()
    answers = at_once(engine, world.rcell, 10, lambda desk: complete_task(desk, command))
    assert answers == {"done": 1, "task.done": 9}
    query = select(func.count()).where(JournalEntry.kind == "task.completed", JournalEntry.step == "E07")
    assert world.session.scalar(query) == 1
    assert verify(world.session) == []


def test_claims_at_once_by_two_persons_make_one(world: World, engine: Engine) -> None:
    task = world.task(world.asked(), "E07")
    world.session.commit()
    first = at_once(engine, world.rcell, 1, lambda desk: claim_task(desk, ClaimTask(task.id)))
    second = at_once(engine, world.other_rcell, 3, lambda desk: claim_task(desk, ClaimTask(task.id)))
    assert (first, second) == ({"done": 1}, {"task.claimed": 3})


def test_a_crash_before_the_commit_leaves_everything_as_it_was(world: World, engine: Engine) -> None:
    case = world.asked()
    task, state = world.task(case, "E07"), case.engine_state
    facts = world.session.scalar(select(func.count()).select_from(JournalEntry))
    world.session.commit()
    with Session(engine) as session, pytest.raises(RuntimeError):
        desk = desk_of(session, session.get_one(Person, world.rcell.id))
        with at_desk(desk):
            complete_task(desk, CompleteTask(task.id, {"decision": "CONFIRMER"}))
            session.flush()
            raise RuntimeError("the machine stops")
    world.session.expire_all()
    assert world.task(case, "E07").state == TaskState.OPEN
    assert case.engine_state == state
    assert world.session.scalar(select(func.count()).select_from(JournalEntry)) == facts
    world.complete(world.rcell, case, "E07", decision="CONFIRMER")
    done = select(func.count()).where(Task.case_id == case.id, Task.state == TaskState.DONE)
    assert world.session.scalar(done) == 2
