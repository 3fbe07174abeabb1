"""Where a decision is being taken: the file, the data, the clock, and what has been decided so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows.decisions.definitions import Definitions
from workflows.decisions.errors import DecisionError, of_feel
from workflows.decisions.models import Cell, Written
from workflows.feel import FeelError, Run


@dataclass(frozen=True, slots=True)
class Stage:
    """One place of one evaluation; ``strict`` refuses what a lenient one answers with nothing."""

    definitions: Definitions
    run: Run
    strict: bool
    bound: dict[str, object]

    def binding(self, more: dict[str, object]) -> Stage:
        """The same stage with more names known."""
        return replace(self, bound={**self.bound, **more})

    def ask(self, written: Written) -> object:
        """What an expression comes to here; an empty one comes to nothing."""
        if written.expression is None:
            return None
        try:
            return written.expression.within(self.run, self.bound)
        except FeelError as error:
            raise of_feel(error, written.where, written.text, written.line) from None

    def passes(self, cell: Cell, value: object) -> bool:
        """Whether a value passes the tests of a cell here."""
        if cell.tests is None:
            return True
        try:
            return cell.tests.within(self.run, self.bound, value) is True
        except FeelError as error:
            raise of_feel(error, cell.where, cell.text, cell.line) from None

    def pay(self, items: int) -> None:
        """Pay for looking at items one by one, four for the price of a step."""
        try:
            self.run.budget.charge(items >> 2)
        except FeelError as error:
            raise of_feel(error, "", "", None) from None

    def refuse(self, code: str, params: dict[str, object], line: int | None = None) -> None:
        """Refuse when strict; let pass otherwise."""
        if self.strict:
            raise DecisionError(code, params, line)
