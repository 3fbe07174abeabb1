"""Every operation by the name that the models use."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Missing
from workflows.operations.acts import judge_signature, open_signature, prepare_act, seal_act
from workflows.operations.context import Operation, OperationContext
from workflows.operations.contract import attach_contract, classify, find_contract
from workflows.operations.details import apply_details
from workflows.operations.money import (
    compare_price,
    inform_billing,
    inform_mandatary,
    look_again,
    release_money,
    reserve_amounts,
)
from workflows.operations.signatories import determine
from workflows.operations.situate import situate

OPERATIONS: dict[str, Operation] = {
    "contrat.verifier": find_contract,
    "contrat.rattacher": attach_contract,
    "demande.situer": situate,
    "analyse.situer": classify,
    "notice.mandataire": inform_mandatary,
    "montants.reserver": reserve_amounts,
    "signataires.determiner": determine,
    "acte.preparer": prepare_act,
    "signature.ouvrir": open_signature,
    "signature.resultat": judge_signature,
    "precisions.appliquer": apply_details,
    "acte.sceller": seal_act,
    "prix.comparer": compare_price,
    "facturation.informer": inform_billing,
    "reservation.liberer": release_money,
    "engagement.rouvrir": look_again,
    "engagement.renverser": release_money,
}


def run(name: str, context: OperationContext) -> Mapping[str, object]:
    """Carry out the operation that a model names; what it returns is both process data and facts of the case.

    Only ``routing(result)`` goes into process data.
    """
    operation = OPERATIONS.get(name)
    if operation is None:
        raise Missing("operation.unknown", operation=name)
    return operation(context)
