"""Every operation by the name that the models use."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Missing
from workflows.operations.context import Operation, OperationContext

OPERATIONS: dict[str, Operation] = {}


def run(name: str, context: OperationContext) -> Mapping[str, object]:
    """Carry out the operation that a model names; what it returns is both process data and facts of the case.

    Only ``routing(result)`` goes into process data.
    """
    operation = OPERATIONS.get(name)
    if operation is None:
        raise Missing("operation.unknown", operation=name)
    return operation(context)
