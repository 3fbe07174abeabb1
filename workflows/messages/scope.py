"""Of which cases an outside system's account may speak: any, or those under one contract only."""

from __future__ import annotations

from workflows.cases.models import Case


def speaks_of(contract: str | None, case: Case) -> bool:
    """Whether an account bound to a contract (None: to none) may bring a message to a case."""
    found = case.facts.get("contrat")
    return contract is None or found is None or found == contract
