"""What an operation is given: where it works, for which case, at which step, and the answers it may read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from workflows.desk import Desk


class CaseLike(Protocol):
    """What an operation knows of a case; what it may change of it is what ``demande.situer`` sets."""

    id: Any
    organisation_id: Any
    number: Any
    requester_id: Any
    beneficiary_id: Any
    unit_id: Any
    subdivision: Any
    subject: Any
    facts: Any
    created_at: Any


@dataclass(frozen=True)
class OperationContext:
    """One request to an operation.

    ``data``: the process data. ``answers``: the latest answers of a step, or None. ``submitted``: the instant at
    which a step was first completed, or None. ``actors``: who completed a step last, or None. ``save_answers``:
    writes the answers of a step anew.
    """

    desk: Desk
    case: CaseLike
    step: str
    data: Mapping[str, object]
    answers: Callable[[str], Mapping[str, Any] | None]
    actors: Callable[[str], UUID | None]
    save_answers: Callable[[str, Mapping[str, Any]], None]
    submitted: Callable[[str], datetime | None]

    def given(self, step: str) -> Mapping[str, Any]:
        """The latest answers of a step; nothing when it was not completed."""
        return self.answers(step) or {}


Operation = Callable[[OperationContext], Mapping[str, object]]
"""What an operation is: it works at the context's desk and returns what the case now knows."""


def routing(result: Mapping[str, object]) -> dict[str, object]:
    """What of an operation's result goes into process data: lists and mappings stay with the case's facts."""
    return {key: value for key, value in result.items() if value is None or isinstance(value, bool | int | str)}
