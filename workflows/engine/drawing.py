"""From a drawn process to the engine's specification: one element of the drawing, one element that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from workflows.engine.calls import CallActivity, Repeated
from workflows.engine.elements import DecisionTask, ManualTask, ScriptTask, ServiceTask, UserTask
from workflows.engine.errors import EngineError
from workflows.engine.events import BoundaryEvent, CatchEvent, EndEvent, EventGateway, StartEvent, ThrowEvent
from workflows.engine.gateways import ExclusiveGateway, InclusiveGateway, ParallelGateway
from workflows.engine.reading import attributes_of, kind_of, part, parts, plain, text_of
from workflows.engine.values import StepInfo

TIMERS = ("timeDate", "timeDuration")
CLASSES: Mapping[str, type] = {
    "startEvent": StartEvent,
    "endEvent": EndEvent,
    "userTask": UserTask,
    "manualTask": ManualTask,
    "serviceTask": ServiceTask,
    "businessRuleTask": DecisionTask,
    "exclusiveGateway": ExclusiveGateway,
    "parallelGateway": ParallelGateway,
    "inclusiveGateway": InclusiveGateway,
    "eventBasedGateway": EventGateway,
    "intermediateCatchEvent": CatchEvent,
    "receiveTask": CatchEvent,
    "intermediateThrowEvent": ThrowEvent,
    "sendTask": ThrowEvent,
    "boundaryEvent": BoundaryEvent,
    "callActivity": CallActivity,
    "subProcess": CallActivity,
    "scriptTask": ScriptTask,
}
NOT_ELEMENTS = frozenset(
    {
        "association",
        "category",
        "documentation",
        "extensionElements",
        "group",
        "incoming",
        "ioSpecification",
        "laneSet",
        "multiInstanceLoopCharacteristics",
        "outgoing",
        "property",
        "sequenceFlow",
        "standardLoopCharacteristics",
        "textAnnotation",
    }
)


class Drawing:
    """The processes found in some files, by id, and the messages they name."""

    def __init__(self, roots: Mapping[str, Any]) -> None:
        self.processes: dict[str, Any] = {}
        self.messages: dict[str, str] = {}
        self.specs: dict[str, BpmnProcessSpec] = {}
        self._calling: list[str] = []
        self.steps: list[StepInfo] = []
        for root in roots.values():
            for process in parts(root, "process"):
                self.processes[process.get("id", "")] = process
            for message in parts(root, "message", "signal", "error", "escalation"):
                self.messages[message.get("id", "")] = message.get("name") or message.get("id", "")

    def spec(self, process_id: str) -> BpmnProcessSpec:
        """The specification of a process, and of every process it calls."""
        if process_id in self._calling:
            raise EngineError("engine.calls_itself", process_id, process=process_id)
        if process_id not in self.specs:
            node = self.processes.get(process_id)
            if node is None:
                raise EngineError("engine.unknown_process", None, process=process_id)
            self._calling.append(process_id)
            self._draw(process_id, node)
            self._calling.pop()
        return self.specs[process_id]

    def _draw(self, process_id: str, node: Any) -> None:
        spec = self.specs[process_id] = BpmnProcessSpec(process_id)
        lanes = _lanes(node)
        elements = [child for child in node if kind_of(child) and kind_of(child) not in NOT_ELEMENTS]
        for child in elements:
            self._element(spec, child, lanes)
        for child in elements:
            if kind_of(child) == "boundaryEvent":
                self._guard(spec, child)
        for flow in parts(node, "sequenceFlow"):
            self._flow(spec, flow)
        starts = [spec.task_specs[child.get("id")] for child in parts(node, "startEvent")]
        if not starts:
            raise EngineError("engine.no_start", process_id)
        spec.start.connect(starts[0])

    def _element(self, spec: BpmnProcessSpec, node: Any, lanes: Mapping[str, str]) -> None:
        kind, name = kind_of(node), node.get("id")
        made = CLASSES.get(kind)
        if made is None or not name:
            raise EngineError("engine.unsupported", name, kind=kind, line=node.sourceline)
        own = attributes_of(node)
        self._tell(spec.name, node, lanes.get(name), own)
        more = {"script": text_of(part(node, "script"))} if made is ScriptTask else {}
        repeated = part(node, "multiInstanceLoopCharacteristics")
        element = made(spec, f"{name}#item" if repeated is not None else name, **more)
        element.bpmn_id, element.bpmn_name, element.lane = name, node.get("name") or "", lanes.get(name)
        element.kind, element.attributes = kind, MappingProxyType(own)
        element.hidden = _hidden(name, own)
        DETAILS.get(kind, _no_details)(self, element, node)
        if repeated is not None:
            _repeat(spec, name, element, repeated)

    def _tell(self, process: str, node: Any, lane: str | None, own: Mapping[str, str]) -> None:
        name = node.get("id")
        words = (node.get("name") or "", own.get("nameEn"))
        info = StepInfo(name, kind_of(node), *words, lane, own.get("form"), _hidden(name, own), process, own)
        self.steps.append(info)

    def _guard(self, spec: BpmnProcessSpec, node: Any) -> None:
        host = spec.task_specs.get(plain(node.get("attachedToRef")))
        if host is None:
            raise EngineError("engine.unattached", node.get("id"), line=node.sourceline)
        guard = spec.task_specs[node.get("id")]
        guard.host, guard.interrupts = host.name, node.get("cancelActivity", "true") != "false"
        guard._inputs.append(host.name)
        host.guards = (*host.guards, guard.name)

    def _flow(self, spec: BpmnProcessSpec, flow: Any) -> None:
        source, target = (spec.task_specs.get(plain(flow.get(end))) for end in ("sourceRef", "targetRef"))
        if source is None or target is None:
            raise EngineError("engine.loose_flow", flow.get("id"), line=flow.sourceline)
        source.connect(target)
        condition = text_of(part(flow, "conditionExpression")) or None
        if hasattr(source, "ways"):
            source.ways.append((condition, target.name))
            if source.default == flow.get("id"):
                source.default = target.name


def _hidden(name: str, own: Mapping[str, str]) -> bool:
    return own.get("hidden") == "true" or (name[-1:].islower() and name[-2:-1].isdigit())


def _lanes(node: Any) -> dict[str, str]:
    """The lane of each element; the innermost, since it comes last."""
    found: dict[str, str] = {}
    for lane_set in node.iter("{*}laneSet"):
        for lane in parts(lane_set, "lane"):
            for reference in parts(lane, "flowNodeRef"):
                found[text_of(reference)] = lane.get("name") or ""
    return found


def _repeat(spec: BpmnProcessSpec, name: str, inner: Any, node: Any) -> None:
    """Wrap an element that is done several times: the outer one takes its place in the drawing."""
    outer = Repeated(spec, name)
    outer.inner, outer.sequential = inner.name, node.get("isSequential") == "true"
    outer.cardinality = text_of(part(node, "loopCardinality")) or "1"
    outer.condition = text_of(part(node, "completionCondition")) or None
    inner._inputs.append(name)


def _no_details(drawing: Drawing, element: Any, node: Any) -> None:
    """Most elements have nothing more to say."""


def _gateway(drawing: Drawing, element: Any, node: Any) -> None:
    element.default = node.get("default")


def _throwing(drawing: Drawing, element: Any, node: Any) -> None:
    message = part(node, "messageEventDefinition", "signalEventDefinition")
    reference = message if message is not None else node
    named = plain(reference.get("messageRef") or reference.get("signalRef"))
    element.throws = drawing.messages.get(named) if named else None
    escape = part(node, "errorEventDefinition", "escalationEventDefinition")
    if escape is not None:
        element.escapes = drawing.messages.get(plain(escape.get("errorRef") or escape.get("escalationRef")), "error")
    if hasattr(element, "terminates"):
        element.terminates = part(node, "terminateEventDefinition") is not None


def _catching(drawing: Drawing, element: Any, node: Any) -> None:
    message = part(node, "messageEventDefinition")
    named = plain((message if message is not None else node).get("messageRef"))
    element.message = drawing.messages.get(named) if named else None
    timer = part(node, "timerEventDefinition")
    written = part(timer, *TIMERS) if timer is not None else None
    if written is not None:
        element.timer = (kind_of(written), text_of(written))
    if element.message is None and element.timer is None:
        raise EngineError("engine.nothing_awaited", node.get("id"), line=node.sourceline)


def _calling(drawing: Drawing, element: Any, node: Any) -> None:
    called = plain(node.get("calledElement"))
    if kind_of(node) == "subProcess":
        called = node.get("id")
        drawing.processes[called] = node
    element.called = called
    inner = drawing.spec(called).task_specs
    element.hidden = element.hidden or any(spec.bpmn_id == element.bpmn_id for spec in inner.values())


DETAILS: Mapping[str, Callable[[Drawing, Any, Any], None]] = {
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
