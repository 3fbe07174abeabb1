"""Who a task comes to: named persons, or an inbox without those that a rule keeps out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Named:
    """A person named for a task, why, and until when that holds."""

    person_id: UUID
    code: str
    ground: Mapping[str, Any] = field(default_factory=dict)
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who a task comes to: an inbox without those that a rule keeps out, or named persons."""

    role: str
    queue: str | None = None
    item: int | None = None
    named: tuple[Named, ...] = ()
    excluded: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def who(self) -> tuple[str, ...]:
        """The codes of the persons named, else the role."""
        return tuple(named.code for named in self.named) or (self.role,)
