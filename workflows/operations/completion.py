"""What a completion hands over, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.errors import Routed


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
