"""What ending a request before its time gives back, and what it costs all the same."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.contracts import reserve as ledger
from workflows.operations.asked import organisation_of, request_of
from workflows.operations.context import OperationContext
from workflows.signatures.act import void

FEE = "frais_annulation_cents"
"""What the provider asks for an order that is cancelled: cents, before taxes, in the data of the case."""


def cancel_request(context: OperationContext) -> Mapping[str, object]:
    """Give the money back and void the act (R50); a fee that the provider asks stays bound to the unit's year."""
    fee = int(context.known(FEE) or 0)
    void(context.desk, context.case, "cancelled")
    if fee:
        zone = organisation_of(context).timezone
        ledger.charge(context.desk, context.case, request_of(context), fee, zone)
        return {FEE: fee}
    ledger.release(context.desk, context.case)
    return {}
