"""What an operation is given: where it works, for which case, at which step, and what it may ask of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from workflows.desk import Desk
from workflows.feel import FUNCTION_NAMES
from workflows.signatures.files import SignedFile


class CaseLike(Protocol):
    """What an operation knows of a case; ``demande.situer`` sets its people, its unit and its subject."""

    id: Any
    organisation_id: Any
    number: Any
    process: Any
    requester_id: Any
    beneficiary_id: Any
    unit_id: Any
    subdivision: Any
    subject: Any
    facts: Any
    created_at: Any


def _no_decision(decision: str, inputs: Mapping[str, object]) -> Mapping[str, Any]:
    raise LookupError(decision)


def _no_cases(person_id: UUID, process: str) -> Sequence[CaseLike]:
    raise LookupError(process)


def _no_link(other: CaseLike, kind: str) -> None:
    raise LookupError(kind)


def _no_hands() -> int:
    raise LookupError("hands")


@dataclass(frozen=True, slots=True)
class Aside:
    """A task that the house asks beside the drawing; it stays open when the case ends."""

    step: str
    role: str
    title: str
    title_en: str
    form: str | None = None


def _nothing_moved(leaver: Any, successor: Any) -> list[dict[str, Any]]:
    raise LookupError("hand_over")


def _no_aside(aside: Aside, due: datetime | None, policy: str | None) -> None:
    raise LookupError(aside.step)


def _no_discretion(*_: object) -> None:
    raise LookupError("discretion")


def _no_files(ids: Sequence[str]) -> tuple[SignedFile, ...]:
    raise LookupError("files")


@dataclass(frozen=True)
class OperationContext:
    """One request to an operation.

    ``data``: the process data. ``answers``: the latest answers of a step, or None; what a message brought is kept
    as the answers of the step that caught it. ``actors``: who completed a step last, or None. ``save_answers``:
    writes the answers of a step anew. ``submitted``: when a step was first completed, or None. ``evaluate``: applies
    a decision table in force now, without recording it; an organisation's own table adds its ``plan``. ``files``:
    the name and the hash of attachments, by their ids. ``others``: the other open cases of a process about a person.
    ``link``: links the case with another one. ``free_hands``: puts back claimed tasks that
    no longer reach their holder. ``ask_aside``: opens a task beside the drawing, due by then.
    ``hand_over``: moves the open work of someone who leaves to a successor, and says what went to whom.
    ``hide_from``: from then on the case does not exist for a person, whatever roles that person holds; ``show_again``
    ends it at once. Both are journalled and told to nobody.
    """

    desk: Desk
    case: CaseLike
    step: str
    data: Mapping[str, object]
    answers: Callable[[str], Mapping[str, Any] | None]
    actors: Callable[[str], UUID | None]
    save_answers: Callable[[str, Mapping[str, Any]], None]
    submitted: Callable[[str], datetime | None]
    evaluate: Callable[[str, Mapping[str, object]], Mapping[str, Any]] = _no_decision
    files: Callable[[Sequence[str]], tuple[SignedFile, ...]] = _no_files
    others: Callable[[UUID, str], Sequence[CaseLike]] = _no_cases
    link: Callable[[CaseLike, str], None] = _no_link
    free_hands: Callable[[], int] = _no_hands
    hand_over: Callable[[Any, Any], list[dict[str, Any]]] = _nothing_moved
    ask_aside: Callable[[Aside, datetime | None, str | None], None] = _no_aside
    hide_from: Callable[[UUID], None] = _no_discretion
    show_again: Callable[[], None] = _no_discretion

    def given(self, step: str) -> Mapping[str, Any]:
        """The latest answers of a step; nothing when it was not completed."""
        return self.answers(step) or {}

    def known(self, key: str) -> Any:
        """What the case knows under a key: its process data first, then its facts."""
        return self.data[key] if key in self.data else self.case.facts.get(key)


Operation = Callable[[OperationContext], Mapping[str, object]]
"""What an operation is: it works at the context's desk and returns what the case now knows."""


PRIVATE = frozenset({"type_depart", "motif_risque"})
"""What a table may ask and no process data may hold: why someone leaves stays with the case's facts (RP2)."""


def routing(result: Mapping[str, object]) -> dict[str, object]:
    """What of an operation's result goes into process data: lists and mappings stay with the case's facts.

    So does what bears the name of a FEEL function (``mode``): an expression would read the function.
    """
    told = {key: value for key, value in result.items() if key not in FUNCTION_NAMES | PRIVATE}
    return {key: value for key, value in told.items() if value is None or isinstance(value, bool | int | str)}
