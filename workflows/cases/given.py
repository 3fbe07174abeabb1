"""What was answered at each step of a case, by whom and since when: read once, written through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from workflows.cases.details import CaseStep
from workflows.cases.models import Case, CaseAnswers, TaskState
from workflows.desk import Desk

OF_CASE = select(CaseAnswers.step, CaseAnswers.answers, CaseAnswers.person_id).where(
    CaseAnswers.case_id == bindparam("case")
)


class Given:
    """The answers of one case, as they stand in the transaction under way."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk = desk
        self.case = case
        self._known: dict[str, tuple[dict[str, Any], UUID | None]] | None = None

    def answers(self, step: str) -> Mapping[str, Any] | None:
        """The latest answers of a step, or None when it was not answered."""
        known = self._read().get(step)
        return known[0] if known else None

    def actor(self, step: str) -> UUID | None:
        """Who answered a step last."""
        known = self._read().get(step)
        return known[1] if known else None

    def actors(self) -> dict[str, UUID]:
        """Who answered each step last."""
        return {step: person for step, (_, person) in self._read().items() if person is not None}

    def all(self) -> dict[str, dict[str, Any]]:
        """The latest answers of every step."""
        return {step: answers for step, (answers, _) in self._read().items()}

    def save(self, step: str, answers: Mapping[str, Any]) -> None:
        """Write a step's answers anew, keeping who gave them."""
        self.write(step, answers, self.actor(step))

    def write(self, step: str, answers: Mapping[str, Any], person_id: UUID | None) -> None:
        """Write a step's answers and who gave them."""
        row = {"answers": dict(answers), "person_id": person_id, "at": self.desk.now}
        written = insert(CaseAnswers).values(case_id=self.case.id, step=step, **row)
        self.desk.session.execute(written.on_conflict_do_update(index_elements=["case_id", "step"], set_=row))
        if self._known is not None:
            self._known[step] = (dict(answers), person_id)

    def submitted(self, step: str) -> datetime | None:
        """When a step was first completed."""
        done = (CaseStep.case_id == self.case.id, CaseStep.step == step, CaseStep.state == TaskState.DONE)
        return self.desk.session.scalar(select(func.min(CaseStep.at)).where(*done))

    def _read(self) -> dict[str, tuple[dict[str, Any], UUID | None]]:
        if self._known is None:
            rows = self.desk.session.execute(OF_CASE, {"case": self.case.id})
            self._known = {step: (dict(answers), person_id) for step, answers, person_id in rows}
        return self._known
