"""One file under examination: its elements by id, its levels, and how a problem of it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from workflows.engine.lint.words import LONGEST, words
from workflows.engine.reading import BPMN, kind_of, part, parts, plain
from workflows.engine.values import Problem

NEVER_RUN = frozenset({"transaction", "adHocSubProcess"})
ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
    }
)
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "implicitThrowEvent",
        "event",
    }
)
CHOREOGRAPHED = frozenset({"callChoreography", "choreographyTask", "subChoreography"})
NODES = ACTIVITIES | GATEWAYS | EVENTS | CHOREOGRAPHED


@dataclass
class Level:
    """A process or a sub-process: the elements drawn directly in it, and the arrows between them."""

    holder: Any
    nodes: dict[str, Any] = field(default_factory=dict)
    flows: list[Any] = field(default_factory=list)
    out: dict[str, list[Any]] = field(default_factory=dict)
    into: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def top(self) -> bool:
        """Whether it is a process of its own."""
        return kind_of(self.holder) == "process"

    def after(self, name: str) -> Iterator[str]:
        """The elements that a token at one may go to: by arrows, by events that watch over it, by links."""
        for flow in self.out.get(name, ()):
            yield plain(flow.get("targetRef"))
        yield from self.guards.get(name, ())
        yield from self.links.get(name, ())

    @cached_property
    def guards(self) -> Mapping[str, list[str]]:
        """The boundary events of each element."""
        found: dict[str, list[str]] = {}
        for name, node in self.nodes.items():
            if kind_of(node) == "boundaryEvent":
                found.setdefault(plain(node.get("attachedToRef")), []).append(name)
        return found

    @cached_property
    def links(self) -> Mapping[str, list[str]]:
        """Where each link that is thrown leads."""
        ends: dict[str, list[str]] = {}
        throws: dict[str, str] = {}
        for name, node in self.nodes.items():
            link = part(node, "linkEventDefinition")
            if link is not None and kind_of(node) == "intermediateCatchEvent":
                ends.setdefault(link.get("name", ""), []).append(name)
            elif link is not None and kind_of(node) == "intermediateThrowEvent":
                throws[name] = link.get("name", "")
        return {name: ends.get(link, []) for name, link in throws.items()}


@dataclass
class Sheet:
    """One file: its root, and what was found in it so far."""

    file: str
    root: Any
    found: list[Problem] = field(default_factory=list)

    def tell(self, code: str, node: Any, severity: Literal["error", "warning"] = "error", **params: object) -> None:
        """Note a problem at an element; one without an id is told by the nearest that has one."""
        named = next((one.get("id") for one in (node, *node.iterancestors()) if one.get("id")), None)
        given = {"element": named or "", "name": node.get("name") or named or "", "kind": kind_of(node), **params}
        line = node.sourceline if isinstance(node.sourceline, int) else 1
        self.found.append(Problem(code, severity, named and named[:LONGEST], line, words(code, given), self.file))

    def warn(self, code: str, node: Any, **params: object) -> None:
        """Note something that runs, but not as it may seem."""
        self.tell(code, node, "warning", **params)

    @cached_property
    def processes(self) -> list[Any]:
        """The processes of the file, in order."""
        return list(parts(self.root, "process"))

    @cached_property
    def ids(self) -> Mapping[str, Any]:
        """The elements by id; of two with the same, the first."""
        found: dict[str, Any] = {}
        for node in self.root.iter(f"{BPMN}*"):
            if node.get("id"):
                found.setdefault(node.get("id"), node)
        return found

    def is_a(self, reference: str | None, kind: str) -> bool:
        """Whether a reference names an element of a kind in this file."""
        node = self.ids.get(plain(reference))
        return node is not None and kind_of(node) == kind

    def levels(self, process: Any) -> Iterator[Level]:
        """A process and each sub-process in it."""
        for holder in (process, *process.iter(f"{BPMN}subProcess")):
            if not any(apart(one) for one in (holder, *holder.iterancestors())):
                yield level_of(holder)


def apart(node: Any) -> bool:
    """Whether the ways through an element are not looked at: it never runs, or no arrow leads to it."""
    marked = "true" in (node.get("triggeredByEvent"), node.get("isForCompensation"))
    return marked or kind_of(node) in NEVER_RUN


def level_of(holder: Any) -> Level:
    """What is drawn directly in a process or a sub-process."""
    level = Level(holder)
    for child in holder:
        kind, name = kind_of(child), child.get("id")
        if kind in NODES and name and (kind in NEVER_RUN or not apart(child)):
            level.nodes.setdefault(name, child)
        elif kind == "sequenceFlow":
            level.flows.append(child)
    for flow in level.flows:
        source, target = plain(flow.get("sourceRef")), plain(flow.get("targetRef"))
        if source in level.nodes and target in level.nodes:
            level.out.setdefault(source, []).append(flow)
            level.into.setdefault(target, []).append(flow)
    return level
