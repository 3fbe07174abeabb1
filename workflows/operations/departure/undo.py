"""Undoing what an arrival had prepared: what there is, taken away system by system, and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from workflows.accesses.ledger import accesses_of, disable
from workflows.accesses.models import Access, AccessState
from workflows.journal.seal import plain
from workflows.operations.context import OperationContext
from workflows.people.models import Person, Unit

CALLED_BY = "D01"
DELAY = timedelta(hours=4)
"""A cancelled arrival leaves nothing behind after four hours of any day (row M1)."""


def identify(context: OperationContext) -> Mapping[str, object]:
    """Take up whose departure it is, and for which arrival (D02)."""
    told = context.given(CALLED_BY)
    case, session = context.case, context.desk.session
    person = session.get(Person, case.beneficiary_id) if case.beneficiary_id is not None else None
    if person is not None:
        unit = session.get(Unit, person.unit_id) if person.unit_id is not None else None
        case.subject = f"Annulation de l'arrivée de {person.name}" + (f", {unit.code}" if unit is not None else "")
    return {
        "cas": "NOUVEAU" if person is not None else "INCONNU",
        "type_depart": "ANNULATION_ARRIVEE",
        "risque_eleve": False,
        "preavis_ho": 0,
        "arrivee": told.get("arrivee"),
        "employe_ref": told.get("employe_ref"),
        "dossier": case.number,
    }


def fix_instant(context: OperationContext) -> Mapping[str, object]:
    """Fix the instant of revocation and until when it is done, as the mode says (D06)."""
    now = context.desk.now
    return {"mode_depart": context.case.facts["mode"], "t_revocation": plain(now), "echeance": plain(now + DELAY)}


def take_stock(context: OperationContext) -> Mapping[str, object]:
    """Take stock of what the person has: what is disabled already is undone all the same (D07)."""
    rows = {row.system: row for row in _rows(context)}
    inventory = [{"systeme": row.system, "etat": row.state} for row in rows.values()]
    approves = context.given(CALLED_BY).get("chaine") is True
    return {
        "a_sagir": "SAGIR" in rows,
        "a_chaine": approves,
        "a_reseau": "RESEAU" in rows,
        "a_badge": "BADGE" in rows,
        "a_ligne": False,
        "inventaire": inventory,
    }


def revoke_sagir(context: OperationContext) -> Mapping[str, object]:
    """Record that the SAGIR user is disabled (D21)."""
    return _revoke(context, "SAGIR")


def revoke_network(context: OperationContext) -> Mapping[str, object]:
    """Record that the IT accounts are disabled (D23)."""
    return _revoke(context, "RESEAU")


def revoke_badge(context: OperationContext) -> Mapping[str, object]:
    """Record that the access card is disabled (D24)."""
    return _revoke(context, "BADGE")


def _revoke(context: OperationContext, system: str) -> Mapping[str, object]:
    for row in _rows(context):
        if row.system == system:
            disable(context.desk, context.case, row)
    return {}


def leave_groups(context: OperationContext) -> Mapping[str, object]:
    """Remove the person from the notice groups (D26)."""
    return {"groupes_retires": True}


def verify(context: OperationContext) -> Mapping[str, object]:
    """Read each system back: what still works, or still holds something, is a gap (D28)."""
    gaps = [row.system for row in _rows(context) if row.state == AccessState.ENABLED or row.granted]
    return {"nb_ecarts": len(gaps), "ecarts_systemes": gaps}


def correct(context: OperationContext) -> Mapping[str, object]:
    """Apply what security answered for each gap: fixed ones are read back again (D30)."""
    for one in context.given("D30").get("ecarts") or ():
        if one["decision"] == "CORRIGE":
            _revoke(context, str(one["systeme"]))
    return {}


def _rows(context: OperationContext) -> Sequence[Access]:
    """What the cancelled arrival granted: whatever the person had before it stays."""
    person_id, arrival = context.case.beneficiary_id, context.given(CALLED_BY).get("arrivee_id")
    rows = accesses_of(context.desk.session, person_id) if person_id is not None else ()
    return [row for row in rows if str(row.case_id) == arrival]
