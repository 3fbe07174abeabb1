"""One evaluation of an expression: what it may read and call, its clock, and how much it may still do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.feel.limits import Budget

Host = Mapping[str, Callable[..., object]]


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same during one evaluation."""

    scope: Mapping[str, object]
    declared: frozenset[str]
    now: datetime | None
    functions: Host
    budget: Budget
