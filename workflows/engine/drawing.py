"""From a drawn process to the engine's specification: one element of the drawing, one element that runs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from workflows.engine.calls import CallActivity
from workflows.engine.details import DETAILS, no_details, repeat
from workflows.engine.elements import DecisionTask, ManualTask, ScriptTask, ServiceTask, UserTask
from workflows.engine.errors import EngineError
from workflows.engine.events import EndEvent, StartEvent, ThrowEvent
from workflows.engine.gateways import ExclusiveGateway, InclusiveGateway, ParallelGateway
from workflows.engine.reading import attributes_of, kind_of, part, parts, plain, text_of
from workflows.engine.values import StepInfo
from workflows.engine.waiting import BoundaryEvent, CatchEvent, EventGateway

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
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "category",
        "dataInputAssociation",
        "dataOutputAssociation",
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
    """The processes found in some files, by id, and the messages, signals, errors and escalations they name."""

    def __init__(self, roots: Mapping[str, Any]) -> None:
        self.processes: dict[str, Any] = {}
        self.messages: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.links: list[tuple[Any, str, int]] = []
        self.specs: dict[str, BpmnProcessSpec] = {}
        self._calling: list[str] = []
        self.steps: list[StepInfo] = []
        for root in roots.values():
            for process in parts(root, "process"):
                self.processes[process.get("id", "")] = process
            for message in parts(root, "message", "signal", "error", "escalation"):
                name = message.get("id", "")
                self.messages[name] = message.get("name") or name
                self.codes[name] = message.get("errorCode") or message.get("escalationCode") or self.messages[name]

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
        self._link(spec, node)
        starts = [spec.task_specs[child.get("id")] for child in parts(node, "startEvent")]
        if not starts:
            raise EngineError("engine.no_start", process_id)
        for start in starts:
            spec.start.connect(start)

    def _link(self, spec: BpmnProcessSpec, node: Any) -> None:
        """Join each link that is thrown to where the link of that name leads, in the same process."""
        leads = {
            link.get("name", ""): spec.task_specs[catch.get("id")]
            for catch in parts(node, "intermediateCatchEvent")
            if (link := part(catch, "linkEventDefinition")) is not None
        }
        for element, name, line in [one for one in self.links if one[0]._wf_spec is spec]:
            if name not in leads:
                raise EngineError("engine.loose_link", element.bpmn_id, link=name, line=line)
            element.connect(leads[name])

    def _element(self, spec: BpmnProcessSpec, node: Any, lanes: Mapping[str, str]) -> None:
        kind, name = kind_of(node), node.get("id")
        made = CLASSES.get(kind)
        if made is None or not name:
            raise EngineError("engine.unsupported", name, kind=kind, line=node.sourceline)
        own = attributes_of(node)
        self._tell(spec.name, node, lanes.get(name), own)
        more = {"script": text_of(part(node, "script"))} if made is ScriptTask else {}
        repeated = part(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
        element = made(spec, f"{name}#item" if repeated is not None else name, **more)
        element.bpmn_id, element.bpmn_name, element.lane = name, node.get("name") or "", lanes.get(name)
        element.kind, element.attributes = kind, MappingProxyType(own)
        element.hidden = _hidden(name, own)
        DETAILS.get(kind, no_details)(self, element, node)
        if repeated is not None:
            repeat(spec, name, element, repeated)

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
    """The lane of each element; of lanes inside each other, the innermost."""
    found: dict[str, tuple[int, str]] = {}
    for lane in node.iter("{*}lane"):
        depth = sum(1 for _ in lane.iterancestors())
        for reference in parts(lane, "flowNodeRef"):
            name = text_of(reference)
            if depth > found.get(name, (0, ""))[0]:
                found[name] = depth, (lane.get("name") or "").strip()
    return {name: lane for name, (_, lane) in found.items()}
