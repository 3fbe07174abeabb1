"""What the linter refuses, one drawing each: the code, the element, and nothing else said."""

from __future__ import annotations

import pytest

from tests.workflows.engine.lint.asked import END, START, around, chain, flow, lane, said, user

NAMES = '<message id="m1" name="x.ask"/><signal id="g1" name="x.sig"/><error id="er" name="x.bad" errorCode="BAD"/>'
NAMES += '<escalation id="es" name="x.esc"/>'
MESSAGE, SIGNAL = '<messageEventDefinition messageRef="m1"/>', '<signalEventDefinition signalRef="g1"/>'
ERROR, ESCALATION = '<errorEventDefinition errorRef="er"/>', '<escalationEventDefinition escalationRef="es"/>'
TIMER = "<timerEventDefinition><timeDuration>{0}</timeDuration></timerEventDefinition>"
CONDITION = "<conditionalEventDefinition><condition>1 = 1</condition></conditionalEventDefinition>"
SERVICE = '<serviceTask id="{0}" p:operation="op" p:outputs="n"/>'


def catch(definition: str, name: str = "x") -> str:
    return f'<intermediateCatchEvent id="{name}">{definition}</intermediateCatchEvent>'


def throw(definition: str, name: str = "x") -> str:
    return f'<intermediateThrowEvent id="{name}">{definition}</intermediateThrowEvent>'


def watched(definition: str, more: str = "", host: str = SERVICE.format("x")) -> str:
    guard = f'<boundaryEvent id="b" attachedToRef="x"{more}>{definition}</boundaryEvent>'
    return around(host) + guard + chain("b", "e")


