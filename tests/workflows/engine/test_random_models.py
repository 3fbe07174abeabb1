"""Models made at random: run as the engine alone would run them, and the same whether saved at each step or never."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from tests.workflows.engine.alone import Alone
from tests.workflows.engine.blocks import BOTH, OURS, Block, blocks, model
from tests.workflows.engine.drawn import HEAD, Case, House
from tests.workflows.engine.oracle import image, through_the_engine
from workflows.engine import Progress, begin, blueprint, resume
from workflows.engine.codec import dump, load

GIVEN = some.fixed_dictionaries({f"v{one}": some.integers(0, 2) for one in range(4)})
MOVES = some.lists(some.tuples(some.integers(0, 9), some.integers(0, 3)), max_size=14)
LAST = [(0, 0)] * 60
"""How a walk goes on once its moves are spent: no loop turns again, so that it comes to its end."""


def whole(block: Block, *, native: bool = False) -> str:
    return f"{HEAD}{model(block, native=native)}</definitions>"


@settings(max_examples=120, deadline=None)
@given(blocks(BOTH, flat=("inc",)), GIVEN, MOVES)
def test_a_model_runs_as_the_engine_alone_runs_it(block: Block, data: dict[str, int], moves: list[Any]) -> None:
    """But for inclusive joins with more than tasks before them: there the engine alone does not wait for all."""
    assume(not holds(block, "loop", "inc"))
    case = Case(blueprint({"m.bpmn": whole(block).encode()}, "m"), House(), **data)
    alone = Alone(whole(block, native=True), **data)
    for pick, answer in [*moves, *LAST]:
        assert case.open == alone.open
        if not case.open:
            break
        step = case.open[pick % len(case.open)]
        case.do(step, x=answer)
        alone.do(step, {"x": answer})
    assert (case.at.ended, alone.ended) == (True, True)
    assert steps(Counter(case.seen)) == steps(alone.done)


def holds(block: Any, outer: str, inner: str) -> bool:
    """Whether one kind of block stands inside another: the engine alone joins too early the second time round."""
    if not isinstance(block, tuple):
        return False
    if block[0] == outer:
        return f"'{inner}'" in repr(block)
    return any(holds(one, outer, inner) for one in block)


def steps(passed: Counter[str]) -> dict[str, int]:
    """What was passed. The engine alone counts a sub-process taken away as done, and some joins once a token."""
    return {step: times for step, times in passed.items() if not step.startswith(("sub", "j"))}


def shown(at: Progress) -> tuple[object, ...]:
    """Where a case stands, but for ids, which each case has of its own."""
    waits = sorted((wait.step, wait.kind, str(wait.due_at), wait.attached_to) for wait in at.waits)
    tasks = sorted((task.step, str(task.item), str(task.due)) for task in at.open)
    return at.ended, at.end, dict(at.data), tasks, waits, at.stuck


def happened(at: Progress) -> list[tuple[str, str]]:
    """What has happened: by one move when a case is saved after each, by all of them when it never is."""
    passed = [(one.step, one.state) for one in at.passed]
    return passed + [(one.name, one.kind) for one in (*at.thrown, *at.escaped)]


def moved(run: Any, at: Progress, house: House, move: tuple[int, int]) -> Progress:
    """One move, the same in both cases: a moment that is past, a task done, or something awaited that comes."""
    pick, answer = move
    tasks = sorted(at.open, key=lambda task: (task.step, str(task.item)))
    waits = sorted(at.waits, key=lambda wait: (wait.step, str(wait.name), str(wait.due_at)))
    late = sorted(
        (wait for wait in waits if wait.due_at and wait.due_at <= house.now), key=lambda wait: str(wait.due_at)
    )
    if late:
        overdue: Progress = run.fire(late[0].id)
        return overdue
    if tasks and (pick < 7 or not waits):
        found: Progress = run.complete(tasks[pick % len(tasks)].id, {"x": answer})
        return found
    wait = waits[pick % len(waits)]
    if wait.kind == "timer":
        house.now = max(house.now, wait.due_at or house.now) + timedelta(minutes=1)
        fired: Progress = run.fire(wait.id)
        return fired
    told: Progress = run.deliver(wait.id, {"x": answer}, wait.name)
    return told


@settings(max_examples=120, deadline=None)
@given(blocks(OURS), GIVEN, MOVES)
def test_a_case_saved_at_each_step_is_one_that_never_is(block: Block, data: dict[str, int], moves: list[Any]) -> None:
    """Nor does it matter that what is done is forgotten each time: the case that is never saved forgets nothing."""
    houses = [House(), House()]
    read = blueprint({"m.bpmn": whole(block).encode()}, "m")
    kept, saved = (begin(read, house, {**data, "items": [1, 2, 3]}) for house in houses)
    run, told = resume(read, kept.state, houses[0]), Counter[tuple[str, str]]()
    run.live.tidy = lambda: None  # type: ignore[method-assign]
    for move in [*moves, *LAST]:
        assert shown(kept) == shown(saved)
        theirs, ours = through_the_engine(run.live, read), load(read, dump(run.live), houses[0])
        assert image(ours) == image(theirs) == image(run.live)
        if kept.ended or not (kept.open or kept.waits):
            return
        kept = moved(run, kept, houses[0], move)
        saved = moved(resume(read, saved.state, houses[1]), saved, houses[1], move)
        told.update(happened(saved))
        assert Counter(happened(kept)) == told
