"""How an operation hands work over: told once the house is put together, for other cases' signatures need it whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workflows.cases.models import Case
from workflows.desk import Desk
from workflows.people.models import Person

Mover = Callable[[Desk, Person, Person | None, Case], list[dict[str, Any]]]
_movers: list[Mover] = []


def is_moved_by(mover: Mover) -> None:
    """Say who moves the work of someone who leaves."""
    _movers[:] = [mover]


def move_work(desk: Desk, leaver: Person, successor: Person | None, case: Case) -> list[dict[str, Any]]:
    """Move the open work of someone who leaves; what was done."""
    return _movers[0](desk, leaver, successor, case)