INNER = '<startEvent id="ps"/>{0}<endEvent id="pe"/>' + chain("ps", "pi", "pe")
SUB = '<subProcess id="x">' + INNER.format('<intermediateThrowEvent id="pi"/>') + "</subProcess>"
BODIES = {
    "a task without a kind": (around('<task id="x"/>'), "task_without_kind", "x"),
    "a transaction": (around(SUB.replace("subProcess", "transaction")), "unsupported", "x"),
    "an ad hoc": (around('<adHocSubProcess id="x"/>'), "unsupported", "x"),
    "a complex gateway": (around('<complexGateway id="x"/>'), "unsupported", "x"),
    "an event sub-process": (
        around(SERVICE.format("x")) + SUB.replace('id="x"', 'id="y" triggeredByEvent="true"'),
        "event_subprocess",
        "y",
    ),
    "something that undoes": (
        around(SERVICE.format("x")) + SERVICE.format("y").replace("/>", ' isForCompensation="true"/>'),
        "compensation",
        "y",
    ),
    "a compensation thrown": (around(throw("<compensateEventDefinition/>")), "event_kind", "x"),
    "a compensation at the end": (
        START + '<endEvent id="x"><compensateEventDefinition/></endEvent>' + chain("s", "x"),
        "event_kind",
        "x",
    ),
    "a cancellation": (
        START + '<endEvent id="x"><cancelEventDefinition/></endEvent>' + chain("s", "x"),
        "event_kind",
        "x",
    ),
    "a link at the end": (
        START + '<endEvent id="x"><linkEventDefinition name="l"/></endEvent>' + chain("s", "x"),
        "event_kind",
        "x",
    ),
    "an error on the way": (around(throw(ERROR)), "event_kind", "x"),
    "an error awaited on the way": (around(catch(ERROR)), "event_kind", "x"),
    "a start at a moment": (
        f'<startEvent id="s">{TIMER.format("PT1H")}</startEvent>' + END + chain("s", "e"),
        "event_kind",
        "s",
    ),
    "a start by an error": (f'<startEvent id="s">{ERROR}</startEvent>' + END + chain("s", "e"), "event_kind", "s"),
    "a start by a condition": (
        f'<startEvent id="s">{CONDITION}</startEvent>' + END + chain("s", "e"),
        "event_kind",
        "s",
    ),
    "two triggers": (around(catch(MESSAGE + SIGNAL)), "several_triggers", "x"),
    "a trigger elsewhere": (
        around(catch("<eventDefinitionRef>m1</eventDefinitionRef>")),
        "definition_elsewhere",
        "x",
    ),
    "an event that awaits nothing": (around(catch("")), "nothing_awaited", "x"),
    "a condition that is empty": (
        around(catch("<conditionalEventDefinition><condition/></conditionalEventDefinition>")),
        "nothing_awaited",
        "x",
    ),
    "no start": ('<endEvent id="e"/>', "no_start", "m"),
    "two starts": (START + '<startEvent id="s2"/>' + END + chain("s", "e") + chain("s2", "e"), "several_starts", "s2"),
    "an arrow to nowhere": (around(SERVICE.format("x")) + flow("x", "nobody"), "loose_flow", "x_nobody"),
    "an arrow into the start": (
        around('<exclusiveGateway id="x" default="x_e"/>') + flow("x", "s", "1 = 1"),
        "arrow_into",
        "x_s",
    ),
    "an arrow out of the end": (around(SERVICE.format("x")) + flow("e", "x"), {"arrow_out_of", "endless_loop"}, None),
    "nothing before": (around(SERVICE.format("x")) + SERVICE.format("y") + flow("y", "e"), "unreachable", "y"),
    "a loop without an end": (
        START
        + '<exclusiveGateway id="g" default="g_e"/>'
        + SERVICE.format("x")
        + SERVICE.format("y")
        + END
        + flow("s", "g")
        + flow("g", "x", "1 = 2")
        + flow("g", "e")
        + chain("x", "y", "x"),
        {"no_way_out", "endless_loop"},
        "x",
    ),
    "a way without a condition": (
        START
        + '<exclusiveGateway id="x" default="x_e"/><endEvent id="z"/>'
        + END
        + chain("s", "x", "e")
        + flow("x", "z"),
        "no_condition",
        "x_z",
    ),
    "a default with a condition": (
        START
        + '<exclusiveGateway id="x" default="x_e"/><endEvent id="z"/>'
        + END
        + flow("s", "x")
        + flow("x", "e", "1 = 1")
        + flow("x", "z", "1 = 2"),
        "condition_on_default",
        "x_e",
    ),
    "a default that is not its own": (
        around('<exclusiveGateway id="x" default="s_x"/>'),
        "foreign_default",
        "x",
    ),
    "a condition out of a task": (
        START + SERVICE.format("x") + END + flow("s", "x") + flow("x", "e", "1 = 1"),
        "condition_ignored",
        "x_e",
    ),
    "a condition out of a parallel gateway": (
        START + '<parallelGateway id="x"/>' + END + flow("s", "x") + flow("x", "e", "1 = 1"),
        "condition_ignored",
        "x_e",
    ),
    "a race of a task": (
        START
        + '<eventBasedGateway id="g"/>'
        + SERVICE.format("x")
        + catch(MESSAGE, "y")
        + END
        + chain("s", "g", "x", "e")
        + chain("g", "y", "e"),
        "race_arm",
        "g_x",
    ),
    "a race alone": (
        START + '<eventBasedGateway id="g"/>' + catch(MESSAGE) + END + chain("s", "g", "x", "e"),
        "race_alone",
        "g",
    ),
    "an event attached to a gateway": (
        around('<exclusiveGateway id="x"/>')
        + f'<boundaryEvent id="b" attachedToRef="x">{MESSAGE}</boundaryEvent>'
        + flow("b", "e"),
        "unattached",
        "b",
    ),
    "an event attached to nothing": (
        around(SERVICE.format("x"))
        + f'<boundaryEvent id="b" attachedToRef="nobody">{MESSAGE}</boundaryEvent>'
        + flow("b", "e"),
        {"unattached", "unreachable"},
        "b",
    ),
    "an error that never comes": (
        watched(ERROR, host='<scriptTask id="x"><script>{n: 1}</script></scriptTask>'),
        "error_never_comes",
        "b",
    ),
    "an escalation that never comes": (watched(ESCALATION), "escalation_never_comes", "b"),
    "an error that does not interrupt": (watched(ERROR, ' cancelActivity="false"'), "error_interrupts", "b"),
    "the same caught twice": (
        watched(ERROR) + f'<boundaryEvent id="b2" attachedToRef="x">{ERROR}</boundaryEvent>' + flow("b2", "e"),
        "caught_twice",
        "b2",
    ),
    "a cycle on the way": (
        around(catch("<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>")),
        "cycle_here",
        "x",
    ),
    "a moment without a text": (around(catch("<timerEventDefinition/>")), "timer_empty", "x"),
    "a months' duration": (around(catch(TIMER.format("P1M"))), "not_timeDuration", "x"),
    "a duration of less than nothing": (around(catch(TIMER.format("-PT1H"))), "not_timeDuration", "x"),
    "weeks and hours": (around(catch(TIMER.format("P1WT1H"))), "not_timeDuration", "x"),
    "an empty text for a duration": (around(catch(TIMER.format('""'))), "not_timeDuration", "x"),
    "an empty duration": (around(catch(TIMER.format("P"))), "not_timeDuration", "x"),
    "a date without a zone": (
        around(catch("<timerEventDefinition><timeDate>2026-12-07T08:30:00</timeDate></timerEventDefinition>")),
        "not_timeDate",
        "x",
    ),
    "a cycle of no time": (
        watched(
            "<timerEventDefinition><timeCycle>R/PT0S</timeCycle></timerEventDefinition>", ' cancelActivity="false"'
        ),
        "not_timeCycle",
        "b",
    ),
    "a link to nowhere": (
        START + throw('<linkEventDefinition name="l"/>') + END + chain("s", "x"),
        {"loose_link", "unreachable", "no_way_out"},
        None,
    ),
    "a message of no name": (around(catch("<messageEventDefinition/>")), "no_message", "x"),
    "a task that receives nothing": (around('<receiveTask id="x"/>'), "no_message", "x"),
    "a message that is not there": (
        around(catch('<messageEventDefinition messageRef="nobody"/>')),
        "unknown_reference",
        "x",
    ),
    "an error where a message should be": (
        around(catch('<messageEventDefinition messageRef="er"/>')),
        "unknown_reference",
        "x",
    ),
    "a service without an operation": (around('<serviceTask id="x"/>'), "no_operation", "x"),
    "a rule without a table": (around('<businessRuleTask id="x"/>'), "no_decision", "x"),
    "a script in another language": (
        around('<scriptTask id="x" scriptFormat="python"><script>n = 1</script></scriptTask>'),
        "script_language",
        "x",
    ),
    "a script without a text": (around('<scriptTask id="x"/>'), "no_script", "x"),
    "a call of nothing": (around('<callActivity id="x"/>'), "calls_nothing", "x"),
    "a call of nobody": (around('<callActivity id="x" calledElement="nobody"/>'), "unknown_process", "x"),
    "a call of itself": (around('<callActivity id="x" calledElement="m"/>'), "calls_itself", "x"),
    "how often is not said": (
        around(SERVICE.format("x").replace("/>", "><multiInstanceLoopCharacteristics/></serviceTask>")),
        "how_often",
        "x",
    ),
    "an id twice": (around(SERVICE.format("x")) + SERVICE.format("x"), "duplicate_id", "x"),
    "an id that is taken": (around(SERVICE.format("End"), "End"), "taken_id", "End"),
    "an id with a quote": (around(SERVICE.format("x&quot;y"), "x&quot;y"), {"bad_id"}, 'x"y'),
    "the same way twice into a join": (
        START
        + '<parallelGateway id="f"/><parallelGateway id="x"/>'
        + END
        + chain("s", "f", "x", "e")
        + '<sequenceFlow id="again" sourceRef="f" targetRef="x"/>',
        "double_arrow",
        "again",
    ),
}


