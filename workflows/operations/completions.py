"""What completing a task asks beyond its form: checks that need the house, and the signatures themselves.

The cases room calls ``complete`` once the form has taken the answers and before the engine runs. What it raises
refuses the completion. ``Effect.values`` replaces keys of the step's process values; an ``Effect.refusal`` is raised
once the routing that these values lead to is recorded (a signature guard that failed: domain rule E.5.5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.errors import Routed
from workflows.operations.context import OperationContext


@dataclass(frozen=True, slots=True)
class Completion:
    """The answers to a task as its form took them, and for a signature which of those due it is for."""

    answers: Mapping[str, Any]
    position: int | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a completion adds: process values of its step, and the refusal to raise once its routing is kept."""

    values: Mapping[str, object] = field(default_factory=dict)
    refusal: Routed | None = None


Check = Callable[[OperationContext, Completion], Effect]

CHECKS: dict[str, Check] = {}
"""By step; ``context.desk`` is the desk of the person who completes, not the house's."""


def complete(context: OperationContext, completion: Completion) -> Effect:
    """Check and carry out what a step's completion asks beyond its form; nothing for most steps."""
    check = CHECKS.get(context.step)
    return check(context, completion) if check is not None else Effect()
