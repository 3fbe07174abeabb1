"""What the engine reports: frozen values, the only things that leave this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID


class Services(Protocol):
    """What the house lends to a case while it runs: the moment, its own functions, its operations and decisions."""

    @property
    def now(self) -> datetime:
        """The product's instant, aware."""

    @property
    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Functions that expressions may call, by name."""

    def operate(self, operation: str, step: str, data: Mapping[str, object]) -> Mapping[str, object]:
        """Do what a service task asks; the values returned replace keys of the case's data."""

    def decide(self, decision: str, step: str, data: Mapping[str, object]) -> Mapping[str, object]:
        """Evaluate what a business rule task asks; the values returned replace keys of the case's data."""


class BpmnError(Exception):
    """What an operation answers when it fails in a way that the model may foresee: an error event catches its code."""

    def __init__(self, code: str, payload: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.payload: Mapping[str, object] = payload or {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a drawn process that cannot run, or that is better drawn otherwise, with its place."""

    code: str
    severity: Literal["error", "warning"]
    element: str | None
    line: int | None
    message: Mapping[str, str]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class StepInfo:
    """One element of a process as a person sees it: its number, its names, its lane, its form."""

    id: str
    kind: str
    name: str
    name_en: str | None
    lane: str | None
    form: str | None
    hidden: bool
    process: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Something that a person has to do now."""

    id: UUID
    step: str
    name: str
    name_en: str | None
    lane: str | None
    form: str | None
    due: datetime | None
    policy: str | None
    item: int | None
    person: str | None
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wait:
    """A moment, a message or a signal that the case waits for; arms of one event gateway share the gateway's id.

    ``correlation`` is what a message must name to be for this case; None stands for the case's own number.
    """

    id: UUID
    step: str
    kind: Literal["timer", "message", "signal"]
    name: str | None
    due_at: datetime | None
    attached_to: str | None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """An element that the case has just left, done (``TERMINEE``) or withdrawn (``ANNULEE``)."""

    step: str
    kind: str
    state: Literal["TERMINEE", "ANNULEE"]
    hidden: bool
    task: UUID | None


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or a signal that the case has sent, or an error or escalation that nothing in it has caught.

    A message that names a ``correlation`` is for the case that waits for it; without one it only goes out of the house.
    """

    name: str
    payload: Mapping[str, object]
    step: str
    kind: str = "message"
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a case stands after one move, and everything that the move has changed.

    ``renewed`` are the tasks whose deadline was worked out anew. ``escaped`` is what the move threw and nothing
    caught; ``stuck``, whether a token stands where that once happened.
    """

    state: bytes
    ended: bool
    end: str | None
    data: Mapping[str, object]
    opened: tuple[OpenTask, ...]
    withdrawn: tuple[UUID, ...]
    open: tuple[OpenTask, ...]
    waits: tuple[Wait, ...]
    passed: tuple[Passed, ...]
    fired: tuple[Wait, ...]
    thrown: tuple[Thrown, ...]
    escaped: tuple[Thrown, ...]
    stuck: bool
    renewed: frozenset[UUID] = frozenset()