@pytest.mark.parametrize("named", BODIES)
def test_what_cannot_run_as_drawn_is_refused_where_it_stands(named: str) -> None:
    body, code, element = BODIES[named]
    found = said(body, NAMES)
    assert {one for one, _ in found} == (code if isinstance(code, set) else {code})
    assert element is None or found[0][1] == element


TASK = around(user("a"), "a")


@pytest.mark.parametrize(
    ("lanes", "code"),
    [
        ("", "no_lane"),
        (lane("a", role="RCEL"), "lane_unknown"),
        (lane("a", role=""), "lane_nameless"),
        (lane("a", role="SYS"), "lane_of_the_house"),
        (lane("a", "nobody"), "lane_reference"),
        (
            lane("a").replace("</laneSet>", '<lane id="l2" name="RCELL"><flowNodeRef>a</flowNodeRef></lane></laneSet>'),
            "two_lanes",
        ),
    ],
)
def test_a_task_is_somebody_s(lanes: str, code: str) -> None:
    assert [one for one, _ in said(TASK, lanes=lanes)] == [code]


def test_a_lane_inside_another_is_the_one_that_counts() -> None:
    inner = '<childLaneSet id="c"><lane id="l2" name="RCELL"><flowNodeRef> a </flowNodeRef></lane></childLaneSet>'
    assert said(TASK, lanes=lane("a", role="Unité").replace("</lane>", f"{inner}</lane>")) == []
