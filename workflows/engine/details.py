"""What a drawn element says beyond its name: what it throws or awaits, what it calls, how often it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.engine.errors import EngineError
from workflows.engine.reading import kind_of, part, plain, text_of
from workflows.engine.repeats import Looped, Repeated

TIMERS = ("timeDate", "timeDuration", "timeCycle")
ESCAPES = {"errorEventDefinition": "error", "escalationEventDefinition": "escalation"}


def repeat(spec: Any, name: str, inner: Any, node: Any) -> None:
    """Wrap an element that is done several times: the outer one takes its place in the drawing."""
    if kind_of(node) == "standardLoopCharacteristics":
        loop = Looped(spec, name)
        loop.tests_before, most = node.get("testBefore") == "true", node.get("loopMaximum") or ""
        loop.most = int(most) if most.isdecimal() else None
        loop.condition = text_of(part(node, "loopCondition")) or None
        outer: Repeated = loop
    else:
        outer = Repeated(spec, name)
        outer.sequential = node.get("isSequential") == "true"
        outer.cardinality = text_of(part(node, "loopCardinality")) or None
        outer.collection = text_of(part(node, "loopDataInputRef")) or None
        outer.each = _item(node, "inputDataItem")
        given, into = _item(node, "outputDataItem"), text_of(part(node, "loopDataOutputRef"))
        outer.output = (into, given) if into and given else None
        outer.condition = text_of(part(node, "completionCondition")) or None
    outer.inner = inner.name
    inner._inputs.append(name)


def _item(node: Any, kind: str) -> str | None:
    found = part(node, kind)
    return None if found is None else found.get("name") or found.get("id")


def no_details(drawing: Any, element: Any, node: Any) -> None:
    """Most elements have nothing more to say."""


def _gateway(drawing: Any, element: Any, node: Any) -> None:
    element.default = node.get("default")


def _starting(drawing: Any, element: Any, node: Any) -> None:
    element.message = _named(drawing, node, "message")


def _throwing(drawing: Any, element: Any, node: Any) -> None:
    element.throws, element.signals = _named(drawing, node, "message"), _named(drawing, node, "signal")
    escape = part(node, *ESCAPES)
    if escape is not None:
        kind = ESCAPES[kind_of(escape)]
        reference = plain(escape.get(f"{kind}Ref"))
        element.escapes = drawing.messages.get(reference, kind)
        element.escape = (kind, drawing.codes.get(reference, ""))
    link = part(node, "linkEventDefinition")
    if link is not None:
        drawing.links.append((element, link.get("name", ""), node.sourceline))
    if hasattr(element, "terminates"):
        element.terminates = part(node, "terminateEventDefinition") is not None


def _catching(drawing: Any, element: Any, node: Any) -> None:
    element.message, element.signal = _named(drawing, node, "message"), _named(drawing, node, "signal")
    timer, when = part(node, "timerEventDefinition"), part(node, "conditionalEventDefinition")
    written = part(timer, *TIMERS) if timer is not None else None
    if written is not None:
        element.timer = (kind_of(written), text_of(written))
    if when is not None:
        element.condition = text_of(part(when, "condition")) or None
    caught = part(node, *ESCAPES)
    if caught is not None:
        kind = ESCAPES[kind_of(caught)]
        reference = plain(caught.get(f"{kind}Ref"))
        element.catches = (kind, drawing.codes.get(reference, "") if reference else None)
    awaits = element.named or element.timer or element.condition or element.catches
    if not awaits and part(node, "linkEventDefinition") is None:
        raise EngineError("engine.nothing_awaited", node.get("id"), line=node.sourceline)


def _named(drawing: Any, node: Any, kind: str) -> str | None:
    """The message or signal that an event names, by its definition or on the element itself."""
    definition = part(node, f"{kind}EventDefinition")
    reference = plain((node if definition is None else definition).get(f"{kind}Ref"))
    found: str | None = drawing.messages.get(reference) if reference else None
    return found


def _calling(drawing: Any, element: Any, node: Any) -> None:
    called = plain(node.get("calledElement"))
    if kind_of(node) == "subProcess":
        called = node.get("id")
        drawing.processes[called] = node
    element.called = called
    inner = drawing.spec(called).task_specs
    element.hidden = element.hidden or any(spec.bpmn_id == element.bpmn_id for spec in inner.values())


DETAILS: Mapping[str, Callable[[Any, Any, Any], None]] = {
    "startEvent": _starting,
    "exclusiveGateway": _gateway,
    "inclusiveGateway": _gateway,
    "endEvent": _throwing,
    "intermediateThrowEvent": _throwing,
    "sendTask": _throwing,
    "intermediateCatchEvent": _catching,
    "receiveTask": _catching,
    "boundaryEvent": _catching,
    "callActivity": _calling,
    "subProcess": _calling,
}
