"""What a decision file says as a whole: its decisions, what they are given, the functions and services it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.decisions.models import BoxedFunction, ItemType, Logic


@dataclass(frozen=True, slots=True)
class InputData:
    """Something that a decision is given."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function that decisions may call."""

    id: str
    name: str
    logic: BoxedFunction
    requires: tuple[str, ...]
    type: str = "Any"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its logic, and the ids of what it requires."""

    id: str
    name: str
    variable: str
    type: str
    logic: Logic
    requires: tuple[str, ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class DecisionFunction:
    """Decisions offered together as a function: what it is given, which decisions it answers with."""

    id: str
    name: str
    inputs: tuple[str, ...]
    given: tuple[str, ...]
    outputs: tuple[str, ...]
    type: str = "Any"


@dataclass(frozen=True, slots=True)
class Definitions:
    """A whole decision file."""

    name: str
    decisions: Mapping[str, Decision]
    inputs: Mapping[str, InputData]
    knowledge: Mapping[str, Knowledge]
    types: Mapping[str, ItemType]
    names: frozenset[str] = field(default=frozenset())
    services: Mapping[str, DecisionFunction] = field(default_factory=dict)

    def service(self, key: str) -> DecisionFunction | None:
        """The decision service of that id, or of that name."""
        by_name = (service for service in self.services.values() if service.name == key)
        return self.services.get(key) or next(by_name, None)

    def find(self, key: str) -> Decision | None:
        """The decision of that id, or of that name."""
        by_name = (decision for decision in self.decisions.values() if decision.name == key)
        return self.decisions.get(key) or next(by_name, None)


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What was decided, by which rules: one value, a value an output name, or a list of either.

    ``outputs`` always goes by output name. ``rules`` holds the annotation of each matched rule, or its id.
    """

    value: object
    rules: tuple[str, ...]
    decision: str
    outputs: Mapping[str, object]
