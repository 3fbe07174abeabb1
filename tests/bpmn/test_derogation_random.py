"""Walks at random through the derogation and its signature: saved and loaded at each step, or never, they are one."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.bpmn.told import READ, Told
from workflows.engine import EngineError, Progress, begin, resume

ONWARD = {"R07": "CONFIRMER", "R08": "ANALYSER", "R23": "SIGNER"}
"""What a walk mostly answers, so that it comes to the signature and beyond before something else stops it."""
DECISIONS = ("SIGNER", "REFUSER", "RETOURNER", "CONFIRMER", "RECUSER", "ACCEPTER", "TRANSMETTRE", "ANALYSER")
ANSWERS = (*([""] * 24), *DECISIONS)
MOVES = some.lists(some.tuples(some.integers(0, 19), some.sampled_from(ANSWERS)), min_size=4, max_size=25)
SEVERAL = {"signature.ouvrir": {"nb_taches": 2, "expiration": "2027-01-08T10:00:00-05:00"}}


def shown(at: Progress) -> tuple[object, ...]:
    """All that a case shows, but for ids, which each case has of its own."""
    waits = sorted((wait.step, wait.kind, str(wait.due_at), wait.attached_to) for wait in at.waits)
    tasks = sorted((task.step, task.item, str(task.due)) for task in at.open)
    return at.ended, at.end, dict(at.data), tasks, waits


def moved(run: object, at: Progress, house: Told, pick: int, decision: str) -> Progress | str:
    """One move, the same in both cases: a task done, or a moment or a message that has come."""
    tasks = sorted(at.open, key=lambda task: (task.step, task.item or 0))
    waits = sorted(at.waits, key=lambda wait: (wait.step, wait.name or ""))
    try:
        if tasks and (pick < 18 or not waits):
            task = tasks[pick % len(tasks)]
            answers = {"decision": decision or ONWARD.get(task.step, "ACCEPTER"), "avis": "FAVORABLE"}
            return run.complete(task.id, answers)  # type: ignore[attr-defined]
        wait = waits[pick % len(waits)]
        if wait.kind == "message":
            return run.deliver(wait.id, {"prix_cents": pick}, wait.name)  # type: ignore[attr-defined]
        house.now = max(house.now, wait.due_at or house.now) + timedelta(minutes=1)
        return run.fire(wait.id)  # type: ignore[attr-defined]
    except EngineError as error:
        return error.code


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_a_case_that_is_saved_at_each_step_walks_like_one_that_never_is(moves: list[tuple[int, str]]) -> None:
    houses = [Told(), Told()]
    for house in houses:
        house.told.update(SEVERAL)
    kept, saved = (begin(READ, house, {}) for house in houses)
    run = resume(READ, kept.state, houses[0])
    for pick, decision in moves:
        if kept.ended or not (kept.open or kept.waits):
            return
        first = moved(run, kept, houses[0], pick, decision)
        second = moved(resume(READ, saved.state, houses[1]), saved, houses[1], pick, decision)
        if isinstance(first, str) or isinstance(second, str):
            assert first == second
            return
        kept, saved = first, second
        assert shown(kept) == shown(saved)
