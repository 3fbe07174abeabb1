"""P3, P6, P7 and P10: what a case's state, a long loop, parallel blocks and expressions cost, without a database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from random import Random

from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer

from tests.bench.table import Figure, median, timed
from tests.workflows.engine.alone import Alone
from tests.workflows.engine.blocks import Block, model
from tests.workflows.engine.drawn import HEAD, Case, House, drawn, flow
from tests.workflows.engine.test_running import END, START, chain, user
from workflows.engine import blueprint
from workflows.engine.codec import dump, load
from workflows.feel import FeelError, compile_expression

TASK: Block = ("task",)
PAR: Block = ("par", 0, 0, TASK, TASK)
PURCHASE: Block = ("row", TASK, TASK, PAR, TASK, ("sub", 0, 0, ("row", TASK, TASK), TASK), PAR, TASK, TASK)
"""Twelve tasks, two parallel blocks and a sub-process, as the engine alone can run them too."""
CHANCE = Random(1)
NOW = datetime.fromisoformat("2026-12-07T09:00-05:00")
CONDITIONS = (
    'R07.decision = "CONFIRMER"',
    'niveau in ("N1", "N2", "N3", "N4") and not(R14.avis = "DEFAVORABLE" and avis_leve = false)',
    "montant > 50000 and montant <= 250000",
    "demandeur_est_superieur = true",
    'some x in ["A", "B", "C"] satisfies x = niveau',
)
SCOPE = {
    "R07": {"decision": "CONFIRMER"},
    "R14": {"avis": "FAVORABLE"},
    "avis_leve": False,
    "niveau": "N2",
    "montant": 64900,
    "demandeur_est_superieur": False,
}
HEAVY = (
    "for i in 1..10000, j in 1..10000 return i * j",
    "count(for i in 1..3000 return string(i))",
    'string join(for i in 1..5000 return "abcdefgh")',
    "sort(for i in 1..2000 return -i, function(a, b) a < b)",
    "{f: function(n) if n < 2 then 1 else f(n - 1) + f(n - 2), r: f(30)}.r",
    'matches("' + "a" * 300 + '!", "(a|aa)+$")',
    "flatten(for i in 1..300 return for j in 1..300 return j)",
    "2 ** 1000000",
)


def answers() -> dict[str, object]:
    """What someone answers: a decision, and some 200 characters that no two answers share."""
    return {"decision": "CONFIRMER", "note": CHANCE.randbytes(100).hex(), "n": 12, "ok": True}


def figures() -> Iterator[Figure]:
    """Each figure of the engine room in turn."""
    yield state_against_the_engine()
    yield median_state()
    yield long_loop()
    yield parallel_blocks()
    yield condition()
    yield worst_expression()


def state_against_the_engine() -> Figure:
    """P3: load and save of a case half-way, beside the engine's own serializer on the same case."""
    read = blueprint({"m.bpmn": f"{HEAD}{model(PURCHASE)}</definitions>".encode()}, "m")
    case = Case(read, House(), v0=0, v1=0)
    alone = Alone(f"{HEAD}{model(PURCHASE, native=True)}</definitions>", v0=0, v1=0)
    for _ in range(6):
        step, given = case.open[0], answers()
        case.do(step, **given)
        alone.do(step, dict(given))
    serializer, raw = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure()), case.at.state
    text = serializer.serialize_json(alone.live)
    ours, theirs = [], []
    for _ in range(20):
        ours += timed(lambda: dump(load(read, raw, case.house)), 10)
        theirs += timed(lambda: serializer.serialize_json(serializer.deserialize_json(text)), 5)
    ratio = median(theirs) / median(ours)
    measured = f"{median(ours):.3f} ms / {median(theirs):.2f} ms: {ratio:.0f} times faster"
    return Figure(
        "P3", "load + save of a state / the engine's own serializer", measured, "at least 8 times", ratio >= 8
    )


def median_state() -> Figure:
    """P3: how large the state of a twelve-task case is, in the middle of its steps."""
    read = blueprint({"m.bpmn": f"{HEAD}{model(PURCHASE)}</definitions>".encode()}, "m")
    case, sizes = Case(read, House(), v0=0, v1=0), []
    while case.open:
        case.do(case.open[0], **answers())
        sizes.append(len(case.at.state))
    measured = f"median {sorted(sizes)[len(sizes) // 2]} bytes, largest {max(sizes)}"
    return Figure(
        "P3", "state of a 12-task case", measured, "median at most 3 kB", sorted(sizes)[len(sizes) // 2] <= 3000
    )


def long_loop() -> Figure:
    """P6: load, complete and save at turn 1000 of a loop beside turn 10; and it ends."""
    body = START + '<exclusiveGateway id="g" default="g_e"/>' + user("a") + END
    case = Case(drawn(body + chain("s", "a", "g") + flow("g", "a", "a.more = true") + flow("g", "e")), House())
    spans = [timed(lambda: case.do("a", more=True, note=answers()["note"]), 1)[0] for _ in range(1000)]
    early, late = median(spans[5:15]), median(spans[-10:])
    ended = case.do("a", more=False).ended
    measured = f"{late:.2f} ms / {early:.2f} ms = {late / early:.2f}; state {len(case.at.state)} bytes; ends: {ended}"
    return Figure(
        "P6", "turn 1000 of a loop / turn 10", measured, "at most 2, and it ends", ended and late <= 2 * early
    )


def parallel_blocks() -> Figure:
    """P7: the start of seven sequential three-way parallel blocks."""
    body, last = START + END, "s"
    for block in range(7):
        body += f'<parallelGateway id="f{block}"/><parallelGateway id="j{block}"/>' + flow(last, f"f{block}")
        for way in "xyz":
            body += user(f"{way}{block}") + chain(f"f{block}", f"{way}{block}", f"j{block}")
        last = f"j{block}"
    read = drawn(body + flow(last, "e"))
    spent = median(timed(lambda: Case(read, House()), 50))
    return Figure("P7", "start of 7 sequential 3-way parallel blocks", f"{spent:.2f} ms", "under 20 ms", spent < 20)


def condition() -> Figure:
    """P10: an ordinary condition, compiled and kept, on a case's data."""
    ready = [compile_expression(text) for text in CONDITIONS]
    spans = [
        one
        for each in ready
        for one in timed(lambda each=each: [each.evaluate(SCOPE, now=NOW) for _ in range(100)], 40)
    ]
    spent = median(spans) * 10
    return Figure("P10", "an ordinary condition", f"{spent:.1f} µs at the median", "at most 20 µs", spent <= 20)


def worst_expression() -> Figure:
    """P10: expressions made to cost as much as their budget lets them."""
    worst = max((_longest(lambda text=text: compile_expression(text).evaluate({}, now=NOW)), text) for text in HEAVY)
    measured = f"{worst[0]:.0f} ms (« {worst[1][:40]} »)"
    return Figure("P10", "the worst of the bounded expressions", measured, "under 100 ms", worst[0] < 100)


def _longest(act: Callable[[], object]) -> float:
    spans = []
    for _ in range(3):
        start = time.perf_counter()
        with suppress(FeelError):
            act()
        spans.append((time.perf_counter() - start) * 1000)
    return min(spans)
