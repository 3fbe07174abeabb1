"""What a running case may ask of the house: an operation, a decision, the business calendar, the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workflows.calendars.count import Counts
from workflows.calendars.functions import calendar_functions
from workflows.calendars.hours import BusinessCalendar
from workflows.calendars.queries import calendar_of
from workflows.cases.context import context_of
from workflows.cases.decide import evaluate, keep
from workflows.cases.given import Given
from workflows.catalog.edition import Edition
from workflows.desk import Desk, system_actor
from workflows.errors import Missing
from workflows.journal.seal import plain
from workflows.operations.context import PRIVATE, routing
from workflows.operations.registry import run
from workflows.people.models import Organisation


class CaseServices:
    """The house at the service of one case, for one run of the engine."""

    def __init__(self, desk: Desk, edition: Edition, given: Given) -> None:
        self.desk = desk.acting_as(system_actor(given.case.organisation_id))
        self.case = given.case
        self.edition = edition
        self.given = given
        self._calendar: BusinessCalendar | None = None
        self.counts = Counts(given.case.counts or ())

    @property
    def now(self) -> datetime:
        """The case's moment."""
        return self.desk.now

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """What models may call besides FEEL's own functions."""
        return calendar_functions(self._find_calendar, self.counts)

    def operate(self, operation: str, step: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Carry out an operation; all it returns becomes facts of the case, plain values go on as process data."""
        result = run(operation, context_of(self.desk, self.edition, self.given, step, data))
        self._remember(result)
        return routing(result)

    def decide(self, decision: str, step: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Apply a decision table, the organisation's own where it has one in force; keep why."""
        private = {key: self.case.facts[key] for key in PRIVATE if key in self.case.facts}
        found = evaluate(self.desk, self.case, self.edition, decision, {**data, **private})
        keep(self.desk, self.case, step, decision, found)
        self._remember(found.values)
        return routing(found.values)

    @property
    def calendar(self) -> BusinessCalendar:
        """The organisation's business calendar."""
        if self._calendar is None:
            organisation = self.desk.session.get_one(Organisation, self.case.organisation_id)
            self._calendar = calendar_of(self.desk.session, organisation)
        return self._calendar

    def _find_calendar(self, code: str) -> BusinessCalendar:
        organisation = self.desk.session.get_one(Organisation, self.case.organisation_id)
        try:
            return calendar_of(self.desk.session, organisation, code)
        except Missing as missing:
            raise LookupError(code) from missing

    def _remember(self, result: Mapping[str, Any]) -> None:
        if result:
            self.case.facts = {**self.case.facts, **plain(result)}
