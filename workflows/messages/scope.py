"""Of which cases an outside system's account may speak: any, or those under one contract only."""

from __future__ import annotations

from workflows.cases.deliver import Awaited


def speaks_of(contract: str | None, wait: Awaited) -> bool:
    """Whether an account bound to a contract (None: to none) may bring a message to the case that waits for it."""
    found = wait.case.facts.get("contrat")
    return contract is None or found is None or found == contract
