"""What the linter lets through: every element that runs, without a word; and what it warns of."""

from __future__ import annotations

import pytest

from tests.workflows.engine.blocks import OURS, model
from tests.workflows.engine.drawn import HEAD
from tests.workflows.engine.lint.asked import END, ROLES, START, around, chain, flow, lane, problems, said, user
from tests.workflows.engine.lint.test_refusals import (
    CONDITION,
    MESSAGE,
    NAMES,
    SERVICE,
    SIGNAL,
    TIMER,
    catch,
    throw,
    watched,
)
from workflows.engine import check

ONE = ("row", ("task",))
FINE = {
    "a plain event": around(throw("")),
    "a message sent": around(throw(MESSAGE)),
    "a signal at the end": START + f'<endEvent id="e">{SIGNAL}</endEvent>' + chain("s", "e"),
    "a condition awaited": around(catch(CONDITION)),
    "a duration in quotation marks": around(catch(TIMER.format('"PT48H"'))),
    "a duration in weeks": around(catch(TIMER.format("P2W"))),
    "a duration worked out": around(catch(TIMER.format("ajouter_ho(now(), 7)"))),
    "a message start": f'<startEvent id="s">{MESSAGE}</startEvent>' + END + chain("s", "e"),
    "a message start and a plain one": START
    + f'<startEvent id="s2">{MESSAGE}</startEvent>'
    + END
    + chain("s", "e")
    + chain("s2", "e"),
    "a task that sends": around('<sendTask id="x" messageRef="m1"/>'),
    "a script": around('<scriptTask id="x" scriptFormat="feel"><script>={n: 1}</script></scriptTask>'),
    "an error caught over a service": watched('<errorEventDefinition errorRef="er"/>'),
    "a cycle": watched(
        "<timerEventDefinition><timeCycle>R3/PT24H</timeCycle></timerEventDefinition>", ' cancelActivity="false"'
    ),
    "a link": START
    + throw('<linkEventDefinition name="l"/>', "t")
    + catch('<linkEventDefinition name="l"/>')
    + END
    + chain("s", "t")
    + chain("x", "e"),
    "several arrows out of a service": around(SERVICE.format("x")) + '<endEvent id="z"/>' + flow("x", "z"),
    "a loop that a person ends": START
    + '<exclusiveGateway id="g" default="g_e"/>'
    + SERVICE.format("x")
    + catch(MESSAGE, "w")
    + END
    + chain("s", "x", "w", "g", "e")
    + flow("g", "x", "n = 1"),
}


@pytest.mark.parametrize("named", FINE)
def test_what_runs_as_drawn_passes_without_a_word(named: str) -> None:
    assert said(FINE[named], NAMES) == []


@pytest.mark.parametrize("kind", OURS)
def test_every_block_that_the_random_models_are_made_of_passes(kind: str) -> None:
    """But for who does the tasks, and for values that only the tests know."""
    drawn = f"{HEAD}{model((kind, 1, 1, ONE, ONE))}</definitions>".replace("<process ", '<process isExecutable="true" ')
    drawn = drawn.replace('isExecutable="true" id="m" isExecutable="true"', 'id="m" isExecutable="true"')
    found = check({"m.bpmn": drawn.encode()}, ROLES)
    assert {one.code for one in found} <= {"engine.no_lane", "engine.unknown_name"}


WARNED = {
    "a choice without a default": (
        START
        + '<exclusiveGateway id="x"/><endEvent id="z"/>'
        + END
        + flow("s", "x")
        + flow("x", "e", "1 = 1")
        + flow("x", "z", "1 = 2"),
        "~no_default",
    ),
    "nothing after": (around(SERVICE.format("x")) + SERVICE.format("y") + flow("x", "y"), "~dead_end"),
    "data": (
        around('<dataObjectReference id="dr" dataObjectRef="o"/><dataObject id="o"/>' + SERVICE.format("x")),
        "~data_left_out",
    ),
    "an error that nothing catches": (
        START + '<endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>' + chain("s", "e"),
        "~error_uncaught",
    ),
    "a join in vain": (
        START
        + '<exclusiveGateway id="g" default="g_x"/>'
        + SERVICE.format("x")
        + SERVICE.format("y")
        + '<parallelGateway id="j"/>'
        + END
        + chain("s", "g", "x", "j", "e")
        + flow("g", "y", "1 = 1")
        + flow("y", "j"),
        "~join_in_vain",
    ),
    "a loop that multiplies": (
        START
        + '<exclusiveGateway id="m1x"/><parallelGateway id="g"/>'
        + catch(MESSAGE, "x")
        + catch(MESSAGE, "y")
        + END
        + chain("s", "m1x", "g", "x", "m1x")
        + chain("g", "y", "m1x")
        + flow("g", "e"),
        "~multiplying_loop",
    ),
    "another maker's marks": (
        around(SERVICE.format("x").replace("/>", ' xmlns:c="http://camunda.org/schema/1.0/bpmn" c:class="x"/>')),
        "~other_maker",
    ),
    "a resource": (
        around(SERVICE.format("x").replace("/>", '><potentialOwner id="po"/></serviceTask>')),
        "~resource_left_out",
    ),
}


@pytest.mark.parametrize("named", WARNED)
def test_what_runs_otherwise_than_it_may_seem_is_warned_of(named: str) -> None:
    body, code = WARNED[named]
    assert [one for one, _ in said(body, NAMES)] == [code]


ABSTRACT = '<task id="{0}"/>'


def test_a_file_in_which_nothing_runs_is_refused_and_looked_at_all_the_same() -> None:
    drawn = f'{HEAD}<process id="m">{around(ABSTRACT.format("x"))}</process></definitions>'
    assert [one.code for one in check({"m.bpmn": drawn.encode()})] == [
        "engine.nothing_runs",
        "engine.task_without_kind",
    ]


def test_a_pool_that_is_only_drawn_is_told_and_left_alone() -> None:
    other = '<process id="o"><startEvent id="os"/>' + ABSTRACT.format("ox") + '<endEvent id="oe"/>'
    assert said(around(SERVICE.format("x")), f"{other}{chain('os', 'ox', 'oe')}</process>") == [("~drawing_only", "o")]


def test_the_line_is_that_of_the_element() -> None:
    body = f"{START}\n{ABSTRACT.format('x')}\n{END}{chain('s', 'x', 'e')}"
    text = f'{HEAD}\n<process id="m" isExecutable="true">\n{body}</process></definitions>'
    assert [(one.code, one.line) for one in check({"m.bpmn": text.encode()})] == [("engine.task_without_kind", 4)]


def test_a_task_in_a_sub_process_is_of_the_lane_of_the_sub_process() -> None:
    inner = '<startEvent id="ps"/>' + user("pi") + '<endEvent id="pe"/>' + chain("ps", "pi", "pe")
    assert said(around(f'<subProcess id="x">{inner}</subProcess>'), lanes=lane("x")) == []


def test_each_problem_is_said_in_both_languages() -> None:
    for one in problems(around('<task id="x" name="Faire"/>')):
        assert one.message["fr"] != one.message["en"]
        assert "Faire" in one.message["fr"]
        assert "…" not in one.message["fr"] + one.message["en"]
