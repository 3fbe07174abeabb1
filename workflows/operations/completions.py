"""What completing a task asks beyond its form: checks that need the house, and the signatures themselves.

The cases room calls ``complete`` once the form has taken the answers and before the engine runs. What it raises
refuses the completion. ``Effect.values`` replaces keys of the step's process values; an ``Effect.refusal`` is raised
once the routing that these values lead to is recorded (a signature guard that failed).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.operations.arrival.activation import check_presence, enable_by_hand
from workflows.operations.arrival.commitments import sign_commitments
from workflows.operations.arrival.conflicts import check_removal
from workflows.operations.arrival.provisioning import check_granted, check_user_code
from workflows.operations.arrival.register import check_file
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.departure.back import check_decision
from workflows.operations.departure.goods import assess_incident, check_line
from workflows.operations.departure.handover import check_handover
from workflows.operations.departure.verify import check_gaps
from workflows.operations.head import complete_designation, complete_outside_plan
from workflows.operations.lines import record_line
from workflows.operations.nomination.accepting import sign_acceptance
from workflows.operations.nomination.proposing import check_correction, check_proposal
from workflows.operations.signing import complete_signature

__all__ = ["CHECKS", "Completion", "Effect", "complete"]

Check = Callable[[OperationContext, Completion], Effect]

CHECKS: dict[str, Check] = {
    "A04": check_file,
    "A12": check_removal,
    "A20.1": check_user_code,
    "A20.2": check_granted,
    "A31": check_presence,
    "A32": sign_commitments,
    "A33M": enable_by_hand,
    "A33N": enable_by_hand,
    "N02": check_proposal,
    "N05": check_correction,
    "N07": sign_acceptance,
    "D09": check_handover,
    "D25": check_line,
    "D30": check_gaps,
    "D34P": assess_incident,
    "D52": check_decision,
    "R18": complete_outside_plan,
    "R21": complete_designation,
    "R23": complete_signature,
    "R38": record_line,
}
"""By step; ``context.desk`` is the desk of the person who completes, not the house's."""


OF: Mapping[str, frozenset[str]] = {
    "A": frozenset({"arrivee_employe", "depart_employe"}),
    "D": frozenset({"depart_employe"}),
    "N": frozenset({"nomination_role"}),
}
"""Whose steps these are, by their letter: a process that someone draws may number its own steps as it likes."""


def complete(context: OperationContext, completion: Completion) -> Effect:
    """Check and carry out what a step's completion asks beyond its form; nothing for most steps."""
    owners = OF.get(context.step[:1])
    if owners is not None and context.case.process not in owners:
        return Effect()
    check = CHECKS.get(context.step)
    return check(context, completion) if check is not None else Effect()
